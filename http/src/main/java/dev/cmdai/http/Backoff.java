package dev.cmdai.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a request is sent again: twice as long each time, by chance up to a half
 * less, so that clients that failed together do not come back together. What the server asks for
 * goes before that.
 *
 * @param first the longest wait after the first failure
 * @param longest what waits grow to
 * @param retries how often to try again
 */
public record Backoff(Duration first, Duration longest, int retries) {
  /** More would be no wait but an outage, and overflow the arithmetic. */
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  /**
   * How long to wait now.
   *
   * @param failures how often the request has failed, from 1
   * @param retryAfter what the server asked for, or null
   * @param remaining the time that is left
   * @param random where chance comes from
   * @return empty when it is time to give up: too many failures, or too little time
   */
  public Optional<Duration> delay(
      int failures, @Nullable Duration retryAfter, Duration remaining, RandomGenerator random) {
    if (failures > retries) {
      return Optional.empty();
    }
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    long most = (wait.compareTo(longest) < 0 ? wait : longest).toNanos();
    wait = Duration.ofNanos(most - (long) (most / 2.0 * random.nextDouble()));
    if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
      wait = retryAfter;
    }
    return wait.compareTo(remaining) < 0 ? Optional.of(wait) : Optional.empty();
  }

  /**
   * What a reply says about when to come back, in seconds or as a date.
   *
   * @param now what a date is compared with
   * @return never negative; empty when it says nothing that makes sense
   */
  public static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    try {
      if (value.matches("[0-9]+")) {
        boolean isLong = value.length() > 9;
        return Optional.of(Duration.ofSeconds(isLong ? MOST_SECONDS : Long.parseLong(value)));
      }
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, date);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
