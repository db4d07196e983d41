package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cmdai.api.BackendException;
import dev.cmdai.onnx.folder.ModelConfig;
import dev.cmdai.onnx.sampling.Logits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A loaded decoder. Keys and values go from one step's outputs to the next one's inputs without
 * leaving ONNX Runtime; logits are read where it writes them. Used by one caller at a time.
 */
public final class Decoder implements AutoCloseable {
  /** A step of more tokens gains no speed, and takes longer to end. */
  private static final int MOST_TOKENS = 512;

  /** What the logits of a step may take when the model computes them for every position. */
  private static final long LOGIT_BYTES = 64L << 20;

  private final OrtEnvironment runtime;
  private final OrtSession session;
  private final DecoderShape shape;
  private final Set<String> states = new LinkedHashSet<>();
  private final StepInputs inputs;
  private final LogitsBuffer logits;

  /** Positions that stand before the tokens of every past, and that the mask leaves out. */
  private final int padding;

  private Decoder(OrtEnvironment runtime, OrtSession session, DecoderShape shape, int padding) {
    this.runtime = runtime;
    this.session = session;
    this.shape = shape;
    this.padding = padding;
    shape.cache().forEach(entry -> states.add(entry.output()));
    inputs = new StepInputs(runtime, shape, padding);
    logits = new LogitsBuffer(runtime, shape);
  }

  /**
   * Looks at the inputs and outputs of a session.
   *
   * @param runtime ONNX Runtime
   * @param session owned by the decoder from now on, unless this throws
   * @param config what the folder says of the model
   * @param takesEmpty whether what computes the session takes a past of no tokens. Otherwise each
   *     past begins with a position that the mask leaves out, if the model has inputs for mask and
   *     positions: only with both is it sure that nothing else changes
   * @return the decoder
   * @throws BackendException when the session's model does not generate text
   * @throws OrtException when ONNX Runtime fails
   */
  public static Decoder of(
      OrtEnvironment runtime, OrtSession session, ModelConfig config, boolean takesEmpty)
      throws BackendException, OrtException {
    DecoderShape shape = ShapeReader.read(session, config);
    boolean isPaddable = shape.hasCache() && shape.mask() != null && shape.positions() != null;
    return new Decoder(runtime, session, shape, takesEmpty || !isPaddable ? 0 : 1);
  }

  /**
   * Computes two tokens, one without a past and one with, and keeps nothing.
   *
   * @param runtime ONNX Runtime
   * @param session stays open
   * @param config what the folder says of the model
   * @param takesEmpty as for {@link #of}
   * @throws BackendException when the session's model does not generate text
   * @throws OrtException when what computes the session cannot compute this
   */
  public static void tryOut(
      OrtEnvironment runtime, OrtSession session, ModelConfig config, boolean takesEmpty)
      throws BackendException, OrtException {
    Decoder decoder = of(runtime, session, config, takesEmpty);
    int[] tokens = {0, 0};
    try (RunSwitch stop = new RunSwitch();
        Past empty = decoder.empty();
        Past first = decoder.step(empty, tokens, 0, 1, stop)) {
      decoder.step(first, tokens, 1, 2, stop).close();
    } finally {
      decoder.closeBuffers();
    }
  }

  /**
   * How many logits there are.
   *
   * @return at least as many as the vocabulary has tokens
   */
  public int vocabularySize() {
    return shape.vocabularySize();
  }

  /**
   * Whether a past can be kept: a model without keys and values computes all tokens anew.
   *
   * @return true for nearly all models
   */
  public boolean hasCache() {
    return shape.hasCache();
  }

  /**
   * How many tokens one step should have at most.
   *
   * @return at least 1
   */
  public int mostTokens() {
    if (!shape.hasCache()) {
      return Integer.MAX_VALUE;
    }
    long rowBytes = (long) shape.vocabularySize() * shape.logitsType().size;
    return shape.logitRows(2) == 1
        ? MOST_TOKENS
        : Math.clamp(LOGIT_BYTES / rowBytes, 1, MOST_TOKENS);
  }

