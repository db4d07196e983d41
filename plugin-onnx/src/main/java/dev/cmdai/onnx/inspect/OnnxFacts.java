package dev.cmdai.onnx.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.Fact;
import dev.cmdai.api.model.ModelFacts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks from the files beside an ONNX model what people want to know. The keys: {@code
 * PretrainedConfig} and {@code PreTrainedTokenizerBase} of transformers.
 *
 * <p>A key that is missing, or of another type than usual, is a fact less and never an error.
 */
final class OnnxFacts {
  private static final List<String> ROLES =
      List.of("bos", "eos", "unk", "sep", "pad", "cls", "mask");

  private final OnnxFolder folder;
  private final JsonObject config;
  private final JsonObject generation;
  private final JsonObject tokenizer;

  OnnxFacts(OnnxFolder folder) throws BackendException {
    this.folder = folder;
    config = folder.json("config.json");
    generation = folder.json("generation_config.json");
    tokenizer = folder.json("tokenizer_config.json");
  }

  ModelFacts all() throws BackendException {
    ModelFacts.Builder facts = ModelFacts.builder().section("file", fileFacts());
    add(facts, "model", modelFacts());
    add(facts, "tokenizer", tokenizerFacts());
    return facts.table("weights", weights()).build();
  }

  private static void add(ModelFacts.Builder facts, String name, List<Fact> section) {
    if (!section.isEmpty()) {
      facts.section(name, section);
    }
  }

  private List<Fact> fileFacts() throws BackendException {
    long bytes = 0;
    for (Path file : folder.weights()) {
      bytes += bytes(file);
    }
    return List.of(
        new Fact("format", "onnx", "ONNX"),
        new Fact("size", bytes, grouped(bytes) + " bytes"),
        count("files", folder.weights().size()));
  }

  private List<List<Fact>> weights() throws BackendException {
    List<List<Fact>> rows = new ArrayList<>();
    for (Path file : folder.weights()) {
      String name = String.valueOf(file.getFileName());
      long bytes = bytes(file);
      String quantisation = quantisation(name);
      rows.add(
          List.of(
              new Fact("file", name, name),
              new Fact("size", bytes, grouped(bytes) + " bytes"),
              new Fact("quantisation", quantisation, quantisation)));
    }
    return rows;
  }

  private long bytes(Path file) throws BackendException {
    try {
      return folder.bytes(file);
    } catch (IOException e) {
      throw new BackendException.ModelCorrupt(
          "the size of %s cannot be read: %s".formatted(file, e.getMessage()),
          "Get the file again, or choose another model with --model.",
          e);
    }
  }

  /** What a name such as {@code model_q4f16.onnx} says; a bare one is not quantised. */
  static String quantisation(String name) {
    String stem = name.toLowerCase(Locale.ROOT).replaceFirst("\\.onnx$", "");
    int mark = stem.lastIndexOf('_');
    String end = mark < 0 ? "" : stem.substring(mark + 1);
    return switch (end) {
      case "quantized" -> "int8";
      case String s when s.matches("(q|int|uint|fp|bf|bnb)[0-9]+(f16)?") -> s;
      default -> "none named";
    };
  }

  private List<Fact> modelFacts() {
    List<Fact> facts = new ArrayList<>();
    String name = text(config.get("_name_or_path"));
    Path folderName = folder.folder().toAbsolutePath().getFileName();
    addText(facts, "name", name.isEmpty() ? String.valueOf(folderName) : name);
    String type = text(config.get("model_type"));
    addText(facts, "architecture", type.isEmpty() ? text(first("architectures")) : type);
    addText(facts, "class", text(first("architectures")));
    long parameters = LlamaParameters.of(config);
    if (parameters > 0) {
      facts.add(count("parameters", parameters));
    }
    addNumber(facts, "context_length", "max_position_embeddings", "n_positions");
    addNumber(facts, "embedding_length", "hidden_size", "n_embd");
    addNumber(facts, "layers", "num_hidden_layers", "n_layer");
    addNumber(facts, "heads", "num_attention_heads", "n_head");
    addNumber(facts, "key_value_heads", "num_key_value_heads");
    addNumber(facts, "experts", "num_local_experts", "num_experts");
    addText(facts, "weights_type", text(config.get("torch_dtype")));
    return facts;
  }

  private @Nullable JsonElement first(String key) {
    return config.get(key) instanceof JsonArray array && !array.isEmpty() ? array.get(0) : null;
  }

  private List<Fact> tokenizerFacts() {
    List<Fact> facts = new ArrayList<>();
    addText(facts, "class", text(tokenizer.get("tokenizer_class")));
    if (folder.has("tokenizer.json")) {
      facts.add(new Fact("file", "tokenizer.json", "tokenizer.json"));
    }
    addNumber(facts, "vocabulary_size", "vocab_size");
    Map<String, Object> special = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (String role : ROLES) {
      addRole(role, special, words);
    }
    if (!special.isEmpty()) {
      facts.add(new Fact("special_tokens", special, String.join(", ", words)));
    }
    if (!facts.isEmpty()) {
      boolean has = tokenizer.has("chat_template") || folder.has("chat_template.jinja");
      facts.add(new Fact("chat_template", has, has ? "present" : "none"));
    }
    return facts;
  }

  private void addRole(String role, Map<String, Object> special, List<String> words) {
    JsonElement token = tokenizer.get(role + "_token");
    String text = text(token instanceof JsonObject object ? object.get("content") : token);
    long id = id(generation.get(role + "_token_id"));
    id = id < 0 ? id(config.get(role + "_token_id")) : id;
    if (text.isEmpty() && id < 0) {
      return;
    }
    Map<String, Object> value = new LinkedHashMap<>();
    if (id >= 0) {
      value.put("id", id);
    }
    value.put("text", text);
    special.put(role, value);
    words.add((role + (id < 0 ? "" : " " + id) + " " + text).strip());
  }

  /** An id, or the first of several. */
  private static long id(@Nullable JsonElement value) {
    return value instanceof JsonArray many && !many.isEmpty() ? whole(many.get(0)) : whole(value);
  }

  private static String text(@Nullable JsonElement value) {
    return value instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
  }

  /** A whole number that is not negative; otherwise -1. */
  static long whole(@Nullable JsonElement value) {
    if (!(value instanceof JsonPrimitive number && number.isNumber())) {
      return -1;
    }
    try {
      BigDecimal exact = new BigDecimal(number.getAsString());
      // A scale of millions would take minutes to expand.
      return exact.signum() < 0 || Math.abs((long) exact.scale()) > 100
          ? -1
          : exact.longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return -1;
    }
  }

  private static void addText(List<Fact> facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.add(new Fact(name, text, text));
    }
  }

  /** The first of these keys that is there. */
  private void addNumber(List<Fact> facts, String name, String... keys) {
    for (String key : keys) {
      long value = whole(config.get(key));
      if (value >= 0) {
        facts.add(count(name, value));
        return;
      }
    }
  }

  private static Fact count(String name, long value) {
    return new Fact(name, value, grouped(value));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
