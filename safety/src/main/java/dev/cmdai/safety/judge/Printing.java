package dev.cmdai.safety.judge;

import java.util.List;

/** What {@code echo} and {@code printf} write (POSIX.1-2024, Utilities). */
final class Printing {
  private static final int LONGEST = 1 << 16;

  private Printing() {}

  static String echo(List<String> arguments) {
    int i = 0;
    boolean isLine = true;
    while (i < arguments.size() && isOption(arguments.get(i))) {
      isLine &= arguments.get(i).indexOf('n') < 0;
      i++;
    }
    // Whether escapes count differs between shells: taking them as escapes hides nothing.
    String text = unescaped(String.join(" ", arguments.subList(i, arguments.size())));
    return isLine ? text + "\n" : text;
  }

  private static boolean isOption(String text) {
    if (text.length() < 2 || text.charAt(0) != '-') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if ("neE".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  static String printf(List<String> arguments) {
    int first = !arguments.isEmpty() && arguments.getFirst().equals("--") ? 1 : 0;
    if (arguments.size() <= first) {
      return "";
    }
    String format = unescaped(arguments.get(first));
    StringBuilder text = new StringBuilder();
    int next = first + 1;
    do {
      int before = next;
      next = formatted(format, arguments, next, text);
      if (next == before) {
        break;
      }
    } while (next < arguments.size() && text.length() < LONGEST);
    return text.toString();
  }

  private static int formatted(
      String format, List<String> arguments, int start, StringBuilder text) {
    int next = start;
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i++);
      if (c != '%' || i == format.length()) {
        text.append(c);
        continue;
      }
      while (i < format.length() - 1 && "-+ #0123456789.".indexOf(format.charAt(i)) >= 0) {
        i++;
      }
      char conversion = format.charAt(i++);
      if (conversion == '%') {
        text.append('%');
      } else {
        String value = next < arguments.size() ? arguments.get(next) : "";
        next++;
        text.append(conversion == 'b' ? unescaped(value) : value);
      }
    }
    return Math.min(next, Math.max(arguments.size(), start));
  }

  /** Text with {@code \n}, {@code \x2f} and {@code \057} read as the signs they stand for. */
  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        plain.append(c);
        continue;
      }
      char escape = text.charAt(i++);
      if (escape == 'x') {
        i = number(text, i, 16, 2, plain);
      } else if (escape >= '0' && escape <= '7') {
        i = number(text, escape == '0' ? i : i - 1, 8, 3, plain);
      } else {
        switch (escape) {
          case 'n' -> plain.append('\n');
          case 't' -> plain.append('\t');
          case 'c' -> i = text.length();
          case '\\' -> plain.append('\\');
          default -> plain.append('\\').append(escape);
        }
      }
    }
    return plain.toString();
  }

  private static int number(String text, int start, int radix, int digits, StringBuilder plain) {
    int value = 0;
    int i = start;
    while (i < text.length() && i < start + digits && Character.digit(text.charAt(i), radix) >= 0) {
      value = value * radix + Character.digit(text.charAt(i), radix);
      i++;
    }
    plain.append((char) value);
    return i;
  }
}
