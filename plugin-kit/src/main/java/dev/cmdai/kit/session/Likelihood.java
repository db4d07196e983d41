package dev.cmdai.kit.session;

import java.util.OptionalDouble;

/** Adds up how likely a model found the tokens of its reply. Not thread-safe. */
public final class Likelihood {
  /** What is e^24 times less likely than the likeliest does not show in a sum of floats. */
  private static final float NEGLIGIBLE = -24;

  private double sum;
  private int count;

  /**
   * Counts a token.
   *
   * @param logits of every token, before any sampling
   * @param token the one that was chosen
   */
  public void add(float[] logits, int token) {
    float highest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      if (logit > highest) {
        highest = logit;
      }
    }
    double total = 0;
    for (float logit : logits) {
      float difference = logit - highest;
      if (difference > NEGLIGIBLE) {
        total += Math.exp(difference);
      }
    }
    sum += logits[token] - highest - Math.log(total);
    count++;
  }

  /** The mean natural logarithm of their probabilities: 0 when the model was certain of each. */
  public OptionalDouble mean() {
    double mean = sum / count;
    return Double.isFinite(mean) ? OptionalDouble.of(mean) : OptionalDouble.empty();
  }
}
