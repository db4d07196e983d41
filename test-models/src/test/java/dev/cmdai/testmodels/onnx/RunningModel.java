package dev.cmdai.testmodels.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs one model in ONNX Runtime, call by call, and keeps its past between the calls. */
final class RunningModel implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final DecoderModel model;
  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;
  private final Map<String, OnnxTensor> past = new LinkedHashMap<>();
  private OrtSession.@Nullable Result last;
  private final int firstPastTokens;
  private long pastTokens;

  RunningModel(DecoderModel model, Path file) throws OrtException {
    this(model, file, 0);
  }

  /** The first call gets a past of that many tokens, all zeros, which its mask leaves out. */
  RunningModel(DecoderModel model, Path file, int firstPastTokens) throws OrtException {
    this.model = model;
    this.firstPastTokens = firstPastTokens;
    options.setIntraOpNumThreads(1);
    session = ENVIRONMENT.createSession(file.toString(), options);
  }

  /** The logits of the last rows after adding tokens: {@code [kept, vocabulary]}. */
  float[][] add(int... tokens) throws OrtException {
    return add(0, tokens);
  }

  /** The same, of at most {@code keep} rows. */
  float[][] add(long keep, int... tokens) throws OrtException {
    long[] mask = new long[(int) pastTokens + tokens.length];
    Arrays.fill(mask, 1);
    return add(keep, mask, tokens);
  }

  /** The same, where only the tokens count that have a one in the mask. */
  float[][] add(long keep, long[] mask, int... tokens) throws OrtException {
    TensorNames names = model.names();
    List<OnnxTensor> made = new ArrayList<>();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    long[] ids = new long[tokens.length];
    long[] positions = new long[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      ids[i] = tokens[i];
      positions[i] = pastTokens + i;
    }
    inputs.put(names.inputIds(), longs(ids));
    inputs.put(names.attentionMask(), longs(mask));
    if (model.positions() == Positions.INPUT) {
      inputs.put(names.positionIds(), longs(positions));
    }
    if (model.logitsToKeep()) {
      inputs.put(names.logitsToKeep(), OnnxTensor.createTensor(ENVIRONMENT, keep));
    }
    if (model.caching() == Caching.MERGED) {
      inputs.put(
          names.useCacheBranch(),
          OnnxTensor.createTensor(ENVIRONMENT, new boolean[] {pastTokens > 0}));
    }
    made.addAll(inputs.values());
    if (model.caching() != Caching.NONE) {
      if (past.isEmpty()) {
        firstPast(past);
        made.addAll(past.values());
      }
      inputs.putAll(past);
    }
    OrtSession.Result result = session.run(inputs);
    made.forEach(OnnxTensor::close);
    past.clear();
    if (last != null) {
      last.close();
    }
    last = result;
    if (model.caching() != Caching.NONE) {
      pastTokens += tokens.length;
      for (int layer = 0; layer < model.size().layers(); layer++) {
        keep(names.pastKey(), names.presentKey(), layer);
        keep(names.pastValue(), names.presentValue(), layer);
      }
    }
    return rows(tensor(names.logits()));
  }

  OnnxTensor tensor(String output) {
    return (OnnxTensor) Objects.requireNonNull(last).get(output).orElseThrow();
  }

  @Override
  public void close() throws OrtException {
    if (last != null) {
      last.close();
    }
    session.close();
    options.close();
  }

  private void keep(String input, String output, int layer) {
    past.put(TensorNames.of(input, layer), tensor(TensorNames.of(output, layer)));
  }

  private void firstPast(Map<String, OnnxTensor> inputs) throws OrtException {
    for (int layer = 0; layer < model.size().layers(); layer++) {
      inputs.put(TensorNames.of(model.names().pastKey(), layer), firstTensor());
      inputs.put(TensorNames.of(model.names().pastValue(), layer), firstTensor());
    }
  }

  private OnnxTensor firstTensor() throws OrtException {
    long[] shape = {1, model.size().kvHeads(), firstPastTokens, model.size().headSize()};
    OnnxJavaType type =
        switch (model.cacheType()) {
          case FLOAT16 -> OnnxJavaType.FLOAT16;
          case BFLOAT16 -> OnnxJavaType.BFLOAT16;
          default -> OnnxJavaType.FLOAT;
        };
    int bytes = firstPastTokens * model.size().kvWidth() * type.size;
    return OnnxTensor.createTensor(ENVIRONMENT, ByteBuffer.allocateDirect(bytes), shape, type);
  }

  private static OnnxTensor longs(long... values) throws OrtException {
    return OnnxTensor.createTensor(
        ENVIRONMENT, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  private static float[][] rows(OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    FloatBuffer values = tensor.getFloatBuffer();
    float[][] rows = new float[(int) shape[1]][(int) shape[2]];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }
}
