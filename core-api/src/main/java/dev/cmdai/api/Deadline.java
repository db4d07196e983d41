package dev.cmdai.api;

import java.time.Duration;

/** A moment on the monotonic clock by which something must be done. Immutable. */
public final class Deadline {
  /** Never passes. */
  public static final Deadline NEVER = new Deadline(0, true);

  private final long nanoTime;
  private final boolean never;

  private Deadline(long nanoTime, boolean never) {
    this.nanoTime = nanoTime;
    this.never = never;
  }

  /**
   * A deadline from now.
   *
   * @param duration how long from now; more than 100 years is {@link #NEVER}
   * @return the deadline
   */
  public static Deadline after(Duration duration) {
    return duration.toDays() > 36_500
        ? NEVER
        : new Deadline(System.nanoTime() + duration.toNanos(), false);
  }

  /**
   * Whether there is no deadline at all.
   *
   * @return true for {@link #NEVER}
   */
  public boolean isNever() {
    return never;
  }

  /**
   * Whether the moment has passed.
   *
   * @return true from that moment on
   */
  public boolean hasPassed() {
    return !never && System.nanoTime() - nanoTime >= 0;
  }

  /**
   * The time that is left.
   *
   * @return zero when it has passed; {@code Duration.ofDays(36500)} for {@link #NEVER}
   */
  public Duration remaining() {
    if (never) {
      return Duration.ofDays(36_500);
    }
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }
}
