package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.time.LocalDateTime;

/** C's {@code strftime} in the C locale, as far as dates in prompts go. */
final class Strftime {
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private Strftime() {}

  static String format(String format, LocalDateTime time) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        text.append(c);
        continue;
      }
      char field = format.charAt(++i);
      // GNU's flag for no padding, which Linux models rely on: %-d
      boolean unpadded = field == '-' && i + 1 < format.length();
      if (unpadded) {
        field = format.charAt(++i);
      }
      append(text, field, unpadded, time);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, char field, boolean unpadded, LocalDateTime time) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    switch (field) {
      case 'Y' -> text.append(time.getYear());
      case 'y' -> number(text, time.getYear() % 100, unpadded ? 1 : 2);
      case 'm' -> number(text, time.getMonthValue(), unpadded ? 1 : 2);
      case 'd' -> number(text, time.getDayOfMonth(), unpadded ? 1 : 2);
      case 'e' -> {
        text.append(time.getDayOfMonth() < 10 && !unpadded ? " " : "");
        text.append(time.getDayOfMonth());
      }
      case 'H' -> number(text, time.getHour(), unpadded ? 1 : 2);
      case 'I' -> number(text, hour12, unpadded ? 1 : 2);
      case 'M' -> number(text, time.getMinute(), unpadded ? 1 : 2);
      case 'S' -> number(text, time.getSecond(), unpadded ? 1 : 2);
      case 'f' -> number(text, time.getNano() / 1000, 6);
      case 'j' -> number(text, time.getDayOfYear(), unpadded ? 1 : 3);
      case 'p' -> text.append(time.getHour() < 12 ? "AM" : "PM");
      case 'B' -> text.append(MONTHS[time.getMonthValue() - 1]);
      case 'b', 'h' -> text.append(MONTHS[time.getMonthValue() - 1], 0, 3);
      case 'A' -> text.append(DAYS[time.getDayOfWeek().getValue() - 1]);
      case 'a' -> text.append(DAYS[time.getDayOfWeek().getValue() - 1], 0, 3);
      case 'u' -> text.append(time.getDayOfWeek().getValue());
      case 'w' -> text.append(time.getDayOfWeek().getValue() % 7);
      case 'F' -> text.append(format("%Y-%m-%d", time));
      case 'T' -> text.append(format("%H:%M:%S", time));
      case 'R' -> text.append(format("%H:%M", time));
      case 'D', 'x' -> text.append(format("%m/%d/%y", time));
      case 'X' -> text.append(format("%H:%M:%S", time));
      case 'c' -> text.append(format("%a %b %e %H:%M:%S %Y", time));
      case 'Z', 'z' -> {} // a time without a zone prints none
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case '%' -> text.append('%');
      default -> throw new Unsupported("the date field '%" + field + "' of strftime_now");
    }
  }

  private static void number(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
