package dev.cmdai.api;

import java.time.Duration;

/**
 * Where the time of one completion went.
 *
 * @param load loading the model; only in the first completion of a session, otherwise zero
 * @param prompt from the start of the completion until the prompt was computed
 * @param firstToken from the start of the completion until the first generated token was known
 * @param generation from the first generated token to the last
 */
public record Timings(Duration load, Duration prompt, Duration firstToken, Duration generation) {
  /** Nothing measured. */
  public static final Timings NONE =
      new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
