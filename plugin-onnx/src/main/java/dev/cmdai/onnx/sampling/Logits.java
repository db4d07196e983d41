package dev.cmdai.onnx.sampling;

/** How likely a model finds each token to be the next one, before any sampling. */
@FunctionalInterface
public interface Logits {
  /**
   * A token's logit.
   *
   * @param token from 0 to the vocabulary's size − 1
   * @return the logit; NaN counts as the least likely
   */
  float get(int token);
}
