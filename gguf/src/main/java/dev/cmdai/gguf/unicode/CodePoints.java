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

  /** {@code \s} in Unicode. */
  private static final int[] WHITE_SPACES = {
    0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
    0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000
  };

  /** First and last of the blocks that are Han to llama.cpp, assigned or not. */
  private static final int[] HAN_BLOCKS = {
    0x3400, 0x4DBF, 0x4E00, 0x9FFF, 0xF900, 0xFAFF, 0x20000, 0x2A6DF, 0x2A700, 0x2B73F, 0x2B740,
    0x2B81F, 0x2B820, 0x2CEAF, 0x2CEB0, 0x2EBEF, 0x2F800, 0x2FA1F
  };

  private static final int BLOCK_BITS = 8;

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
    byte[] all = new byte[END];
    RunLengths.read(
        "categories.bin", (from, to, value) -> Arrays.fill(all, from, to, (byte) value));
    for (int codePoint : WHITE_SPACES) {
      all[codePoint] |= WHITE_SPACE;
    }
    for (int i = 0; i < HAN_BLOCKS.length; i += 2) {
      for (int codePoint = HAN_BLOCKS[i]; codePoint <= HAN_BLOCKS[i + 1]; codePoint++) {
        all[codePoint] |= HAN;
      }
    }
    return shared(all);
  }

  /** Keeps one copy of neighbouring blocks that are equal. */
  private static byte[] shared(byte[] all) {
    byte[] kept = new byte[END];
    int end = 0;
    int size = 1 << BLOCK_BITS;
    for (int block = 0; block < BLOCKS.length; block++) {
      int from = block << BLOCK_BITS;
      int last = end - size;
      if (last >= 0 && Arrays.equals(all, from, from + size, kept, last, end)) {
        BLOCKS[block] = last;
      } else {
        System.arraycopy(all, from, kept, end, size);
        BLOCKS[block] = end;
        end += size;
      }
    }
    return Arrays.copyOf(kept, end);
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
