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
  public int pieceEnd(byte[] text, int from, int end) {
    int start = from;
    while (start < end && !isNumber(text, start)) {
      start += Utf8.length(text[start]);
    }
    int digits = 0;
    int at = start;
    while (at < end && isNumber(text, at)) {
      digits++;
      at += Utf8.length(text[at]);
    }
    if (digits == 0) {
      return end;
    }
    int first = digits % GROUP == 0 ? GROUP : digits % GROUP;
    int pieceEnd = start;
    for (int i = 0; i < first; i++) {
      pieceEnd += Utf8.length(text[pieceEnd]);
    }
    return pieceEnd;
  }

  private static boolean isNumber(byte[] text, int at) {
    int kind = CodePoints.kind(Utf8.codePoint(text, at));
    return CodePoints.category(kind) == Category.NUMBER;
  }
}
