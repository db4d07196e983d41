package dev.cmdai.gguf.pretokenizer;

/**
 * Cuts wherever a multiple of three ASCII digits follows and then no further one: {@code
 * (?=(\d{3})+(?!\d))}.
 */
final class Thousands implements Splitter {
  private static final int GROUP = 3;

  @Override
  public int pieceEnd(byte[] text, int start, int from, int end) {
    int at = from;
    if (from > start && isDigit(text[from])) {
      at += GROUP; // the piece before ended here because whole groups follow
      if (at < end && isDigit(text[at])) {
        return at;
      }
    }
    while (at < end) {
      if (!isDigit(text[at])) {
        at++;
        continue;
      }
      int digitsEnd = at;
      while (digitsEnd < end && isDigit(text[digitsEnd])) {
        digitsEnd++;
      }
      int cut = at + (digitsEnd - at) % GROUP;
      if (cut == from) {
        cut += GROUP;
      }
      if (cut < digitsEnd) {
        return cut;
      }
      at = digitsEnd;
    }
    return end;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
