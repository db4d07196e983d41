package dev.cmdai.testmodels.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the folder of a model as it lies on Hugging Face: the model, its configuration and its
 * tokenizer.
 *
 * <pre>{@code
 * Path file = ModelFolder.of(model).modelFile("onnx/model_q4.onnx").write(folder);
 * }</pre>
 */
public final class ModelFolder {
  /** Where a chat template stands. */
  public enum Template {
    /** Nowhere. */
    NONE,
    /** In {@code tokenizer_config.json}, as text. */
    TEXT,
    /** In {@code tokenizer_config.json}, as a list of named ones; the first is {@code default}. */
    NAMED,
    /** In a file of its own, {@code chat_template.jinja}. */
    FILE
  }

  /** The chat template: each message between its role's token and {@code <|end|>}. */
  public static final String CHAT_TEMPLATE =
      "{{ bos_token }}{% for message in messages %}"
          + "{{ '<|' + ('assistant' if message['role'] == 'assistant' else 'user') + '|>' }}"
          + "{{ message['content'] }}{{ '<|end|>' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

  private static final String END_TOKENS = "eos_token_id";
  private static final String TOOL_TEMPLATE = "{{ raise_exception('no tools here') }}";

  private final DecoderModel model;
  private final Map<String, String> config = new LinkedHashMap<>();
  private final List<String> leftOut = new ArrayList<>();
  private String modelFile = "onnx/model.onnx";
  private boolean externalData;
  private Template template = Template.TEXT;

  private ModelFolder(DecoderModel model) {
    this.model = model;
    config.put("model_type", "\"llama\"");
    config.put("architectures", "[\"LlamaForCausalLM\"]");
    config.put("hidden_act", "\"silu\"");
    config.put("hidden_size", number(model.size().hidden()));
    config.put("intermediate_size", number(model.size().feedForward()));
    config.put("num_hidden_layers", number(model.size().layers()));
    config.put("num_attention_heads", number(model.size().heads()));
    config.put("num_key_value_heads", number(model.size().kvHeads()));
    config.put("head_dim", number(model.size().headSize()));
    config.put("vocab_size", number(model.size().vocabulary()));
    config.put("max_position_embeddings", number(model.size().maxPositions()));
    config.put("rms_norm_eps", Float.toString(DecoderModel.NORM_EPSILON));
    config.put("rope_theta", Float.toString(DecoderModel.ROPE_THETA));
    config.put("tie_word_embeddings", Boolean.toString(model.tiedHead()));
    config.put("bos_token_id", number(TestTokenizer.BOS));
    config.put(END_TOKENS, number(TestTokenizer.END));
    config.put("use_cache", Boolean.toString(model.caching() != Caching.NONE));
  }

  /**
   * Starts a folder around a model.
   *
   * @throws IllegalArgumentException if the model has fewer tokens than {@link TestTokenizer}
   */
  public static ModelFolder of(DecoderModel model) {
    if (model.size().vocabulary() < TestTokenizer.SIZE) {
      throw new IllegalArgumentException(
          "the tokenizer has %d tokens, the model %d"
              .formatted(TestTokenizer.SIZE, model.size().vocabulary()));
    }
    return new ModelFolder(model);
  }

  /** Sets where the model stands in the folder; {@code onnx/model.onnx} otherwise. */
  public ModelFolder modelFile(String value) {
    modelFile = value;
    return this;
  }

  /** Puts the large tensors into a file of their own. */
  public ModelFolder externalData() {
    externalData = true;
    return this;
  }

  /**
   * Sets the tokens that end a reply, {@link TestTokenizer#END} otherwise. Both configurations name
   * one as a number, several as a list.
   */
  public ModelFolder endTokens(Integer... values) {
    String ids = List.of(values).toString();
    config.put(END_TOKENS, values.length == 1 ? ids.substring(1, ids.length() - 1) : ids);
    return this;
  }

  /** Sets where the chat template stands; {@link Template#TEXT} otherwise. */
  public ModelFolder template(Template value) {
    template = value;
    return this;
  }

  /** Sets a value of {@code config.json}, given as JSON. */
  public ModelFolder config(String key, String json) {
    config.put(key, json);
    return this;
  }

  /** Leaves out a file that the folder would have. */
  public ModelFolder without(String file) {
    leftOut.add(file);
    return this;
  }

  /**
   * Writes the folder, which is made if it does not exist.
   *
   * @return the model file
   */
  public Path write(Path folder) throws IOException {
    Path file = folder.resolve(modelFile);
    Path parent = file.getParent();
    Files.createDirectories(parent == null ? folder : parent);
    if (externalData) {
      model.writeWithExternalData(file);
    } else {
      model.write(file);
    }
    for (Map.Entry<String, String> entry : files().entrySet()) {
      if (!leftOut.contains(entry.getKey())) {
        Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
      }
    }
    return file;
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("config.json", object(config));
    files.put("generation_config.json", object(generationConfig()));
    files.put("tokenizer.json", TestTokenizer.json());
    files.put("tokenizer_config.json", object(tokenizerConfig()));
    files.put("special_tokens_map.json", object(specialTokens()));
    if (template == Template.FILE) {
      files.put("chat_template.jinja", CHAT_TEMPLATE);
    }
    return files;
  }

  private Map<String, String> generationConfig() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("bos_token_id", number(TestTokenizer.BOS));
    values.put(END_TOKENS, config.getOrDefault(END_TOKENS, "null"));
    return values;
  }

  private Map<String, String> tokenizerConfig() {
    Map<String, String> values = specialTokens();
    values.put("tokenizer_class", Json.text("PreTrainedTokenizerFast"));
    values.put("add_bos_token", "false");
    values.put("model_max_length", number(model.size().maxPositions()));
    String text = Json.text(CHAT_TEMPLATE);
    switch (template) {
      case NONE, FILE -> {}
      case TEXT -> values.put("chat_template", text);
      case NAMED ->
          values.put(
              "chat_template",
              "[{\"name\":\"default\",\"template\":%s},{\"name\":\"tool_use\",\"template\":%s}]"
                  .formatted(text, Json.text(TOOL_TEMPLATE)));
    }
    return values;
  }

  private static Map<String, String> specialTokens() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("bos_token", Json.text("<|bos|>"));
    values.put("eos_token", Json.text("<|end|>"));
    values.put("pad_token", Json.text("<|end|>"));
    return values;
  }

  private static String object(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> "  " + Json.text(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private static String number(int value) {
    return Integer.toString(value);
  }
}
