package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Syntax;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;

/** Decodes the backslash escapes of string literals, as Python's {@code unicode-escape} codec. */
final class Escapes {
  private Escapes() {}

  static String decode(String text, int line) {
    StringBuilder decoded = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        decoded.append(c);
        continue;
      }
      char escape = text.charAt(i++);
      switch (escape) {
        case '\n' -> {}
        case '\\', '\'', '"' -> decoded.append(escape);
        case 'n' -> decoded.append('\n');
        case 't' -> decoded.append('\t');
        case 'r' -> decoded.append('\r');
        case 'b' -> decoded.append('\b');
        case 'f' -> decoded.append('\f');
        case 'a' -> decoded.append('\u0007');
        case 'v' -> decoded.append('\u000b');
        case 'x' -> i = hexadecimal(text, i, 2, decoded, line);
        case 'u' -> i = hexadecimal(text, i, 4, decoded, line);
        case 'U' -> i = hexadecimal(text, i, 8, decoded, line);
        case 'N' -> throw new Unsupported("the string escape \\N{…}", line);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int value = escape - '0';
          for (int n = 1; n < 3 && i < text.length() && isOctal(text.charAt(i)); n++) {
            value = value * 8 + text.charAt(i++) - '0';
          }
          decoded.append((char) value);
        }
        default -> decoded.append('\\').append(escape);
      }
    }
    return decoded.toString();
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private static int hexadecimal(String text, int from, int count, StringBuilder out, int line) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw new Syntax("string escape needs " + count + " hexadecimal digits", line);
      }
      value = value * 16 + digit;
    }
    if (!Character.isValidCodePoint(value)) {
      throw new Syntax("string escape is no Unicode character", line);
    }
    out.appendCodePoint(value);
    return from + count;
  }
}
