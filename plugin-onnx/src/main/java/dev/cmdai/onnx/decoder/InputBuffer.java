package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/** Memory from which ONNX Runtime reads whole numbers. Used by one caller at a time. */
final class InputBuffer implements AutoCloseable {
  private final IntegerInput input;
  private final TensorMemory memory;

  InputBuffer(OrtEnvironment runtime, IntegerInput input) {
    this.input = input;
    memory = new TensorMemory(runtime, input.type());
  }

  /** A tensor with a value for each place, valid until the next call. */
  OnnxTensor tensor(int count, IntUnaryOperator values) throws OrtException {
    OnnxTensor tensor =
        switch (input.rank()) {
          case 0 -> memory.tensor();
          case 1 -> memory.tensor(count);
          default -> memory.tensor(1, count);
        };
    ByteBuffer bytes = memory.bytes();
    for (int i = 0; i < count; i++) {
      if (input.type() == OnnxJavaType.INT64) {
        bytes.putLong(i * Long.BYTES, values.applyAsInt(i));
      } else {
        bytes.putInt(i * Integer.BYTES, values.applyAsInt(i));
      }
    }
    return tensor;
  }

  @Override
  public void close() {
    memory.close();
  }
}
