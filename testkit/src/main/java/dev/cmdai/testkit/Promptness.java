package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/**
 * The promise that a deadline or a cancellation ends an operation within 200 ms.
 *
 * <p>The best of three attempts counts: whatever else a machine does may delay one of them, while a
 * backend that does not watch is late every time.
 */
final class Promptness {
  static final Duration PROMISED = Duration.ofMillis(200);

  private static final int ATTEMPTS = 3;

  private Promptness() {}

  /** One interruption. */
  interface Attempt {
    /** Returns how long it took to take effect. */
    Duration delay() throws Exception;
  }

  static void assertPrompt(String operation, Attempt attempt) throws Exception {
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < ATTEMPTS && best.compareTo(PROMISED) >= 0; i++) {
      Duration delay = attempt.delay();
      best = delay.compareTo(best) < 0 ? delay : best;
    }
    assertThat(best)
        .as("the shortest of %d delays until %s ended", ATTEMPTS, operation)
        .isLessThan(PROMISED);
  }

  static Duration since(long nanoTime) {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - nanoTime));
  }
}
