package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.Utf8;

/**
 * Cuts white space without line breaks into 512, 256, … 4, 2 and 1 characters: the last
 * alternatives of jais-2, {@code \s{512}(?!\S)|\s{256}(?!\S)|…}, which tried one after the other
 * would look through a long run for a line break once for each piece.
 */
final class SpaceCascade implements Splitter {
  private static final int LARGEST = 512;

  @Override
  public int pieceEnd(byte[] text, int start, int from, int end) {
    // After the step before this one, a part that ends with white space other than line breaks has
    // nothing else.
    if (!endsWithBlank(text, from, end)) {
      return end;
    }
    int at = from;
    int count = 0;
    int cut = from;
    while (at < end && count < LARGEST) {
      at += Utf8.length(text[at]);
      count++;
      if (Integer.bitCount(count) == 1) {
        cut = at;
      }
    }
    return cut;
  }

  private static boolean endsWithBlank(byte[] text, int from, int end) {
    int last = end - 1;
    while (last > from && (text[last] & 0xC0) == 0x80) {
      last--;
    }
    int codePoint = Utf8.codePoint(text, last);
    return codePoint != '\n'
        && codePoint != '\r'
        && CodePoints.isWhiteSpace(CodePoints.kind(codePoint));
  }
}
