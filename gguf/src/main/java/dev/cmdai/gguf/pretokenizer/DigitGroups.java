package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.CodePoints.Category;
import dev.cmdai.gguf.unicode.Utf8;

/**
 * Cuts numbers into groups of three from the right. What stands before a number stays with its
 * first group, as in llama.cpp ({@code \p{AFMoE_digits}}).
 */
final class DigitGroups implements Splitter {
  private static final int GROUP = 3;

  @Override
  public int pieceEnd(byte[] text, int start, int from, int end) {
    if (from > start && isNumber(text, from)) {
      // A piece before this one ended with a group, and what is left of its number are whole
      // groups.
      return skip(text, from, GROUP);
    }
    int numberFrom = from;
    while (numberFrom < end && !isNumber(text, numberFrom)) {
      numberFrom += Utf8.length(text[numberFrom]);
    }
    int digits = 0;
    for (int at = numberFrom; at < end && isNumber(text, at); at += Utf8.length(text[at])) {
      digits++;
    }
    if (digits == 0) {
      return end;
    }
    return skip(text, numberFrom, digits % GROUP == 0 ? GROUP : digits % GROUP);
  }

  private static int skip(byte[] text, int from, int characters) {
    int at = from;
    for (int i = 0; i < characters; i++) {
      at += Utf8.length(text[at]);
    }
    return at;
  }

  private static boolean isNumber(byte[] text, int at) {
    int kind = CodePoints.kind(Utf8.codePoint(text, at));
    return CodePoints.category(kind) == Category.NUMBER;
  }
}
