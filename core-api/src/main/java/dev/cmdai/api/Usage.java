package dev.cmdai.api;

/**
 * Tokens of one completion.
 *
 * @param promptTokens tokens of the whole prompt, assistant prefix included
 * @param cachedTokens those of them whose state was restored instead of computed
 * @param generatedTokens tokens generated, the end-of-text token not counted
 */
public record Usage(int promptTokens, int cachedTokens, int generatedTokens) {
  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** Checks that the counts agree. */
  public Usage {
    if (promptTokens < 0 || generatedTokens < 0) {
      throw new IllegalArgumentException("token counts must not be negative");
    }
    if (cachedTokens < 0 || cachedTokens > promptTokens) {
      throw new IllegalArgumentException(
          "cachedTokens " + cachedTokens + " must be in [0, " + promptTokens + "]");
    }
  }
}
