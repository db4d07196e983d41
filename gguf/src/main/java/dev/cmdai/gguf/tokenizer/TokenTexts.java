package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.GgufArray;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufException.Reason;
import dev.cmdai.gguf.unicode.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts of a vocabulary and which token has which: a hash table over the bytes as they stand in
 * the file, without an object for each token. Immutable and thread-safe.
 */
final class TokenTexts {
  /** No token has this text. */
  static final int NONE = -1;

  /** Odd and without a pattern; the hash of a text is a polynomial in it. */
  static final long BASE = 0x9E37_79B9_7F4A_7C15L;

  private static final long TAG = 0xFFFF_FFFF_0000_0000L;

  static final TokenTexts EMPTY = new TokenTexts(new byte[0], new int[0], new int[0]);

  private final byte[] bytes;
  private final int[] offsets;
  private final int[] lengths;
  private final int longest;

  /**
   * By hash: a part of it in the upper half, so that other texts are told apart without a look at
   * them, and the id plus one in the lower.
   */
  private final long[] slots;

  private TokenTexts(byte[] bytes, int[] offsets, int[] lengths) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.lengths = lengths;
    longest = Arrays.stream(lengths).max().orElse(0);
    slots = new long[Integer.highestOneBit(Math.max(8, offsets.length)) * 4];
  }

  /** The texts of an array, in which a token without text gets the text that llama.cpp gives it. */
  static TokenTexts of(GgufArray tokens) throws GgufException {
    int count = tokens.size();
    int[] offsets = new int[count];
    int[] lengths = new int[count];
    boolean anyEmpty = false;
    for (int id = 0; id < count; id++) {
      offsets[id] = tokens.stringOffset(id);
      lengths[id] = tokens.stringLength(id);
      anyEmpty |= lengths[id] == 0;
    }
    byte[] bytes = anyEmpty ? named(tokens.backing(), offsets, lengths) : tokens.backing();
    TokenTexts texts = new TokenTexts(bytes, offsets, lengths);
    for (int id = 0; id < count; id++) {
      texts.insert(id);
    }
    return texts;
  }

  private static byte[] named(byte[] bytes, int[] offsets, int[] lengths) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 20 * offsets.length);
    int end = bytes.length;
    for (int id = 0; id < offsets.length; id++) {
      if (lengths[id] == 0) {
        byte[] name = ("[EMPTY_" + id + "]").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, longer, end, name.length);
        offsets[id] = end;
        lengths[id] = name.length;
        end += name.length;
      }
    }
    return Arrays.copyOf(longer, end);
  }

  private void insert(int id) throws GgufException {
    int offset = offsets[id];
    int length = lengths[id];
    long mixed = mixed(hash(0, bytes, offset, offset + length));
    int slot = (int) mixed & (slots.length - 1);
    while (slots[slot] != 0) {
      int other = (int) slots[slot] - 1;
      if (isTag(slots[slot], mixed) && isText(other, bytes, offset, length)) {
        throw new GgufException(
            Reason.DAMAGED,
            offset,
            "the tokens %,d and %,d have the same text, %s".formatted(other, id, text(id)));
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = (mixed & TAG) | (id + 1);
  }

  /** Continues the hash of a text; that of the empty text is 0. */
  static long hash(long before, byte[] text, int from, int to) {
    long hash = before;
    for (int i = from; i < to; i++) {
      hash = hash * BASE + (text[i] & 0xFF) + 1;
    }
    return hash;
  }

  /** A polynomial leaves its last characters in the low bits. */
  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * BASE;
    return mixed ^ (mixed >>> 32);
  }

  private static boolean isTag(long slot, long mixed) {
    return ((slot ^ mixed) & TAG) == 0;
  }

  /** The token of a text; {@link #NONE} when there is none. */
  int find(byte[] text, int from, int to) {
    return find(hash(0, text, from, to), text, from, to);
  }

  /** The token of a text whose hash is known. */
  int find(long hash, byte[] text, int from, int to) {
    long mixed = mixed(hash);
    int slot = (int) mixed & (slots.length - 1);
    while (slots[slot] != 0) {
      int id = (int) slots[slot] - 1;
      if (isTag(slots[slot], mixed) && isText(id, text, from, to - from)) {
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  /** The token of a text that stands in two parts, with one character between them. */
  int findJoined(long hash, byte[] text, int from, int between, int to) {
    long mixed = mixed(hash);
    int slot = (int) mixed & (slots.length - 1);
    int left = between - from;
    while (slots[slot] != 0) {
      int id = (int) slots[slot] - 1;
      if (isTag(slots[slot], mixed)
          && lengths[id] == to - from - 1
          && startsWith(offsets[id], text, from, left)
          && startsWith(offsets[id] + left, text, between + 1, to - between - 1)) {
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return NONE;
  }

  int find(byte[] text) {
    return find(text, 0, text.length);
  }

  int find(String text) {
    return find(Utf8.bytes(text));
  }

  private boolean isText(int id, byte[] text, int from, int length) {
    return lengths[id] == length && startsWith(offsets[id], text, from, length);
  }

  private boolean startsWith(int offset, byte[] text, int from, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  int count() {
    return offsets.length;
  }

  /** The array that {@link #offset} points into: read only. */
  byte[] bytes() {
    return bytes;
  }

  int offset(int id) {
    return offsets[id];
  }

  int length(int id) {
    return lengths[id];
  }

  int longest() {
    return longest;
  }

  byte[] copy(int id) {
    return Arrays.copyOfRange(bytes, offsets[id], offsets[id] + lengths[id]);
  }

  String text(int id) {
    return new String(bytes, offsets[id], lengths[id], StandardCharsets.UTF_8);
  }
}
