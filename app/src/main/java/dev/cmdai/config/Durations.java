package dev.cmdai.config;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Reads and writes times as people do: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}; a bare
 * number is seconds.
 */
final class Durations {
  private Durations() {}

  /**
   * Reads a time.
   *
   * @throws NumberFormatException when the text is no time
   * @throws ArithmeticException when it is too long
   */
  static Duration parse(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    String unit = text.substring(end).strip();
    double seconds =
        Double.parseDouble(text.substring(0, end))
            * switch (unit) {
              case "ms" -> 0.001;
              case "", "s" -> 1;
              case "m" -> 60;
              case "h" -> 3600;
              default -> throw new NumberFormatException("unknown unit '" + unit + "'");
            };
    if (seconds > 1e9) {
      throw new ArithmeticException("too long");
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** The time in seconds, or in milliseconds where seconds would need a fraction. */
  static String text(Duration time) {
    return time.toNanosPart() == 0
        ? time.toSeconds() + "s"
        : BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
  }
}
