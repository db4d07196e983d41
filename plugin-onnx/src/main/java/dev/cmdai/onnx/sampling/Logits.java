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

  /**
   * Copies them.
   *
   * @param target of the vocabulary's size
   */
  default void copyTo(float[] target) {
    for (int token = 0; token < target.length; token++) {
      target[token] = get(token);
    }
  }
}
