package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a step by their names. Their memory is kept from step to step: a token is computed
 * in less time than the tensors around it would take to be made. Used by one caller at a time.
 */
final class StepInputs implements AutoCloseable {
  private final OrtEnvironment runtime;
  private final DecoderShape shape;
  private final int padding;
  private final @Nullable TensorMemory cacheBranch;
  private final Map<IntegerInput, InputBuffer> buffers = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> all = new LinkedHashMap<>();

  /**
   * Inputs for the steps of one decoder.
   *
   * @param padding how many positions of each past stand before its tokens, and count for nothing
   */
  StepInputs(OrtEnvironment runtime, DecoderShape shape, int padding) {
    this.runtime = runtime;
    this.shape = shape;
    this.padding = padding;
    cacheBranch = shape.cacheBranch() == null ? null : new TensorMemory(runtime, OnnxJavaType.BOOL);
  }

  /**
   * The inputs that compute tokens after a past, valid until the next call.
   *
   * @param tokens an array with the tokens
   * @param from index of the first one
   * @param to index after the last one
   */
  Map<String, OnnxTensor> of(Past past, int[] tokens, int from, int to) throws OrtException {
    int count = to - from;
    add(shape.tokens(), count, i -> tokens[from + i]);
    add(shape.mask(), padding + past.length() + count, i -> i < padding ? 0 : 1);
    add(shape.positions(), count, i -> past.length() + i);
    add(shape.tokenTypes(), count, _ -> 0);
    add(shape.logitsToKeep(), 1, _ -> 1);
    addCacheBranch(padding + past.length() > 0);
    for (int i = 0; i < shape.cache().size(); i++) {
      all.put(shape.cache().get(i).input(), past.tensors().get(i));
    }
    return all;
  }

  private void add(@Nullable IntegerInput input, int count, IntUnaryOperator values)
      throws OrtException {
    if (input != null) {
      InputBuffer buffer = buffers.computeIfAbsent(input, added -> new InputBuffer(runtime, added));
      all.put(input.name(), buffer.tensor(count, values));
    }
  }

  private void addCacheBranch(boolean isTaken) throws OrtException {
    if (cacheBranch != null && shape.cacheBranch() != null) {
      OnnxTensor tensor = cacheBranch.tensor(1);
      cacheBranch.bytes().put(0, (byte) (isTaken ? 1 : 0));
      all.put(shape.cacheBranch(), tensor);
    }
  }

  @Override
  public void close() {
    buffers.values().forEach(InputBuffer::close);
    if (cacheBranch != null) {
      cacheBranch.close();
    }
  }
}
