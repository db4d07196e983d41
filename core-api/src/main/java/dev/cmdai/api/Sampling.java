package dev.cmdai.api;

/**
 * How the next token is chosen. The names and their meaning are llama.cpp's; applied in the order
 * repeat penalty, top-k, top-p, min-p, temperature.
 *
 * @param temperature 0 chooses the likeliest token always (greedy) and ignores the other fields but
 *     the penalty; at most 5
 * @param topK keep the k likeliest tokens; 0 keeps all
 * @param topP keep the likeliest tokens that together reach this probability, in (0, 1]; 1 keeps
 *     all
 * @param minP keep tokens with at least this share of the likeliest one's probability, in [0, 1]; 0
 *     keeps all
 * @param repeatPenalty divides the logit of tokens seen in the last 64; 1 is none, at least 1, at
 *     most 10
 * @param seed start of the random sequence; same request, model and seed give the same reply
 */
public record Sampling(
    float temperature, int topK, float topP, float minP, float repeatPenalty, int seed) {
  /** Always the likeliest token. */
  public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 0);

  /** Checks every range. */
  public Sampling {
    require(temperature >= 0 && temperature <= 5, "temperature", temperature, "in [0, 5]");
    require(topK >= 0, "topK", topK, "0 or more");
    require(topP > 0 && topP <= 1, "topP", topP, "in (0, 1]");
    require(minP >= 0 && minP <= 1, "minP", minP, "in [0, 1]");
    require(
        repeatPenalty >= 1 && repeatPenalty <= 10, "repeatPenalty", repeatPenalty, "in [1, 10]");
  }

  /**
   * Sampling at a temperature, with the usual cuts (top-k 40, top-p 0.95, min-p 0.05).
   *
   * @param temperature in [0, 5]
   * @param seed start of the random sequence
   * @return the sampling
   */
  public static Sampling atTemperature(float temperature, int seed) {
    return new Sampling(temperature, 40, 0.95f, 0.05f, 1, seed);
  }

  /**
   * Whether the likeliest token is always taken.
   *
   * @return true at temperature 0
   */
  public boolean isGreedy() {
    return temperature == 0;
  }

  private static void require(boolean holds, String name, Number value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + value + " must be " + range);
    }
  }
}
