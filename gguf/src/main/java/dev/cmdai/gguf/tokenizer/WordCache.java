package dev.cmdai.gguf.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The tokens of words that were seen before: one look instead of a row of merges. A word is its own
 * key, up to 15 bytes of it, so that nothing has to be compared; longer words repeat too seldom. A
 * new word takes the place of the one before. Not thread-safe.
 *
 * <p>In ordinary text 94 of 100 words are among the 10,000 most frequent, and the average word has
 * four bytes.
 */
final class WordCache {
  static final int LONGEST = 15;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int SLOT_BITS = 15;

  /** Ids of words with more than one token; when it is full, the cache begins anew. */
  private static final int MOST_IDS = 1 << 18;

  private final long[] keys = new long[2 << SLOT_BITS];

  /** The only id of a word; or ~ of where its count and ids are. */
  private final int[] values = new int[1 << SLOT_BITS];

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
    if (from + 16 <= text.length) {
      long first = (long) LONG.get(text, from);
      if (length < Long.BYTES) {
        low = (first & ((1L << (length * 8)) - 1)) | (long) length << 56;
        high = 0;
      } else {
        low = first;
        long second = (long) LONG.get(text, from + Long.BYTES);
        high = (second & ((1L << ((length - Long.BYTES) * 8)) - 1)) | (long) length << 56;
      }
    } else {
      readSlowly(text, from, length);
    }
    long mixed = (low ^ (high * 0xC2B2_AE3D_27D4_EB4FL)) * TokenTexts.BASE;
    slot = (int) (mixed >>> (64 - SLOT_BITS));
    if (keys[2 * slot] != low || keys[2 * slot + 1] != high) {
      return false;
    }
    int value = values[slot];
    if (value >= 0) {
      ids.add(value);
    } else {
      ids.addAll(many, ~value + 1, many[~value]);
    }
    return true;
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

  /** Keeps the ids of the word that {@link #get} did not know: those from an index on. */
  void put(Ids ids, int from) {
    int count = ids.size() - from;
    int value;
    if (count == 1) {
      value = ids.get(from);
    } else {
      if (manyEnd + count + 1 > many.length && !makeRoom(count + 1)) {
        return;
      }
      value = ~manyEnd;
      many[manyEnd++] = count;
      ids.copyTo(many, from, ids.size(), manyEnd);
      manyEnd += count;
    }
    keys[2 * slot] = low;
    keys[2 * slot + 1] = high;
    values[slot] = value;
  }

  private boolean makeRoom(int count) {
    if (many.length < MOST_IDS) {
      many = Arrays.copyOf(many, many.length * 2);
    } else {
      Arrays.fill(keys, 0);
      manyEnd = 0;
    }
    return manyEnd + count <= many.length;
  }
}
