package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import dev.cmdai.gguf.unicode.Utf8;

/** Cuts off the white space at the end: {@code \s+$}, without a try at every space before it. */
final class TrailingSpace implements Splitter {
  @Override
  public int pieceEnd(byte[] text, int start, int from, int end) {
    int space = end;
    while (space > from) {
      int before = space - 1;
      while (before > from && (text[before] & 0xC0) == 0x80) {
        before--;
      }
      if (!CodePoints.isWhiteSpace(CodePoints.kind(Utf8.codePoint(text, before)))) {
        break;
      }
      space = before;
    }
    return space == from ? end : space;
  }
}
