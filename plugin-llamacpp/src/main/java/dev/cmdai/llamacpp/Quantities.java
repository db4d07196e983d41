package dev.cmdai.llamacpp;

import java.util.Locale;

/** Writes large numbers so that people can read them, the same in every locale. */
final class Quantities {
  private static final String[] BYTES = {"KiB", "MiB", "GiB", "TiB"};
  private static final String[] COUNTS = {"thousand", "million", "billion", "trillion"};

  private Quantities() {}

  /** Such as {@code 6,685,536}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Such as {@code 6.4 MiB (6,685,536 bytes)}. */
  static String bytes(long bytes) {
    return bytes < 1024
        ? bytes + " bytes"
        : scaled(bytes, 1024, BYTES) + " (" + grouped(bytes) + " bytes)";
  }

  /** Such as {@code 6.3 million (6,291,456)}. */
  static String parameters(long count) {
    return count < 1000
        ? String.valueOf(count)
        : scaled(count, 1000, COUNTS) + " (" + grouped(count) + ")";
  }

  private static String scaled(long number, int step, String... units) {
    double value = (double) number / step;
    int unit = 0;
    while (value >= step && unit < units.length - 1) {
      value /= step;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
