package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.cmdai.onnx.sampling.Logits;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Memory into which ONNX Runtime writes logits and from which they are read in place. Used by one
 * caller at a time.
 */
final class LogitsBuffer implements AutoCloseable {
  private static final int BFLOAT16_SHIFT = 16;

  private final DecoderShape shape;
  private final TensorMemory memory;
  private int rows;

  LogitsBuffer(OrtEnvironment runtime, DecoderShape shape) {
    this.shape = shape;
    memory = new TensorMemory(runtime, shape.logitsType());
  }

  /** A tensor for that many positions. */
  OnnxTensor tensor(int wantedRows) throws OrtException {
    rows = wantedRows;
    int size = shape.vocabularySize();
    return shape.logitsRank() == 2 ? memory.tensor(1, size) : memory.tensor(1, rows, size);
  }

  /** The last position's logits, valid until the next step. */
  Logits last() {
    int size = shape.vocabularySize();
    int offset = (rows - 1) * size;
    if (shape.logitsType() == OnnxJavaType.FLOAT) {
      FloatBuffer floats = memory.bytes().asFloatBuffer().slice(offset, size);
      return floats::get;
    }
    ShortBuffer halves = memory.bytes().asShortBuffer().slice(offset, size);
    return shape.logitsType() == OnnxJavaType.FLOAT16
        ? token -> Float.float16ToFloat(halves.get(token))
        : token -> Float.intBitsToFloat(halves.get(token) << BFLOAT16_SHIFT);
  }

  @Override
  public void close() {
    memory.close();
  }
}
