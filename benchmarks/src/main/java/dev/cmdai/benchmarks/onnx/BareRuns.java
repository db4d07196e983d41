package dev.cmdai.benchmarks.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.onnx.natives.OnnxNatives;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Runs a decoder with {@code OrtSession.run} and times those calls alone: one for a prompt, one for
 * each further token. For models as optimum exports them, with past and without a cache branch.
 */
final class BareRuns implements AutoCloseable {
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private final OrtEnvironment runtime;
  private final OrtSession session;
  private final boolean takesPositions;

  private BareRuns(OrtEnvironment runtime, OrtSession session) {
    this.runtime = runtime;
    this.session = session;
    takesPositions = session.getInputNames().contains("position_ids");
  }

  static BareRuns of(Path folder, HostEnvironment host, int threads) throws Exception {
    OrtEnvironment runtime = OnnxNatives.runtime(host);
    Path below = folder.resolve("onnx/model.onnx");
    Path file = Files.exists(below) ? below : folder.resolve("model.onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setMemoryPatternOptimization(false);
      return new BareRuns(runtime, runtime.createSession(file.toString(), options));
    }
  }

  /**
   * Nanoseconds inside {@code run}.
   *
   * @param total of all calls
   * @param generation of all but the first
   * @param cpu of all calls, what the calling thread computed
   */
  record Times(long total, long generation, long cpu) {}

  /**
   * Computes a prompt, and as many tokens after it, each the likeliest one.
   *
   * @param prompt token ids: how long a step takes depends a little on what it computes
   * @param steps how many single tokens
   */
  Times run(int[] prompt, int steps) throws OrtException {
    Map<String, OnnxTensorLike> inputs = emptyPast();
    OrtSession.Result last = null;
    long total = 0;
    long promptTime = 0;
    long cpu = 0;
    int past = 0;
    for (int step = 0; step <= steps; step++) {
      int[] tokens = last == null ? prompt : new int[] {likeliest(last)};
      int count = tokens.length;
      inputs.put("input_ids", row(count, i -> tokens[i]));
      inputs.put("attention_mask", row(past + count, _ -> 1));
      if (takesPositions) {
        int from = past;
        inputs.put("position_ids", row(count, i -> from + i));
      }
      long start = System.nanoTime();
      long startCpu = THREAD.getCurrentThreadCpuTime();
      OrtSession.Result result = session.run(inputs);
      cpu += THREAD.getCurrentThreadCpuTime() - startCpu;
      total += System.nanoTime() - start;
      if (step == 0) {
        promptTime = total;
      }
      if (last != null) {
        last.close();
      }
      last = result;
      for (Map.Entry<String, OnnxTensorLike> input : inputs.entrySet()) {
        if (input.getKey().startsWith("past_key_values")) {
          String present = input.getKey().replace("past_key_values", "present");
          input.setValue((OnnxTensor) result.get(present).orElseThrow());
        } else {
          input.getValue().close();
        }
      }
      past += count;
    }
    if (last != null) {
      last.close();
    }
    return new Times(total, total - promptTime, cpu);
  }

  private Map<String, OnnxTensorLike> emptyPast() throws OrtException {
    Map<String, OnnxTensorLike> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
      if (input.getKey().startsWith("past_key_values")
          && input.getValue().getInfo() instanceof TensorInfo info) {
        long[] shape = info.getShape();
        shape[0] = 1;
        shape[2] = 0;
        inputs.put(
            input.getKey(),
            OnnxTensor.createTensor(runtime, ByteBuffer.allocateDirect(0), shape, info.type));
      }
    }
    return inputs;
  }

  private OnnxTensor row(int count, IntUnaryOperator values) throws OrtException {
    LongBuffer row = LongBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      row.put(values.applyAsInt(i));
    }
    return OnnxTensor.createTensor(runtime, row.flip(), new long[] {1, count});
  }

  private static int likeliest(OrtSession.Result result) {
    OnnxTensor logits = (OnnxTensor) result.get("logits").orElseThrow();
    FloatBuffer values = logits.getFloatBuffer(); // a copy, also of 16-bit floats
    int size = (int) logits.getInfo().getShape()[2];
    int from = values.limit() - size;
    int best = 0;
    for (int token = 1; token < size; token++) {
      if (values.get(from + token) > values.get(from + best)) {
        best = token;
      }
    }
    return best;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
