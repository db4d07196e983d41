package dev.cmdai.onnx.folder;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cmdai.api.BackendException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the JSON files of a folder say of its model. Immutable.
 *
 * <p>A name that the newest of these files does not know any more is looked for under its older
 * names: the field names are those of transformers' configuration classes.
 */
public final class ModelConfig {
  private final JsonFile config;
  private final Optional<JsonFile> generation;
  private final Optional<JsonFile> tokenizer;
  private final Optional<JsonFile> specials;
  private final ModelFolder folder;

  private ModelConfig(
      ModelFolder folder,
      JsonFile config,
      Optional<JsonFile> generation,
      Optional<JsonFile> tokenizer,
      Optional<JsonFile> specials) {
    this.folder = folder;
    this.config = config;
    this.generation = generation;
    this.tokenizer = tokenizer;
    this.specials = specials;
  }

  /**
   * Reads the files.
   *
   * @param folder where they are
   * @return what they say
   * @throws BackendException when {@code config.json} is missing, or one of them is damaged
   */
  public static ModelConfig read(ModelFolder folder) throws BackendException {
    return new ModelConfig(
        folder,
        JsonFile.read(folder.file("config.json")),
        JsonFile.readIfThere(folder.file("generation_config.json")),
        JsonFile.readIfThere(folder.file("tokenizer_config.json")),
        JsonFile.readIfThere(folder.file("special_tokens_map.json")));
  }

  /** The part of a multimodal model that reads and writes text has a configuration of its own. */
  private JsonFile text() {
    return config.object("text_config").orElse(config);
  }

  /**
   * The model's name.
   *
   * @return what the configuration calls it, else the folder's name
   */
  public String name() {
    return config
        .text("_name_or_path")
        .filter(name -> !name.isBlank())
        .orElseGet(() -> String.valueOf(folder.root().getFileName()));
  }

  /**
   * The architecture.
   *
   * @return such as {@code qwen2}; empty when it is not told
   */
  public String architecture() {
    return config.text("model_type").orElse("");
  }

  /**
   * How many tokens the model was trained on.
   *
   * @return empty when it is not told
   */
  public OptionalInt contextLength() {
    return text()
        .firstPositive(
            "max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "n_ctx");
  }

  /**
   * How many tokens the model knows.
   *
   * @return empty when it is not told
   */
  public OptionalInt vocabularySize() {
    return text().firstPositive("vocab_size");
  }

  /**
   * How many heads have keys and values of their own.
   *
   * @return empty when it is not told
   */
  public OptionalInt keyValueHeads() {
    return text()
        .firstPositive(
            "num_key_value_heads", "num_kv_heads", "num_attention_heads", "n_head", "num_heads");
  }

  /**
   * How many numbers a key has.
   *
   * @return empty when it is not told
   */
  public OptionalInt headSize() {
    OptionalInt told = text().firstPositive("head_dim");
    OptionalInt hidden = text().firstPositive("hidden_size", "n_embd", "d_model");
    OptionalInt heads = text().firstPositive("num_attention_heads", "n_head", "num_heads");
    return told.isPresent() || hidden.isEmpty() || heads.isEmpty()
        ? told
        : OptionalInt.of(hidden.getAsInt() / heads.getAsInt());
  }

  /**
   * The tokens that end a reply: those of {@code generation_config.json}, else of {@code
   * config.json}.
   *
   * @return perhaps none
   */
  public Set<Integer> endIds() {
    List<Integer> told = generation.map(file -> file.ids("eos_token_id")).orElse(List.of());
    return new LinkedHashSet<>(told.isEmpty() ? text().ids("eos_token_id") : told);
  }

  /**
   * How the model says that it wants to be asked: our own field, {@code cmdai.prompt_style}.
   *
   * @return empty when it does not
   */
  public Optional<String> promptStyle() {
    return config.text("cmdai.prompt_style");
  }

  /**
   * The texts of the special tokens, by role.
   *
   * @return such as {@code eos_token} to {@code <|im_end|>}: what templates may use
   */
  public Map<String, String> specialTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    specials.ifPresent(file -> putTokens(file, tokens));
    tokenizer.ifPresent(file -> putTokens(file, tokens));
    return tokens;
  }

  private static void putTokens(JsonFile file, Map<String, String> tokens) {
    for (String name : file.names()) {
      if (name.endsWith("_token")) {
        file.member(name).flatMap(ModelConfig::content).ifPresent(text -> tokens.put(name, text));
      }
    }
  }

  /** A token is its text, or an object that holds it. */
  private static Optional<String> content(JsonElement token) {
    JsonElement text = token instanceof JsonObject object ? object.get("content") : token;
    return text instanceof JsonPrimitive value && value.isString()
        ? Optional.of(value.getAsString())
        : Optional.empty();
  }

  /**
   * The chat template: {@code chat_template.jinja}, else that of {@code tokenizer_config.json}, of
   * several named ones the one called {@code default}.
   *
   * @return its Jinja source
   * @throws BackendException when there is none
   */
  public String chatTemplate() throws BackendException {
    Optional<String> own = JsonFile.textIfThere(folder.file("chat_template.jinja"));
    if (own.isPresent()) {
      return own.get();
    }
    JsonElement told = tokenizer.flatMap(file -> file.member("chat_template")).orElse(null);
    Optional<String> template =
        switch (told) {
          case JsonPrimitive value when value.isString() -> Optional.of(value.getAsString());
          case JsonArray named -> defaultOf(named);
          case null, default ->
              JsonFile.readIfThere(folder.file("chat_template.json"))
                  .flatMap(file -> file.text("chat_template"));
        };
    return template.orElseThrow(() ->
        new BackendException.Unsupported(
            folder.root()
                + " has no chat template: its model continues texts and answers no requests",
            "Choose an instruct model with --model.",
            null));
  }

  private static Optional<String> defaultOf(JsonArray named) {
    Optional<String> only = Optional.empty();
    for (JsonElement element : named) {
      if (element instanceof JsonObject entry && entry.get("template") instanceof JsonPrimitive p) {
        if (entry.get("name") instanceof JsonPrimitive name
            && name.getAsString().equals("default")) {
          return Optional.of(p.getAsString());
        }
        only = named.size() == 1 ? Optional.of(p.getAsString()) : Optional.empty();
      }
    }
    return only;
  }
}
