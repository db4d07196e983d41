package dev.cmdai.gguf.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tokens of words that were seen before: one look instead of a row of merges. A short word is
 * its own key, so that nothing has to be compared; a long one is found by a hash and compared. A
 * new word takes the place of the one before. Not thread-safe.
 *
 * <p>In ordinary text 94 of 100 words are among the 10,000 most frequent, and the average word has
 * four bytes.
 */
final class WordCache {
  /** Longer words repeat too seldom. */
  static final int LONGEST = 64;

  /** Up to here, a word is its own key. */
  static final int LONGEST_SHORT = 15;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SHORT_BITS = 15;
  private static final int LONG_BITS = 12;

  /** Ids of words with more than one token; when it is full, the cache begins anew. */
  private static final int MOST_IDS = 1 << 18;

  /** Two for each short word: its first bytes, and the others, with its length on top of one. */
  private final long[] keys = new long[2 << SHORT_BITS];

  /** The bytes of long words, each in a place of {@link #LONGEST}. */
  private byte[] longWords = {};

  private final byte[] longLengths = new byte[1 << LONG_BITS];

  /**
   * For short words and then for long ones: the only id of a word; or ~ of where its count and ids
   * are.
   */
  private final int[] values = new int[(1 << SHORT_BITS) + (1 << LONG_BITS)];

  private int[] many = new int[1 << 12];
  private int manyEnd;

  /** The word that was looked for last. */
  private long low;

  private long high;
  private int slot;

  /**
   * Looks for a word and adds its ids.
   *
   * @param length from 1 to {@link #LONGEST}
   * @return false when it is not known; {@link #put} then keeps what the caller finds
   */
  boolean get(byte[] text, int from, int length, Ids ids) {
    if (length > LONGEST_SHORT) {
      if (!findLong(text, from, length)) {
        return false;
      }
    } else {
      if (from + 16 <= text.length) {
        readQuickly(text, from, length);
      } else {
        readSlowly(text, from, length);
      }
      long mixed = (low ^ (high * 0xC2B2_AE3D_27D4_EB4FL)) * TokenTexts.BASE;
      slot = (int) (mixed >>> (64 - SHORT_BITS));
      if (keys[2 * slot] != low || keys[2 * slot + 1] != high) {
        return false;
      }
    }
    int value = values[slot];
    if (value >= 0) {
      ids.add(value);
    } else {
      ids.addAll(many, ~value + 1, many[~value]);
    }
    return true;
  }

  private void readQuickly(byte[] text, int from, int length) {
    long first = (long) LONG.get(text, from);
    if (length < Long.BYTES) {
      low = (first & ((1L << (length * 8)) - 1)) | (long) length << 56;
      high = 0;
    } else {
      low = first;
      long second = (long) LONG.get(text, from + Long.BYTES);
      high = (second & ((1L << ((length - Long.BYTES) * 8)) - 1)) | (long) length << 56;
    }
  }

  private void readSlowly(byte[] text, int from, int length) {
    low = 0;
    high = 0;
    for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
      low = low << 8 | (text[from + i] & 0xFF);
    }
    for (int i = length - 1; i >= Long.BYTES; i--) {
      high = high << 8 | (text[from + i] & 0xFF);
    }
    if (length < Long.BYTES) {
      low |= (long) length << 56;
    } else {
      high |= (long) length << 56;
    }
  }

  private boolean findLong(byte[] text, int from, int length) {
    long hash = length;
    for (int i = 0; i + Long.BYTES <= length; i += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(text, from + i)) * TokenTexts.BASE;
      hash ^= hash >>> 32;
    }
    hash = (hash ^ (long) LONG.get(text, from + length - Long.BYTES)) * TokenTexts.BASE;
    int place = (int) (hash >>> (64 - LONG_BITS));
    slot = (1 << SHORT_BITS) + place;
    if (longLengths[place] == length) {
      int at = place * LONGEST;
      return Arrays.equals(text, from, from + length, longWords, at, at + length);
    }
    return false;
  }

  /** Keeps the ids of the word that {@link #get} did not know: those from an index on. */
  void put(byte[] text, int from, int length, Ids ids, int firstId) {
    int count = ids.size() - firstId;
    int value;
    if (count == 1) {
      value = ids.get(firstId);
    } else {
      if (manyEnd + count + 1 > many.length && !makeRoom(count + 1)) {
        return;
      }
      value = ~manyEnd;
      many[manyEnd++] = count;
      ids.copyTo(many, firstId, ids.size(), manyEnd);
      manyEnd += count;
    }
    values[slot] = value;
    if (length <= LONGEST_SHORT) {
      keys[2 * slot] = low;
      keys[2 * slot + 1] = high;
    } else {
      if (longWords.length == 0) {
        longWords = new byte[LONGEST << LONG_BITS];
      }
      int place = slot - (1 << SHORT_BITS);
      System.arraycopy(text, from, longWords, place * LONGEST, length);
      longLengths[place] = (byte) length;
    }
  }

  private boolean makeRoom(int count) {
    if (many.length < MOST_IDS) {
      many = Arrays.copyOf(many, many.length * 2);
    } else {
      Arrays.fill(keys, 0);
      Arrays.fill(longLengths, (byte) 0);
      manyEnd = 0;
    }
    return manyEnd + count <= many.length;
  }
}
