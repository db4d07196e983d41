package dev.cmdai.testmodels.onnx;

/**
 * All weights of one decoder, named as optimum names them.
 *
 * @param size the decoder's sizes
 * @param seed which random numbers
 * @param tiedHead whether the embedding is the head too
 */
record Weights(Dimensions size, long seed, boolean tiedHead) {

  Weight embedding() {
    return Weight.matrix("model.embed_tokens.weight", size.vocabulary(), size.hidden(), seed);
  }

  Weight head() {
    return tiedHead
        ? embedding()
        : Weight.matrix("lm_head.weight", size.vocabulary(), size.hidden(), seed);
  }

  Weight query(int layer) {
    return matrix(layer, "self_attn.q_proj", size.queryWidth(), size.hidden());
  }

  Weight key(int layer) {
    return matrix(layer, "self_attn.k_proj", size.kvWidth(), size.hidden());
  }

  Weight value(int layer) {
    return matrix(layer, "self_attn.v_proj", size.kvWidth(), size.hidden());
  }

  Weight attentionOutput(int layer) {
    return matrix(layer, "self_attn.o_proj", size.hidden(), size.queryWidth());
  }

  Weight gate(int layer) {
    return matrix(layer, "mlp.gate_proj", size.feedForward(), size.hidden());
  }

  Weight up(int layer) {
    return matrix(layer, "mlp.up_proj", size.feedForward(), size.hidden());
  }

  Weight down(int layer) {
    return matrix(layer, "mlp.down_proj", size.hidden(), size.feedForward());
  }

  Weight attentionGains(int layer) {
    return Weight.gains(name(layer, "input_layernorm"), size.hidden(), seed);
  }

  Weight feedForwardGains(int layer) {
    return Weight.gains(name(layer, "post_attention_layernorm"), size.hidden(), seed);
  }

  Weight finalGains() {
    return Weight.gains("model.norm.weight", size.hidden(), seed);
  }

  private Weight matrix(int layer, String part, int rows, int columns) {
    return Weight.matrix(name(layer, part), rows, columns, seed);
  }

  private static String name(int layer, String part) {
    return "model.layers." + layer + "." + part + ".weight";
  }
}
