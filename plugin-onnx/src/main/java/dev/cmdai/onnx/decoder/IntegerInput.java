package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;

/**
 * An input of whole numbers: tokens, positions, mask, or a count.
 *
 * @param name the model's name for it
 * @param type {@code INT64} or {@code INT32}
 * @param rank 2 for a batch of rows, 1 for one row, 0 for one number
 */
record IntegerInput(String name, OnnxJavaType type, int rank) {

  /** A tensor with a value for each place. */
  OnnxTensor tensor(OrtEnvironment runtime, int count, IntUnaryOperator values)
      throws OrtException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(count * type.size).order(ByteOrder.nativeOrder());
    for (int i = 0; i < count; i++) {
      if (type == OnnxJavaType.INT64) {
        bytes.putLong(values.applyAsInt(i));
      } else {
        bytes.putInt(values.applyAsInt(i));
      }
    }
    long[] shape =
        switch (rank) {
          case 0 -> new long[] {};
          case 1 -> new long[] {count};
          default -> new long[] {1, count};
        };
    return OnnxTensor.createTensor(runtime, bytes.flip(), shape, type);
  }
}
