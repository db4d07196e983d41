package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.unicode.Utf8;

/**
 * Which two characters can stand beside each other inside a token. Between two that cannot, a text
 * may be cut without changing its tokens: that makes words of texts that have no pre-tokenizer.
 * Filled once, then immutable and thread-safe.
 */
final class JoinablePairs {
  /** Whether U+2581 is a space. */
  private final boolean escapesSpaces;

  /** U+2581, which stands for a space. */
  private static final int ESCAPED_SPACE = 0xE2_96_81;

  /** A bit for each pair of ASCII characters. */
  private final long[] ascii = new long[128 * 128 / 64];

  private long[] others = new long[1 << 12];
  private int count;

  /** A bit for each last byte of one character and first byte of another that join anyway. */
  private final long[] bytes = new long[256 * 256 / Long.SIZE];

  JoinablePairs(boolean escapesSpaces) {
    this.escapesSpaces = escapesSpaces;
  }

  /** The bytes of a character in a number; a space and what stands for it are the same. */
  int character(byte[] text, int at, int end) {
    int character = text[at] & 0xFF;
    if (character < 0x80) {
      return character;
    }
    int charEnd = Math.min(end, at + Utf8.length(text[at]));
    for (int i = at + 1; i < charEnd; i++) {
      character = character << 8 | (text[i] & 0xFF);
    }
    return character == ESCAPED_SPACE && escapesSpaces ? ' ' : character;
  }

  /** Adds all pairs inside a text. */
  void addAll(byte[] text, int from, int to) {
    int before = -1;
    for (int at = from; at < to; at += Utf8.length(text[at])) {
      int character = character(text, at, to);
      if (at > from) {
        add(before, character);
      }
      before = character;
    }
  }

  void add(int left, int right) {
    if ((left | right) >>> 7 == 0) {
      int bit = left << 7 | right;
      ascii[bit >> 6] |= 1L << bit;
      return;
    }
    long pair = pair(left, right);
    int slot = slot(pair);
    while (others[slot] != 0) {
      if (others[slot] == pair) {
        return;
      }
      slot = (slot + 1) & (others.length - 1);
    }
    others[slot] = pair;
    if (++count * 2 > others.length) {
      grow();
    }
  }

  /** Adds all pairs of characters of which the left one ends, and the right one begins, so. */
  void addBytes(byte last, byte first) {
    int bit = (last & 0xFF) << 8 | (first & 0xFF);
    bytes[bit >> 6] |= 1L << bit;
  }

  private boolean containsBytes(int left, int right) {
    int first = right;
    while ((first & 0xFFFF_FF00) != 0) {
      first >>>= 8;
    }
    int bit = (left & 0xFF) << 8 | first;
    return (bytes[bit >> 6] & (1L << bit)) != 0;
  }

  private void grow() {
    long[] old = others;
    others = new long[2 * old.length];
    for (long pair : old) {
      if (pair != 0) {
        int slot = slot(pair);
        while (others[slot] != 0) {
          slot = (slot + 1) & (others.length - 1);
        }
        others[slot] = pair;
      }
    }
  }

  boolean contains(int left, int right) {
    if ((left | right) >>> 7 == 0) {
      int bit = left << 7 | right;
      return (ascii[bit >> 6] & (1L << bit)) != 0;
    }
    long pair = pair(left, right);
    for (int slot = slot(pair); others[slot] != 0; slot = (slot + 1) & (others.length - 1)) {
      if (others[slot] == pair) {
        return true;
      }
    }
    return containsBytes(left, right);
  }

  private static long pair(int left, int right) {
    return (long) left << 32 | (right & 0xFFFF_FFFFL);
  }

  private int slot(long pair) {
    return (int) (((pair ^ (pair >>> 29)) * TokenTexts.BASE) >>> 32) & (others.length - 1);
  }

  /** Where the longest part ends, from a place on, that tokens could span. */
  int segmentEnd(byte[] text, int from, int end) {
    int before = character(text, from, end);
    int at = Math.min(end, from + Utf8.length(text[from]));
    while (at < end) {
      int character = character(text, at, end);
      if (!contains(before, character)) {
        return at;
      }
      before = character;
      at = Math.min(end, at + Utf8.length(text[at]));
    }
    return end;
  }
}
