package dev.cmdai.api;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The reply to a {@link CompletionRequest}. Immutable.
 *
 * @see ModelSession#complete
 */
public final class Completion {
  private final String text;
  private final FinishReason finishReason;
  private final Usage usage;
  private final Timings timings;
  private final OptionalDouble meanLogProbability;

  private Completion(Builder builder) {
    text = builder.text;
    finishReason = builder.finishReason;
    usage = builder.usage;
    timings = builder.timings;
    meanLogProbability = builder.meanLogProbability;
  }

  /**
   * Starts a completion.
   *
   * @param text the whole reply, assistant prefix included, stop string excluded
   * @param finishReason why it ended
   * @return a builder with no usage and no timings
   */
  public static Builder builder(String text, FinishReason finishReason) {
    return new Builder(text, finishReason);
  }

  /**
   * The whole reply: the assistant prefix, then what the model added, without the stop string.
   *
   * @return the text
   */
  public String text() {
    return text;
  }

  /**
   * Why the reply ended.
   *
   * @return the reason
   */
  public FinishReason finishReason() {
    return finishReason;
  }

  /**
   * How many tokens it took.
   *
   * @return the counts
   */
  public Usage usage() {
    return usage;
  }

  /**
   * How long it took.
   *
   * @return the durations
   */
  public Timings timings() {
    return timings;
  }

  /**
   * How likely the model found its own reply: the mean of the natural logarithms of the chosen
   * tokens' probabilities, before any sampling, the token that ended the reply included.
   *
   * @return at most 0, which is certainty; empty when unknown
   */
  public OptionalDouble meanLogProbability() {
    return meanLogProbability;
  }

  /** Builds a {@link Completion}. Not thread-safe. */
  public static final class Builder {
    private final String text;
    private final FinishReason finishReason;
    private Usage usage = Usage.NONE;
    private Timings timings = Timings.NONE;
    private OptionalDouble meanLogProbability = OptionalDouble.empty();

    private Builder(String text, FinishReason finishReason) {
      this.text = Objects.requireNonNull(text, "text");
      this.finishReason = Objects.requireNonNull(finishReason, "finishReason");
    }

    /**
     * Sets the token counts.
     *
     * @param value the counts
     * @return this builder
     */
    public Builder usage(Usage value) {
      usage = Objects.requireNonNull(value, "usage");
      return this;
    }

    /**
     * Sets the durations.
     *
     * @param value the durations
     * @return this builder
     */
    public Builder timings(Timings value) {
      timings = Objects.requireNonNull(value, "timings");
      return this;
    }

    /**
     * Sets how likely the model found its reply.
     *
     * @param value at most 0; empty when unknown
     * @return this builder
     * @throws IllegalArgumentException when it is above 0 or no number
     */
    public Builder meanLogProbability(OptionalDouble value) {
      if (value.isPresent() && !(value.getAsDouble() <= 0)) {
        throw new IllegalArgumentException("no mean log-probability: " + value.getAsDouble());
      }
      meanLogProbability = value;
      return this;
    }

    /**
     * Builds the completion.
     *
     * @return the completion
     */
    public Completion build() {
      return new Completion(this);
    }
  }
}
