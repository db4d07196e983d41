package dev.cmdai.onnx.inspect;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;

/** Counts the parameters of a model whose shapes follow from its {@code config.json}. */
final class LlamaParameters {
  /** Architectures of one shape: modeling_llama.py, modeling_mistral.py, modeling_qwen2.py. */
  private static final Set<String> SHAPED_LIKE_LLAMA = Set.of("llama", "mistral", "qwen2");

  private LlamaParameters() {}

  /** How many parameters there are; 0 where the configuration does not tell. */
  static long of(JsonObject config) {
    if (!(config.get("model_type") instanceof JsonPrimitive type
        && SHAPED_LIKE_LLAMA.contains(type.getAsString()))) {
      return 0;
    }
    long vocabulary = number(config, "vocab_size");
    long width = number(config, "hidden_size");
    long inner = number(config, "intermediate_size");
    long layers = number(config, "num_hidden_layers");
    long heads = number(config, "num_attention_heads");
    if (vocabulary <= 0 || width <= 0 || inner <= 0 || layers <= 0 || heads <= 0) {
      return 0;
    }
    long keyHeads =
        config.has("num_key_value_heads") ? number(config, "num_key_value_heads") : heads;
    long headWidth = config.has("head_dim") ? number(config, "head_dim") : width / heads;
    try {
      return count(
          config, vocabulary, width, inner, layers, heads * headWidth, keyHeads * headWidth);
    } catch (ArithmeticException e) {
      return 0;
    }
  }

  private static long count(
      JsonObject config,
      long vocabulary,
      long width,
      long inner,
      long layers,
      long query,
      long key) {
    long attention = exact(width, query) * 2 + exact(width, key) * 2;
    boolean hasBias =
        is(config, "attention_bias") || "qwen2".equals(config.get("model_type").getAsString());
    // Qwen2's projections of queries, keys and values have biases, its output projection has none.
    long bias = hasBias ? query + 2 * key + (is(config, "attention_bias") ? width : 0) : 0;
    long feedForward = Math.multiplyExact(exact(width, inner), 3L);
    long layer = Math.addExact(Math.addExact(attention, feedForward), bias + 2 * width);
    long embeddings =
        Math.multiplyExact(exact(vocabulary, width), is(config, "tie_word_embeddings") ? 1L : 2L);
    return Math.addExact(Math.addExact(Math.multiplyExact(layer, layers), embeddings), width);
  }

  private static long exact(long a, long b) {
    return Math.multiplyExact(a, b);
  }

  private static long number(JsonObject config, String name) {
    long value = OnnxFacts.whole(config.get(name));
    // Above, products of two would leave the range of numbers before anybody could object.
    return value > 1 << 24 ? 0 : value;
  }

  private static boolean is(JsonObject config, String name) {
    return config.get(name) instanceof JsonPrimitive value
        && value.isBoolean()
        && value.getAsBoolean();
  }
}
