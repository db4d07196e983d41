package dev.cmdai.generate;

import java.util.OptionalDouble;

/**
 * How certain a model was of its reply.
 *
 * @param meanLogProbability the mean natural logarithm of the tokens' probabilities, at most 0;
 *     empty when the backend does not tell
 * @param unsureBelow the model's threshold; empty when it has none
 * @param better what would write better commands, such as {@code get a better model: cmdai models
 *     pull ID}; empty when the model was certain, or nothing is known to be better
 */
public record Confidence(
    OptionalDouble meanLogProbability, OptionalDouble unsureBelow, String better) {
  /** Nothing is known, or it was no model that wrote the command. */
  public static final Confidence UNKNOWN =
      new Confidence(OptionalDouble.empty(), OptionalDouble.empty(), "");

  /** Whether the command is likely not the one that was asked for. */
  public boolean isUnsure() {
    return isUnsure(meanLogProbability, unsureBelow);
  }

  /** The end of an advice: {@code , or get a better model: …}, or nothing. */
  public String orBetter() {
    return better.isEmpty() ? "" : ", or " + better;
  }

  static boolean isUnsure(OptionalDouble meanLogProbability, OptionalDouble unsureBelow) {
    return meanLogProbability.isPresent()
        && unsureBelow.isPresent()
        && meanLogProbability.getAsDouble() < unsureBelow.getAsDouble();
  }
}
