package dev.cmdai.testmodels.onnx;

/**
 * The names of a model's inputs and outputs.
 *
 * <p>The names of cached tensors are patterns: {@code {layer}} stands for the block's number,
 * {@code {2*layer}} and {@code {2*layer+1}} for the number of the tensor when keys and values are
 * counted together.
 *
 * @param inputIds the tokens
 * @param attentionMask ones for the tokens that count
 * @param positionIds the tokens' positions
 * @param useCacheBranch whether the past counts
 * @param logitsToKeep for how many last tokens logits are wanted
 * @param pastKey pattern of the inputs with earlier keys
 * @param pastValue pattern of the inputs with earlier values
 * @param logits the output with one number per token of the vocabulary
 * @param presentKey pattern of the outputs with all keys
 * @param presentValue pattern of the outputs with all values
 */
public record TensorNames(
    String inputIds,
    String attentionMask,
    String positionIds,
    String useCacheBranch,
    String logitsToKeep,
    String pastKey,
    String pastValue,
    String logits,
    String presentKey,
    String presentValue) {

  /** The names that optimum gives. */
  public static final TensorNames OPTIMUM =
      optimumWith(
          "past_key_values.{layer}.key",
          "past_key_values.{layer}.value",
          "present.{layer}.key",
          "present.{layer}.value");

  /** The names that optimum gives to the decoders of encoder-decoder models. */
  public static final TensorNames DECODER =
      optimumWith(
          "past_key_values.{layer}.decoder.key",
          "past_key_values.{layer}.decoder.value",
          "present.{layer}.decoder.key",
          "present.{layer}.decoder.value");

  /**
   * Cached tensors by number: {@code past_0} is the first block's keys, {@code past_1} its values.
   */
  public static final TensorNames NUMBERED =
      optimumWith("past_{2*layer}", "past_{2*layer+1}", "present_{2*layer}", "present_{2*layer+1}");

  /** Cached tensors as some converters name them: {@code past_key_0}. */
  public static final TensorNames UNDERSCORED =
      optimumWith(
          "past_key_{layer}", "past_value_{layer}", "present_key_{layer}", "present_value_{layer}");

  /** Names that no convention knows. */
  public static final TensorNames FOREIGN =
      new TensorNames(
          "tokens",
          "mask",
          "positions",
          "cached",
          "keep",
          "k_in.{layer}",
          "v_in.{layer}",
          "scores",
          "k_out.{layer}",
          "v_out.{layer}");

  /** The name of a layer's tensor. */
  public static String of(String pattern, int layer) {
    return pattern
        .replace("{layer}", Integer.toString(layer))
        .replace("{2*layer}", Integer.toString(2 * layer))
        .replace("{2*layer+1}", Integer.toString(2 * layer + 1));
  }

  private static TensorNames optimumWith(
      String pastKey, String pastValue, String presentKey, String presentValue) {
    return new TensorNames(
        "input_ids",
        "attention_mask",
        "position_ids",
        "use_cache_branch",
        "num_logits_to_keep",
        pastKey,
        pastValue,
        "logits",
        presentKey,
        presentValue);
  }
}
