package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Memory that a program and ONNX Runtime share as a tensor, whose shape may change from step to
 * step: it only grows, and the tensor is made anew only for another shape. Used by one caller at a
 * time.
 */
final class TensorMemory implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final OrtEnvironment runtime;
  private final OnnxJavaType type;

  private @Nullable Arena arena;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private @Nullable OnnxTensor tensor;
  private long[] shape = {};

  TensorMemory(OrtEnvironment runtime, OnnxJavaType type) {
    this.runtime = runtime;
    this.type = type;
  }

  /**
   * The memory as a tensor, which stays this object's.
   *
   * @param wanted its dimensions
   * @return valid until the next call
   */
  OnnxTensor tensor(long... wanted) throws OrtException {
    if (tensor != null && Arrays.equals(shape, wanted)) {
      return tensor;
    }
    closeTensor();
    long size = type.size;
    for (long dimension : wanted) {
      size = Math.multiplyExact(size, dimension);
    }
    if (size > bytes.capacity()) {
      grow(Math.toIntExact(size));
    }
    OnnxTensor made =
        OnnxTensor.createTensor(
            runtime, bytes.slice(0, (int) size).order(ByteOrder.nativeOrder()), wanted, type);
    tensor = made;
    shape = wanted.clone();
    return made;
  }

  private void grow(int size) {
    int doubled = (int) Math.min(2L * bytes.capacity(), Integer.MAX_VALUE);
    closeArena();
    Arena memory = Arena.ofShared();
    arena = memory;
    bytes =
        memory
            .allocate(Math.max(size, doubled), ALIGNMENT)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
  }

  /** All of the memory, of which the tensor is the beginning; valid until the tensor is not. */
  ByteBuffer bytes() {
    return bytes;
  }

  private void closeTensor() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }

  private void closeArena() {
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }

  @Override
  public void close() {
    closeTensor();
    closeArena();
  }
}
