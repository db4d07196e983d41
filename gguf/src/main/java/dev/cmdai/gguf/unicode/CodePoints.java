package dev.cmdai.gguf.unicode;

import java.util.Arrays;

/**
 * What kind of character a code point is, by Unicode 15.1: later versions know characters that the
 * tokenizers' models never saw as such. The JDK's own tables are therefore not asked.
 */
public final class CodePoints {
  /** The general categories, as far as tokenizers tell them apart. */
  public enum Category {
    /** Not assigned. */
    UNDEFINED,
    /** {@code \p{N}}. */
    NUMBER,
    /** {@code \p{L}}. */
    LETTER,
    /** {@code \p{Z}}. */
    SEPARATOR,
    /** {@code \p{M}}. */
    MARK,
    /** {@code \p{P}}. */
    PUNCTUATION,
    /** {@code \p{S}}. */
    SYMBOL,
    /** {@code \p{C}}, but for what is not assigned. */
    CONTROL;

    private static final Category[] ALL = values();
  }

  /** Kinds are numbers below this: a category, whether it is white space, and whether it is Han. */
  public static final int KINDS = 32;

  /** The part of a kind that is set for white space. */
  private static final int WHITE_SPACE = 8;

  /** The part of a kind that is set for Han. */
  private static final int HAN = 16;

  private static final int END = Character.MAX_CODE_POINT + 1;

  private static final int BLOCK_BITS = 8;
  private static final int BLOCK = 1 << BLOCK_BITS;

  /** By block of 256 code points: where its kinds begin. Blocks of one kind share one. */
  private static final int[] BLOCKS = new int[END >> BLOCK_BITS];

  private static final byte[] KIND = kinds();

  private CodePoints() {}

  /**
   * All that is known of a code point, in a small number.
   *
   * @param codePoint from 0 to 0x10FFFF
   * @return from 0 to {@link #KINDS} − 1; {@link #category(int) category}, {@link #isWhiteSpace}
   *     and {@link #isHan} take it apart
   */
  public static int kind(int codePoint) {
    return KIND[BLOCKS[codePoint >> BLOCK_BITS] + (codePoint & 0xFF)];
  }

  /**
   * The category in a kind.
   *
   * @param kind from {@link #kind}
   * @return the general category
   */
  public static Category category(int kind) {
    return Category.ALL[kind & 7];
  }

  /**
   * Whether a kind is that of white space.
   *
   * @param kind from {@link #kind}
   * @return true for the characters of {@code \s}
   */
  public static boolean isWhiteSpace(int kind) {
    return (kind & WHITE_SPACE) != 0;
  }

  /**
   * Whether a kind is that of Chinese characters.
   *
   * @param kind from {@link #kind}
   * @return true inside the blocks of unified and compatibility ideographs
   */
  public static boolean isHan(int kind) {
    return (kind & HAN) != 0;
  }

  /**
   * The small letter of a code point.
   *
   * @param codePoint from 0 to 0x10FFFF
   * @return itself when there is none
   */
  public static int lowercase(int codePoint) {
    return codePoint + Lowercase.DIFFERENCES.at(codePoint);
  }

  /**
   * The first code point of the canonical decomposition.
   *
   * @param codePoint from 0 to 0x10FFFF
   * @return itself when it does not decompose
   */
  public static int decomposed(int codePoint) {
    int first = Decompositions.FIRST.at(codePoint);
    return first == 0 ? codePoint : first;
  }

  private static byte[] kinds() {
    Filling filling = new Filling();
    RunLengths.read("kinds.bin", filling::run);
    return Arrays.copyOf(filling.kinds, filling.end);
  }

  /** Fills the tables from runs, without a look at single code points. */
  private static final class Filling {
    private byte[] kinds = new byte[KINDS * BLOCK];
    private int end = kinds.length;

    /** The block that was begun last, as far as runs of it are known. */
    private int open = -1;

    Filling() {
      // First the blocks of one kind.
      for (int kind = 0; kind < KINDS; kind++) {
        Arrays.fill(kinds, kind * BLOCK, (kind + 1) * BLOCK, (byte) kind);
      }
    }

    void run(int from, int to, int kind) {
      for (int at = from; at < to; ) {
        int block = at >> BLOCK_BITS;
        int blockEnd = Math.min(to, (block + 1) << BLOCK_BITS);
        if (blockEnd - at == BLOCK) {
          BLOCKS[block] = kind * BLOCK;
        } else {
          if (block != open) {
            open = block;
            BLOCKS[block] = end;
            end += BLOCK;
            if (end > kinds.length) {
              kinds = Arrays.copyOf(kinds, 2 * end);
            }
          }
          int shift = BLOCKS[block] - (block << BLOCK_BITS);
          Arrays.fill(kinds, at + shift, blockEnd + shift, (byte) kind);
        }
        at = blockEnd;
      }
    }
  }

  /** Read only when a tokenizer asks for small letters. */
  private static final class Lowercase {
    static final Sparse DIFFERENCES = Sparse.read("lowercase.bin");

    private Lowercase() {}
  }

  /** Read only when a tokenizer strips accents. */
  private static final class Decompositions {
    static final Sparse FIRST = Sparse.read("decompositions.bin");

    private Decompositions() {}
  }

  /** A table that is 0 in most places, searched by halving. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sparse(int[] starts, int[] values) {
    static Sparse read(String resource) {
      int[] starts = new int[1 << 13];
      int[] values = new int[starts.length];
      int[] count = {0};
      RunLengths.read(
          resource,
          (from, _, value) -> {
            starts[count[0]] = from;
            values[count[0]++] = value;
          });
      return new Sparse(Arrays.copyOf(starts, count[0]), Arrays.copyOf(values, count[0]));
    }

    int at(int codePoint) {
      int found = Arrays.binarySearch(starts, codePoint);
      return values[found < 0 ? -found - 2 : found];
    }
  }
}
