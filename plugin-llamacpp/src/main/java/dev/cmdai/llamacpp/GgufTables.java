package dev.cmdai.llamacpp;

import dev.cmdai.api.model.Fact;
import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.gguf.GgufType;
import dev.cmdai.gguf.GgufValue;
import dev.cmdai.gguf.TensorInfo;
import dev.cmdai.gguf.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The long lists of a GGUF file as tables: every metadata key and every tensor. */
final class GgufTables {
  /** Of a longer array the first ones are shown, and its type says how many there are. */
  private static final int MOST_ELEMENTS = 16;

  private static final int MOST_CHARACTERS = 100;

  private GgufTables() {}

  static List<List<Fact>> metadata(Map<String, GgufValue> metadata) {
    List<List<Fact>> rows = new ArrayList<>();
    metadata.forEach((key, value) -> {
      String type = type(value);
      rows.add(
          List.of(
              new Fact("key", key, key),
              new Fact("type", type, type),
              new Fact("value", value(value), inWords(value))));
    });
    return rows;
  }

  static List<List<Fact>> tensors(GgufFile file) {
    List<List<Fact>> rows = new ArrayList<>();
    for (TensorInfo tensor : file.tensors()) {
      String type = typeName(tensor);
      String shape =
          tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" × "));
      long offset = file.dataOffset() + tensor.offset();
      rows.add(
          List.of(
              new Fact("name", tensor.name(), tensor.name()),
              new Fact("shape", tensor.shape(), shape),
              new Fact("type", type, type),
              new Fact("offset", offset, Quantities.grouped(offset))));
    }
    return rows;
  }

  /** The types of the weights and each one's share of the bytes, the largest first. */
  static Fact quantisation(List<TensorInfo> tensors) {
    Map<String, long[]> byType = new TreeMap<>();
    long all = 0;
    for (TensorInfo tensor : tensors) {
      long bytes = Math.max(0, tensor.bytes());
      long[] sums = byType.computeIfAbsent(typeName(tensor), _ -> new long[2]);
      sums[0]++;
      sums[1] += bytes;
      all += bytes;
    }
    List<Map.Entry<String, long[]>> sorted = new ArrayList<>(byType.entrySet());
    sorted.sort(Comparator.comparingLong(entry -> -entry.getValue()[1]));
    List<Object> values = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Map.Entry<String, long[]> entry : sorted) {
      long[] sums = entry.getValue();
      double share = all == 0 ? 0 : (double) sums[1] / all;
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("type", entry.getKey());
      value.put("tensors", sums[0]);
      value.put("bytes", sums[1]);
      value.put("share", Math.round(share * 1e6) / 1e6);
      values.add(value);
      texts.add(String.format(Locale.ROOT, "%s %.1f %%", entry.getKey(), share * 100));
    }
    return new Fact("quantisation", values, String.join(", ", texts));
  }

  private static String typeName(TensorInfo tensor) {
    return TensorType.of(tensor.type())
        .map(TensorType::name)
        .orElse("type " + Integer.toUnsignedString(tensor.type()));
  }

  private static String type(GgufValue value) {
    return value instanceof GgufValue.Many(GgufArray values)
        ? lower(values.elementType()) + "[" + values.size() + "]"
        : lower(value.type());
  }

  private static String lower(GgufType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static Object value(GgufValue value) {
    return switch (value) {
      case GgufValue.WholeNumber(GgufType type, long number) -> wholeNumber(type, number);
      case GgufValue.RealNumber(GgufType _, double number) -> realNumber(number);
      case GgufValue.Truth(boolean isTrue) -> isTrue;
      case GgufValue.Text(String text) -> text;
      case GgufValue.Many(GgufArray values) -> values(values);
    };
  }

  /** The first elements; of an array of arrays nothing. */
  static List<Object> values(GgufArray values) {
    List<Object> first = new ArrayList<>();
    for (int i = 0; i < Math.min(values.size(), MOST_ELEMENTS); i++) {
      switch (values.elementType()) {
        case ARRAY -> {}
        case STRING -> first.add(values.string(i));
        case FLOAT32, FLOAT64 -> first.add(realNumber(values.real(i)));
        case BOOL -> first.add(values.integer(i) != 0);
        default -> first.add(wholeNumber(values.elementType(), values.integer(i)));
      }
    }
    return first;
  }

  private static Object wholeNumber(GgufType type, long number) {
    return type == GgufType.UINT64 && number < 0 ? Long.toUnsignedString(number) : number;
  }

  /** JSON has neither infinity nor "not a number". */
  private static Object realNumber(double number) {
    return Double.isFinite(number) ? (Object) number : Double.toString(number);
  }

  private static String inWords(GgufValue value) {
    return value instanceof GgufValue.Many(GgufArray values)
        ? inWords(values)
        : shortened(value.toString());
  }

  static String inWords(GgufArray values) {
    String first =
        values(values).stream()
            .map(value -> value instanceof String text ? "'" + text + "'" : value.toString())
            .collect(Collectors.joining(", "));
    return shortened(values.size() > MOST_ELEMENTS ? first + ", …" : first);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }
}
