package dev.cmdai.safety.parse.posix;

/** Reads {@code $'…'}, where escapes can spell any character (POSIX.1-2024, section 2.2.4). */
final class AnsiQuoted {
  private AnsiQuoted() {}

  /** Reads to the closing quote and past it. */
  static void read(Cursor code, StringBuilder text) {
    while (!code.isAtEnd() && code.peek() != '\'') {
      char c = code.next();
      if (c == '\\' && !code.isAtEnd()) {
        readEscape(code, text);
      } else {
        text.append(c);
      }
    }
    if (code.isAtEnd()) {
      code.markIncomplete();
    }
    code.skip(1);
  }

  private static void readEscape(Cursor code, StringBuilder text) {
    char c = code.next();
    switch (c) {
      case 'x' -> text.appendCodePoint(number(code, 16, 2, 0));
      case 'u' -> text.appendCodePoint(number(code, 16, 4, 0));
      case 'U' -> text.appendCodePoint(Math.min(number(code, 16, 8, 0), Character.MAX_CODE_POINT));
      case '0', '1', '2', '3', '4', '5', '6', '7' ->
          text.appendCodePoint(number(code, 8, 2, c - '0'));
      case 'n' -> text.append('\n');
      case 't' -> text.append('\t');
      case 'a', 'b', 'e', 'E', 'f', 'r', 'v' -> text.append(' ');
      default -> text.append(c);
    }
  }

  private static int number(Cursor code, int radix, int mostDigits, int start) {
    int value = start;
    for (int i = 0; i < mostDigits; i++) {
      int digit = Character.digit(code.peek(), radix);
      if (digit < 0) {
        break;
      }
      value = Math.min(value * radix + digit, Character.MAX_CODE_POINT);
      code.skip(1);
    }
    return value;
  }
}
