package dev.cmdai.onnx;

import ai.onnxruntime.OrtException;
import dev.cmdai.kit.prefix.SavedState;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.decoder.Past;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A past as the prefix cache writes and reads it. */
final class DecoderState implements SavedState {
  private final Decoder decoder;
  private final int length;
  private @Nullable Past past;

  /** A past to be read. */
  DecoderState(Decoder decoder, int length) {
    this.decoder = decoder;
    this.length = length;
  }

  /** A past to be written. */
  DecoderState(Decoder decoder, Past past) {
    this(decoder, past.length());
    this.past = past;
  }

  @Override
  public long size() {
    return decoder.savedBytes(length);
  }

  @Override
  public long write(MemorySegment target) {
    decoder.save(Objects.requireNonNull(past), target);
    return target.byteSize();
  }

  @Override
  public boolean read(MemorySegment source) {
    if (source.byteSize() != size()) {
      return false;
    }
    try {
      past = decoder.restored(length, source);
      return true;
    } catch (OrtException e) {
      return false; // the prefix is then computed
    }
  }

  /** What {@link #read} made; the caller closes it. */
  Past restored() {
    return Objects.requireNonNull(past);
  }
}
