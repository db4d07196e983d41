package dev.cmdai.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait for the next byte, and for all of them. */
final class TimeLimit {
  private final Duration idle;
  private final @Nullable Duration total;
  private final long start = System.nanoTime();

  private TimeLimit(Duration idle, @Nullable Duration total) {
    this.idle = idle;
    this.total = total;
  }

  /** A limit that counts from now. */
  static TimeLimit starting(Duration idle, @Nullable Duration total) {
    return new TimeLimit(idle, total);
  }

  Duration idle() {
    return idle;
  }

  /** How long the next byte may take. */
  long nanosUntilNextByte() {
    return Math.min(idle.toNanos(), nanosUntilEnd());
  }

  boolean isOver() {
    return nanosUntilEnd() <= 0;
  }

  private long nanosUntilEnd() {
    return total == null ? Long.MAX_VALUE : total.toNanos() - (System.nanoTime() - start);
  }
}
