package dev.cmdai.onnx.decoder;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.cmdai.api.BackendException;
import dev.cmdai.onnx.folder.ModelConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by names, types and shapes what the inputs and outputs of a session are. Exporters
 * agree on {@code input_ids}, {@code attention_mask} and {@code logits}, and on little else.
 */
final class ShapeReader {
  private static final Set<OnnxJavaType> INTEGERS =
      EnumSet.of(OnnxJavaType.INT64, OnnxJavaType.INT32);
  private static final Set<OnnxJavaType> FLOATS =
      EnumSet.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

  private final ModelConfig config;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;

  private @Nullable IntegerInput tokens;
  private @Nullable IntegerInput mask;
  private @Nullable IntegerInput positions;
  private @Nullable IntegerInput tokenTypes;
  private @Nullable String cacheBranch;
  private @Nullable IntegerInput logitsToKeep;
  private final List<String> states = new ArrayList<>();

  private ShapeReader(OrtSession session, ModelConfig config) throws OrtException {
    this.config = config;
    inputs = tensors(session.getInputInfo());
    outputs = tensors(session.getOutputInfo());
  }

  static DecoderShape read(OrtSession session, ModelConfig config)
      throws OrtException, BackendException {
    return new ShapeReader(session, config).read();
  }

  private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> nodes) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    nodes.forEach((name, node) -> {
      if (node.getInfo() instanceof TensorInfo info) {
        tensors.put(name, info);
      }
    });
    return tensors;
  }

  private DecoderShape read() throws BackendException {
    for (Map.Entry<String, TensorInfo> input : inputs.entrySet()) {
      sort(input.getKey(), input.getValue());
    }
    if (tokens == null) {
      throw noDecoder("it has no input for tokens (input_ids)");
    }
    String logits = logitsName();
    List<CacheEntry> cache = new CachePairs(config, inputs, outputs, logits).of(states);
    TensorInfo info = Objects.requireNonNull(outputs.get(logits));
    long[] shape = info.getShape();
    return new DecoderShape(
        tokens,
        mask,
        positions,
        tokenTypes,
        cacheBranch,
        logitsToKeep,
        cache,
        logits,
        info.type,
        shape.length,
        vocabularySize(shape[shape.length - 1]));
  }

  private void sort(String name, TensorInfo info) throws BackendException {
    int rank = info.getShape().length;
    if (INTEGERS.contains(info.type) && rank <= 2) {
      sortIntegers(name, new IntegerInput(name, info.type, rank));
    } else if (info.type == OnnxJavaType.BOOL && name.contains("cache")) {
      cacheBranch = name;
    } else if (FLOATS.contains(info.type) && rank >= 3 && !name.contains("encoder")) {
      states.add(name);
    } else {
      throw unknown(name, info);
    }
  }

  private void sortIntegers(String name, IntegerInput input) throws BackendException {
    if (name.contains("keep")) {
      logitsToKeep = input;
    } else if (name.contains("mask")) {
      mask = input;
    } else if (name.contains("position")) {
      positions = input;
    } else if (name.contains("token_type")) {
      tokenTypes = input;
    } else if (tokens == null || name.equals("input_ids")) {
      tokens = input;
    } else {
      throw noDecoder("it wants an input '%s' that no text decoder has".formatted(name));
    }
  }

  private String logitsName() throws BackendException {
    List<String> candidates = new ArrayList<>();
    for (Map.Entry<String, TensorInfo> output : outputs.entrySet()) {
      int rank = output.getValue().getShape().length;
      if (FLOATS.contains(output.getValue().type) && (rank == 2 || rank == 3)) {
        if (output.getKey().equals("logits")) {
          return output.getKey();
        }
        candidates.add(output.getKey());
      }
    }
    if (candidates.isEmpty()) {
      throw noDecoder("it has no output for logits");
    }
    return candidates.getFirst();
  }

  private int vocabularySize(long dimension) throws BackendException {
    if (dimension > 0 && dimension <= Integer.MAX_VALUE) {
      return (int) dimension;
    }
    return config
        .vocabularySize()
        .orElseThrow(() -> noDecoder("nothing says how large its vocabulary is (vocab_size)"));
  }

  private static BackendException unknown(String name, TensorInfo info) {
    return noDecoder(
        "it wants an input '%s' of type %s that no text decoder has".formatted(name, info.type));
  }

  static BackendException noDecoder(String reason) {
    return new BackendException.Unsupported(
        "this ONNX file is no decoder that generates text: " + reason,
        "Choose a file that was exported for text generation with past keys and values.",
        null);
  }
}
