package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufException.Reason;
import java.util.Arrays;

/**
 * SentencePiece's table of replacements, which normalises a text: for the longest beginning of the
 * text that it knows, what to write instead.
 *
 * <p>The table is a compact double array (XCDA; S. Kanda, 2018): the next node is the base of this
 * one, exclusive-or the character, and a node belongs to its parent when its check is that
 * character. Behind the array stand the replacements, each ended by a zero byte. Immutable and
 * thread-safe.
 */
final class CharsMap {
  static final CharsMap EMPTY = new CharsMap(new int[0], new byte[0]);

  private static final int LONGEST_REPLACEMENT = 256;

  private final int[] nodes;
  private final byte[] replacements;

  /** ASCII characters that are replaced neither alone nor before another one. */
  private final boolean[] plain = new boolean[128];

  private CharsMap(int[] nodes, byte[] replacements) {
    this.nodes = nodes;
    this.replacements = replacements;
    for (int c = 0; c < 128; c++) {
      plain[c] = isPlain(c);
    }
  }

  /** Reads {@code tokenizer.ggml.precompiled_charsmap}. */
  static CharsMap of(GgufArray blob, boolean bigEndian) throws GgufException {
    byte[] bytes = new byte[blob.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) blob.integer(i);
    }
    long arrayBytes =
        bytes.length < Integer.BYTES ? -1 : number(bytes, 0, bigEndian) & 0xFFFF_FFFFL;
    if (arrayBytes < 0 || arrayBytes + Integer.BYTES >= bytes.length) {
      throw new GgufException(
          Reason.DAMAGED, -1, "precompiled_charsmap is shorter than it says itself");
    }
    int[] nodes = new int[(int) arrayBytes / Integer.BYTES];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = number(bytes, Integer.BYTES * (i + 1), bigEndian);
    }
    int from = Integer.BYTES + (int) arrayBytes;
    requireShort(bytes, from);
    return new CharsMap(nodes, Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** A text must not grow a thousandfold: the longest replacement in Unicode has 33 bytes. */
  private static void requireShort(byte[] bytes, int from) throws GgufException {
    int start = from;
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == 0) {
        start = at + 1;
      } else if (at - start >= LONGEST_REPLACEMENT) {
        throw new GgufException(
            Reason.DAMAGED,
            -1,
            "precompiled_charsmap has a replacement of more than "
                + LONGEST_REPLACEMENT
                + " bytes");
      }
    }
  }

  private static int number(byte[] bytes, int at, boolean bigEndian) {
    int little =
        (bytes[at] & 0xFF)
            | (bytes[at + 1] & 0xFF) << 8
            | (bytes[at + 2] & 0xFF) << 16
            | bytes[at + 3] << 24;
    return bigEndian ? Integer.reverseBytes(little) : little;
  }

  private boolean isPlain(int character) {
    byte[] text = {(byte) character, 0};
    for (int next = 0; next < 128; next++) {
      text[1] = (byte) next;
      if (match(text, 0, 2) != 0 || (next != 0 && reaches(text))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the table goes on behind two characters. */
  private boolean reaches(byte[] text) {
    if (nodes.length == 0) {
      return false;
    }
    int node = base(0);
    for (byte b : text) {
      node ^= b & 0xFF;
      if (check(node) != (b & 0xFF)) {
        return false;
      }
      node ^= base(node);
    }
    return true;
  }

  /** Whether a character stays as it is when the next one is ASCII too. */
  boolean isPlain(byte character) {
    return character >= 0 && plain[character];
  }

  /**
   * Finds the longest beginning that is replaced.
   *
   * @return its length in the upper half and where the replacement begins in the lower; 0 for none
   */
  long match(byte[] text, int from, int to) {
    if (nodes.length == 0) {
      return 0;
    }
    long found = 0;
    int node = base(0);
    for (int at = from; at < to; at++) {
      int c = text[at] & 0xFF;
      if (c == 0) {
        break;
      }
      node ^= c;
      if (check(node) != c) {
        break;
      }
      boolean isLeaf = (node(node) >>> 8 & 1) != 0;
      node ^= base(node);
      if (isLeaf) {
        found = (long) (at - from + 1) << 32 | (node(node) & Integer.MAX_VALUE);
      }
    }
    return found;
  }

  /** A byte of a replacement; 0 behind its end, also when the table forgot to end it. */
  byte replacement(int at) {
    return at < replacements.length ? replacements[at] : 0;
  }

  /** A place beyond the array belongs to nobody: its check is no character. */
  private int node(int index) {
    return index >= 0 && index < nodes.length ? nodes[index] : Integer.MIN_VALUE;
  }

  private int base(int index) {
    int node = node(index);
    return node >>> 10 << ((node & 1 << 9) >>> 6);
  }

  private int check(int index) {
    return node(index) & (Integer.MIN_VALUE | 0xFF);
  }
}
