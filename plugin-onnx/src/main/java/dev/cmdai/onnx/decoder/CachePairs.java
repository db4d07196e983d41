package dev.cmdai.onnx.decoder;

import ai.onnxruntime.TensorInfo;
import dev.cmdai.api.BackendException;
import dev.cmdai.onnx.folder.ModelConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the output that each state of a step comes from, and the shape it begins with. */
final class CachePairs {
  /** What names of a state and of what becomes of it differ in. */
  private static final Pattern TIME =
      Pattern.compile("(?:past|present|new|cache)(?:_key_values?|_kv)?|_?(?:input|output|in|out)$");

  private static final int HEADS = 1;
  private static final int TOKENS = 2;
  private static final int HEAD_SIZE = 3;

  private final ModelConfig config;
  private final Map<String, TensorInfo> inputs;
  private final Map<String, TensorInfo> outputs;
  private final String logits;

  CachePairs(
      ModelConfig config,
      Map<String, TensorInfo> inputs,
      Map<String, TensorInfo> outputs,
      String logits) {
    this.config = config;
    this.inputs = inputs;
    this.outputs = outputs;
    this.logits = logits;
  }

  List<CacheEntry> of(List<String> states) throws BackendException {
    List<String> others = outputs.keySet().stream().filter(name -> !name.equals(logits)).toList();
    Map<String, String> byTrunk = new LinkedHashMap<>();
    others.forEach(name -> byTrunk.put(trunk(name), name));
    boolean named =
        byTrunk.size() == others.size()
            && states.stream().allMatch(state -> byTrunk.containsKey(trunk(state)));
    if (!named && others.size() != states.size()) {
      throw ShapeReader.noDecoder(
          "it takes %d states and gives %d".formatted(states.size(), others.size()));
    }
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      String input = states.get(i);
      // Without common names they stand in the same order.
      @Nullable String byName = named ? byTrunk.get(trunk(input)) : null;
      entries.add(entry(input, byName == null ? others.get(i) : byName));
    }
    return entries;
  }

  private static String trunk(String name) {
    return TIME.matcher(name).replaceAll("");
  }

  private CacheEntry entry(String input, String output) throws BackendException {
    TensorInfo info = Objects.requireNonNull(inputs.get(input));
    TensorInfo result = Objects.requireNonNull(outputs.get(output));
    if (info.type != result.type || info.getShape().length != result.getShape().length) {
      throw ShapeReader.noDecoder("its state '%s' does not become '%s'".formatted(input, output));
    }
    long[] shape = info.getShape();
    String[] names = info.getDimensionNames();
    int axis = tokenAxis(shape, names);
    for (int i = 0; i < shape.length; i++) {
      if (i == axis) {
        shape[i] = 0;
      } else if (shape[i] < 0) {
        shape[i] = known(input, i, i < names.length ? names[i] : "");
      }
    }
    return new CacheEntry(input, output, info.type, shape, axis);
  }

  /** The dimension whose name speaks of the past, else the usual one if it may vary. */
  private static int tokenAxis(long[] shape, String[] names) {
    for (int i = 1; i < Math.min(shape.length, names.length); i++) {
      if (shape[i] < 0 && (names[i].contains("past") || names[i].contains("seq"))) {
        return i;
      }
    }
    if (shape.length == 4 && shape[TOKENS] < 0) {
      return TOKENS;
    }
    return shape.length == 3 && shape[1] < 0 ? 1 : -1;
  }

  private long known(String input, int dimension, String name) throws BackendException {
    if (dimension == 0) {
      return name.contains("head") ? config.keyValueHeads().orElse(1) : 1;
    }
    OptionalInt told =
        switch (dimension) {
          case HEADS -> config.keyValueHeads();
          case HEAD_SIZE -> config.headSize();
          default -> OptionalInt.empty();
        };
    return told.orElseThrow(() ->
        ShapeReader.noDecoder(
            "nothing says how large dimension %d of '%s' is".formatted(dimension, input)));
  }
}
