package dev.cmdai.toml;

import dev.cmdai.toml.TomlValue.Span;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads a word that is a number, a date or a time. */
final class NumberReader {
  private NumberReader() {}

  /**
   * What a word means.
   *
   * @return null when it is neither a number nor a date
   */
  static @Nullable TomlValue read(String word, Span span) {
    if (isDigit(word, 0) && (at(word, 4) == '-' || at(word, 2) == ':')) {
      return isMoment(word) ? new TomlValue.Moment(word, span) : null;
    }
    try {
      Long whole = whole(word);
      if (whole != null) {
        return new TomlValue.Whole(whole, span);
      }
      Double decimal = decimal(word);
      return decimal == null ? null : new TomlValue.Decimal(decimal, span);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Long whole(String word) {
    if (word.startsWith("0x")) {
      return hasDigits(word, 2, word.length(), 16) ? Long.valueOf(plain(word, 2), 16) : null;
    }
    if (word.startsWith("0o")) {
      return hasDigits(word, 2, word.length(), 8) ? Long.valueOf(plain(word, 2), 8) : null;
    }
    if (word.startsWith("0b")) {
      return hasDigits(word, 2, word.length(), 2) ? Long.valueOf(plain(word, 2), 2) : null;
    }
    return isDecimalWhole(word, 0, word.length()) ? Long.valueOf(plain(word, 0)) : null;
  }

  private static @Nullable Double decimal(String word) {
    String unsigned = word.startsWith("+") || word.startsWith("-") ? word.substring(1) : word;
    double sign = word.startsWith("-") ? -1 : 1;
    if (unsigned.equals("inf")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (unsigned.equals("nan")) {
      return Double.NaN;
    }
    int exponent = Math.max(word.indexOf('e'), word.indexOf('E'));
    int end = exponent < 0 ? word.length() : exponent;
    int point = word.indexOf('.');
    int wholeEnd = point < 0 || point > end ? end : point;
    boolean isDecimal =
        isDecimalWhole(word, 0, wholeEnd)
            && (point < 0 || hasDigits(word, point + 1, end, 10))
            && (exponent < 0 || hasDigits(word, signEnd(word, end + 1), word.length(), 10));
    return isDecimal ? Double.valueOf(plain(word, 0)) : null;
  }

  private static boolean isDecimalWhole(String word, int start, int end) {
    int first = signEnd(word, start);
    boolean leadsWithZero = end - first > 1 && at(word, first) == '0';
    return !leadsWithZero && hasDigits(word, first, end, 10);
  }

  private static int signEnd(String word, int at) {
    return at(word, at) == '+' || at(word, at) == '-' ? at + 1 : at;
  }

  /** Digits, with single underscores between them. */
  private static boolean hasDigits(String word, int start, int end, int radix) {
    boolean wasDigit = false;
    for (int i = start; i < end; i++) {
      boolean isDigit = digit(word.charAt(i), radix) >= 0;
      if (!isDigit && !(word.charAt(i) == '_' && wasDigit)) {
        return false;
      }
      wasDigit = isDigit;
    }
    return wasDigit;
  }

  private static String plain(String word, int start) {
    return word.substring(start).replace("_", "");
  }

  /** {@code 1979-05-27}, {@code 07:32:00.5}, both with T or a blank between, and an offset. */
  private static boolean isMoment(String word) {
    try {
      int next = 0;
      if (at(word, 4) == '-') {
        if (word.length() < 10) {
          return false;
        }
        LocalDate.parse(word.substring(0, 10));
        if (word.length() == 10) {
          return true;
        }
        if ("Tt ".indexOf(at(word, 10)) < 0) {
          return false;
        }
        next = 11;
      }
      int end = timeEnd(word, next);
      if (end < 0) {
        return false;
      }
      LocalTime.parse(word.substring(next, next + 8));
      String offset = word.substring(end);
      if (offset.isEmpty()) {
        return true;
      }
      boolean hasOffset = offset.equalsIgnoreCase("Z") || offset.length() == 6;
      return next > 0 && hasOffset && ZoneOffset.of(offset.replace('z', 'Z')) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Behind {@code 07:32:00} and its fraction, or -1. */
  private static int timeEnd(String word, int start) {
    int end = start + 8;
    if (word.length() < end || at(word, start + 5) != ':') {
      return -1;
    }
    if (at(word, end) != '.') {
      return end;
    }
    end++;
    int fraction = end;
    while (isDigit(word, end)) {
      end++;
    }
    return end == fraction ? -1 : end;
  }

  private static boolean isDigit(String word, int at) {
    return digit(at(word, at), 10) >= 0;
  }

  /** The value of an ASCII digit, or -1. */
  static int digit(char c, int radix) {
    return c < 0x80 ? Character.digit(c, radix) : -1;
  }

  private static char at(String word, int at) {
    return at < word.length() ? word.charAt(at) : Cursor.END;
  }
}
