package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.cmdai.onnx.sampling.Logits;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory into which ONNX Runtime writes logits and from which they are read in place. Used by one
 * caller at a time.
 */
final class LogitsBuffer implements AutoCloseable {
  private static final int BFLOAT16_SHIFT = 16;

  private final OrtEnvironment runtime;
  private final DecoderShape shape;

  private @Nullable Arena arena;
  private @Nullable OnnxTensor tensor;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private int rows;

  LogitsBuffer(OrtEnvironment runtime, DecoderShape shape) {
    this.runtime = runtime;
    this.shape = shape;
  }

  /** A tensor for that many positions. */
  OnnxTensor tensor(int wantedRows) throws OrtException {
    if (tensor != null && rows == wantedRows) {
      return tensor;
    }
    close();
    int size = shape.vocabularySize();
    Arena memory = Arena.ofShared();
    arena = memory;
    bytes =
        memory
            .allocate(Math.multiplyExact((long) wantedRows * size, shape.logitsType().size), 64)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
    long[] dimensions =
        shape.logitsRank() == 2 ? new long[] {1, size} : new long[] {1, wantedRows, size};
    OnnxTensor made = OnnxTensor.createTensor(runtime, bytes, dimensions, shape.logitsType());
    tensor = made;
    rows = wantedRows;
    return made;
  }

  /** The last position's logits, valid until the next step. */
  Logits last() {
    int size = shape.vocabularySize();
    int offset = (rows - 1) * size;
    if (shape.logitsType() == OnnxJavaType.FLOAT) {
      FloatBuffer floats = bytes.asFloatBuffer().slice(offset, size);
      return floats::get;
    }
    ShortBuffer halves = bytes.asShortBuffer().slice(offset, size);
    return shape.logitsType() == OnnxJavaType.FLOAT16
        ? token -> Float.float16ToFloat(halves.get(token))
        : token -> Float.intBitsToFloat(halves.get(token) << BFLOAT16_SHIFT);
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }
}
