package dev.cmdai.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How long to wait before trying again. */
class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 5);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /** Chance that always says the same. */
  private static RandomGenerator always(long bits) {
    return () -> bits;
  }

  @Test
  void waitsTwiceAsLongEachTimeUpToTheLongest() {
    List<Long> waits =
        List.of(1, 2, 3, 4, 5).stream()
            .map(n -> BACKOFF.delay(n, null, HOUR, always(0)).orElseThrow().toMillis())
            .toList();
    assertThat(waits).containsExactly(100L, 200L, 400L, 800L, 1000L);
    assertThat(BACKOFF.delay(6, null, HOUR, always(0))).isEmpty();
  }

  @Test
  void chanceTakesUpToAHalf() {
    Duration least = BACKOFF.delay(3, null, HOUR, always(-1)).orElseThrow();
    assertThat(least).isBetween(Duration.ofMillis(200), Duration.ofMillis(201));
  }

  @Test
  void theServerMayAskForMoreButNotForLess() {
    Duration ten = Duration.ofSeconds(10);
    assertThat(BACKOFF.delay(1, ten, HOUR, always(0))).contains(ten);
    assertThat(BACKOFF.delay(1, Duration.ZERO, HOUR, always(0))).contains(Duration.ofMillis(100));
  }

  @Test
  void givesUpWhenTheWaitWouldOutlastTheTime() {
    assertThat(BACKOFF.delay(1, Duration.ofSeconds(10), Duration.ofSeconds(10), always(0)))
        .isEmpty();
    assertThat(BACKOFF.delay(2, null, Duration.ofMillis(200), always(0))).isEmpty();
  }

  private static Optional<Duration> retryAfter(String value) {
    return Backoff.retryAfter(
        HttpHeaders.of(Map.of("retry-after", List.of(value)), (_, _) -> true), NOW);
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    assertThat(retryAfter("7")).contains(Duration.ofSeconds(7));
    assertThat(retryAfter(" 0 ")).contains(Duration.ZERO);
    assertThat(retryAfter("99999999999999999999")).contains(Duration.ofDays(1));
    assertThat(retryAfter("Fri, 20 Nov 2026 12:00:30 GMT")).contains(Duration.ofSeconds(30));
    assertThat(retryAfter("Fri, 20 Nov 2026 11:00:00 GMT")).contains(Duration.ZERO);
    for (String senseless : List.of("", "soon", "-1", "1.5")) {
      assertThat(retryAfter(senseless)).isEmpty();
    }
    assertThat(Backoff.retryAfter(HttpHeaders.of(Map.of(), (_, _) -> true), NOW)).isEmpty();
  }
}