  /**
   * The past before any token.
   *
   * @return a past that the caller closes
   * @throws OrtException when ONNX Runtime fails
   */
  public Past empty() throws OrtException {
    return shape.hasCache() ? past(0, null) : Past.ofTokens(new int[0]);
  }

  /**
   * Computes the tokens that follow a past. Afterwards {@link #lastLogits} are those of the last
   * one.
   *
   * @param past stays as it is
   * @param tokens an array with the tokens
   * @param from index of the first one
   * @param to index after the last one
   * @param stop ends the step early
   * @return a longer past that the caller closes
   * @throws OrtException when ONNX Runtime fails, or was made to end
   */
  public Past step(Past past, int[] tokens, int from, int to, RunSwitch stop) throws OrtException {
    if (shape.hasCache()) {
      return computed(past, tokens, from, to, stop);
    }
    int[] all = Arrays.copyOf(past.tokens(), past.length() + to - from);
    System.arraycopy(tokens, from, all, past.length(), to - from);
    computed(Past.ofTokens(new int[0]), all, 0, all.length, stop).close();
    return Past.ofTokens(all);
  }

  private Past computed(Past past, int[] tokens, int from, int to, RunSwitch stop)
      throws OrtException {
    OnnxTensor target = logits.tensor(shape.logitRows(to - from));
    OrtSession.Result result =
        session.run(
            inputs.of(past, tokens, from, to),
            states,
            Map.of(shape.logits(), target),
            stop.options());
    List<OnnxTensor> next = new ArrayList<>(states.size());
    for (int i = 1; i <= states.size(); i++) { // the first output is the logits
      next.add((OnnxTensor) result.get(i));
    }
    return Past.ofResult(past.length() + to - from, next, result);
  }

  /**
   * The logits of the last token that was computed.
   *
   * @return valid until the next step
   */
  public Logits lastLogits() {
    return logits.last();
  }

  /**
   * How many bytes {@link #save} writes.
   *
   * @param length tokens of a past
   * @return the bytes of its states
   */
  public long savedBytes(int length) {
    return shape.cache().stream().mapToLong(entry -> entry.bytesAfter(padding + length)).sum();
  }

  /**
   * Copies the states of a past.
   *
   * @param past whose states
   * @param target native memory of {@link #savedBytes} bytes
   */
  public void save(Past past, MemorySegment target) {
    long at = 0;
    for (OnnxTensor tensor : past.tensors()) {
      MemorySegment source = MemorySegment.ofBuffer(tensor.getByteBuffer());
      MemorySegment.copy(source, 0, target, at, source.byteSize());
      at += source.byteSize();
    }
  }

  /**
   * The past whose states were saved.
   *
   * @param length its tokens
   * @param saved {@link #savedBytes} bytes that {@link #save} wrote; copied
   * @return a past that the caller closes
   * @throws OrtException when ONNX Runtime fails
   */
  public Past restored(int length, MemorySegment saved) throws OrtException {
    return past(length, saved);
  }

  /** States of zeros, or of what was saved. */
  private Past past(int length, @Nullable MemorySegment saved) throws OrtException {
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(Math.max(1, savedBytes(length)), 64);
    if (saved != null) {
      memory.copyFrom(saved);
    }
    List<OnnxTensor> tensors = new ArrayList<>();
    long at = 0;
    for (CacheEntry entry : shape.cache()) {
      long bytes = entry.bytesAfter(padding + length);
      tensors.add(
          OnnxTensor.createTensor(
              runtime,
              memory.asSlice(at, bytes).asByteBuffer(),
              entry.shapeAfter(padding + length),
              entry.type()));
      at += bytes;
    }
    return Past.ofMemory(length, tensors, arena);
  }

  @Override
  public void close() throws OrtException {
    closeBuffers();
    session.close();
  }

  private void closeBuffers() {
    inputs.close();
    logits.close();
  }
}
