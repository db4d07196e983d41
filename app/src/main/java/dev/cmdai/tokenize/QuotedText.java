package dev.cmdai.tokenize;

/** Writes texts as JSON strings that stand in one line. */
final class QuotedText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private QuotedText() {}

  /**
   * Appends a text in quotes. What would end a line for some reader (control characters, U+0085,
   * U+2028, U+2029) and what UTF-8 does not have (half a surrogate pair) becomes an escape.
   */
  static void append(String text, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (isPair(text, i)) {
            line.append(c).append(text.charAt(++i));
          } else if (needsEscape(c)) {
            appendEscape(c, line);
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static boolean needsEscape(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
  }

  private static void appendEscape(char c, StringBuilder line) {
    line.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      line.append(HEX[c >> shift & 0xF]);
    }
  }
}
