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

  /** Words of fewer bytes than a long has, whose key is one long with the length on top. */
  private static final int SHORT_BITS = 15;

  private static final int MIDDLE_BITS = 14;
  private static final int LONG_BITS = 12;

  /** Ids of words with more than one token; when it is full, the cache begins anew. */
  private static final int MOST_IDS = 1 << 18;

  /** Pairs of a key and a value. */
  private final long[] shortWords = new long[2 << SHORT_BITS];

  /** Groups of four: two longs of key, a value, and nothing, so that no group spans three lines. */
  private final long[] middleWords = new long[4 << MIDDLE_BITS];

  /** The bytes of long words, each in a place of {@link #LONGEST}. */
  private byte[] longWords = {};

  private final byte[] longLengths = new byte[1 << LONG_BITS];
  private final int[] longValues = new int[1 << LONG_BITS];

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
    int value;
    if (length < Long.BYTES && from + Long.BYTES <= text.length) {
      low = ((long) LONG.get(text, from) & ((1L << (length * 8)) - 1)) | (long) length << 56;
      slot = (int) ((low * TokenTexts.BASE) >>> (64 - SHORT_BITS)) << 1;
      if (shortWords[slot] != low) {
        return false;
      }
      value = (int) shortWords[slot + 1];
    } else if (length > LONGEST_SHORT) {
      if (!findLong(text, from, length)) {
        return false;
      }
      value = longValues[slot];
    } else {
      read(text, from, length);
      if (length < Long.BYTES) {
        slot = (int) ((low * TokenTexts.BASE) >>> (64 - SHORT_BITS)) << 1;
        if (shortWords[slot] != low) {
          return false;
        }
        value = (int) shortWords[slot + 1];
      } else {
        long mixed = (low ^ (high * 0xC2B2_AE3D_27D4_EB4FL)) * TokenTexts.BASE;
        slot = (int) (mixed >>> (64 - MIDDLE_BITS)) << 2;
        if (middleWords[slot] != low || middleWords[slot + 1] != high) {
          return false;
        }
        value = (int) middleWords[slot + 2];
      }
    }
    if (value >= 0) {
      ids.add(value);
    } else {
      ids.addAll(many, ~value + 1, many[~value]);
    }
    return true;
  }

  /** Makes the key of a word of up to 15 bytes. */
  private void read(byte[] text, int from, int length) {
    if (length >= Long.BYTES && from + 2 * Long.BYTES <= text.length) {
      low = (long) LONG.get(text, from);
      long second = (long) LONG.get(text, from + Long.BYTES);
      high = (second & ((1L << ((length - Long.BYTES) * 8)) - 1)) | (long) length << 56;
      return;
    }
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
    slot = (int) (hash >>> (64 - LONG_BITS));
    if (longLengths[slot] == length) {
      int at = slot * LONGEST;
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
    if (length < Long.BYTES) {
      shortWords[slot] = low;
      shortWords[slot + 1] = value;
    } else if (length <= LONGEST_SHORT) {
      middleWords[slot] = low;
      middleWords[slot + 1] = high;
      middleWords[slot + 2] = value;
    } else {
      if (longWords.length == 0) {
        longWords = new byte[LONGEST << LONG_BITS];
      }
      System.arraycopy(text, from, longWords, slot * LONGEST, length);
      longLengths[slot] = (byte) length;
      longValues[slot] = value;
    }
  }

  private boolean makeRoom(int count) {
    if (many.length < MOST_IDS) {
      many = Arrays.copyOf(many, many.length * 2);
    } else {
      Arrays.fill(shortWords, 0);
      Arrays.fill(middleWords, 0);
      Arrays.fill(longLengths, (byte) 0);
      manyEnd = 0;
    }
    return manyEnd + count <= many.length;
  }
}
