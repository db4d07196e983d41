package dev.cmdai.llamacpp;

import dev.cmdai.api.model.Fact;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.gguf.GgufType;
import dev.cmdai.gguf.GgufValue;
import dev.cmdai.gguf.TensorInfo;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Picks from a GGUF file what people want to know. The keys: {@code docs/gguf.md} of ggml.
 *
 * <p>A key that is missing, or of another type than usual, is a fact less and never an error.
 */
final class GgufFacts {
  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String SPECIAL_PREFIX = "tokenizer.ggml.";
  private static final String SPECIAL_SUFFIX = "_token_id";

  private final List<GgufFile> parts;
  private final List<TensorInfo> tensors;

  /** The first part says what there is to say; the others have tensors alone. */
  private final GgufFile file;

  private final Map<String, GgufValue> metadata;

  GgufFacts(List<GgufFile> parts) {
    this.parts = List.copyOf(parts);
    tensors = parts.stream().flatMap(part -> part.tensors().stream()).toList();
    file = parts.getFirst();
    metadata = file.metadata().all();
  }

  ModelFacts all() {
    ModelFacts.Builder facts =
        ModelFacts.builder().section("file", fileFacts()).section("model", modelFacts());
    List<Fact> tokenizer = tokenizerFacts();
    if (!tokenizer.isEmpty()) {
      facts.section("tokenizer", tokenizer);
    }
    return facts
        .table("metadata", GgufTables.metadata(metadata))
        .table(
            "tensors", parts.stream().flatMap(part -> GgufTables.tensors(part).stream()).toList())
        .build();
  }

  private List<Fact> fileFacts() {
    String order = file.byteOrder() == ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian";
    long size = parts.stream().mapToLong(GgufFile::size).sum();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("format", "gguf", "GGUF"));
    facts.add(new Fact("version", file.version(), String.valueOf(file.version())));
    facts.add(new Fact("byte_order", order, order));
    facts.add(new Fact("size", size, Quantities.bytes(size)));
    if (parts.size() > 1) {
      facts.add(count("parts", parts.size()));
    }
    facts.add(count("tensors", tensors.size()));
    facts.add(count("metadata_keys", metadata.size()));
    return facts;
  }

  private List<Fact> modelFacts() {
    List<Fact> facts = new ArrayList<>();
    addText(facts, "name", "general.name");
    addText(facts, "architecture", "general.architecture");
    addWeights(facts);
    String architecture = text("general.architecture") + ".";
    addNumber(facts, "context_length", architecture + "context_length");
    addNumber(facts, "embedding_length", architecture + "embedding_length");
    addNumber(facts, "layers", architecture + "block_count");
    addNumber(facts, "heads", architecture + "attention.head_count");
    addNumber(facts, "key_value_heads", architecture + "attention.head_count_kv");
    addNumber(facts, "experts", architecture + "expert_count");
    addNumber(facts, "experts_used", architecture + "expert_used_count");
    addText(facts, "licence", "general.license");
    return facts;
  }

  private void addWeights(List<Fact> facts) {
    if (tensors.isEmpty()) {
      facts.add(new Fact("parameters", 0, "none: the file holds a vocabulary without weights"));
      return;
    }
    long parameters = 0;
    for (TensorInfo tensor : tensors) {
      parameters += tensor.elements();
    }
    facts.add(new Fact("parameters", parameters, Quantities.parameters(parameters)));
    facts.add(GgufTables.quantisation(tensors));
  }

  private List<Fact> tokenizerFacts() {
    List<Fact> facts = new ArrayList<>();
    addText(facts, "model", "tokenizer.ggml.model");
    addText(facts, "pre_tokenizer", "tokenizer.ggml.pre");
    if (metadata.get(TOKENS) instanceof GgufValue.Many(GgufArray tokens)) {
      facts.add(count("vocabulary_size", tokens.size()));
    }
    addSpecialTokens(facts);
    if (!facts.isEmpty()) {
      String template = text("tokenizer.chat_template");
      facts.add(
          new Fact(
              "chat_template",
              !template.isEmpty(),
              template.isEmpty() ? "none" : Quantities.grouped(template.length()) + " characters"));
    }
    return facts;
  }

  /** Every key such as {@code tokenizer.ggml.bos_token_id}, under the role that it names. */
  private void addSpecialTokens(List<Fact> facts) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> texts = new ArrayList<>();
    metadata.forEach((key, value) -> {
      if (key.startsWith(SPECIAL_PREFIX)
          && key.endsWith(SPECIAL_SUFFIX)
          && key.length() > SPECIAL_PREFIX.length() + SPECIAL_SUFFIX.length()
          && value instanceof GgufValue.WholeNumber(GgufType _, long id)) {
        String role =
            key.substring(SPECIAL_PREFIX.length(), key.length() - SPECIAL_SUFFIX.length());
        String text = token(id);
        Map<String, Object> special = new LinkedHashMap<>();
        special.put("id", id);
        special.put("text", text);
        values.put(role, special);
        texts.add(role + " " + id + " " + text);
      }
    });
    if (!values.isEmpty()) {
      facts.add(new Fact("special_tokens", values, String.join(", ", texts)));
    }
  }

  private String token(long id) {
    return metadata.get(TOKENS) instanceof GgufValue.Many(GgufArray tokens)
            && tokens.elementType() == GgufType.STRING
            && id >= 0
            && id < tokens.size()
        ? tokens.string((int) id)
        : "";
  }

  private String text(String key) {
    return metadata.get(key) instanceof GgufValue.Text(String value) ? value : "";
  }

  private void addText(List<Fact> facts, String name, String key) {
    String value = text(key);
    if (!value.isEmpty()) {
      facts.add(new Fact(name, value, value));
    }
  }

  /** A number, or one for each layer. */
  private void addNumber(List<Fact> facts, String name, String key) {
    switch (metadata.get(key)) {
      case GgufValue.WholeNumber(GgufType _, long value) -> facts.add(count(name, value));
      case GgufValue.Many(GgufArray values) when values.elementType().bytes() > 0 ->
          facts.add(
              new Fact(name, GgufTables.values(values), GgufTables.inWords(values) + " by layer"));
      case null, default -> {}
    }
  }

  private static Fact count(String name, long value) {
    return new Fact(name, value, Quantities.grouped(value));
  }
}
