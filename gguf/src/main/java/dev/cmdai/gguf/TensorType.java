package dev.cmdai.gguf;

import java.util.Optional;

/**
 * How the numbers of a tensor are stored: in blocks of a fixed number of elements, each of a fixed
 * number of bytes ({@code ggml/src/ggml.c}, {@code type_traits}).
 *
 * @param name as ggml calls it, such as {@code Q4_K}
 * @param blockElements elements of a block
 * @param blockBytes bytes of a block
 */
public record TensorType(String name, int blockElements, int blockBytes) {
  private static final TensorType[] ALL = new TensorType[43];

  static {
    add(0, "F32", 1, 4);
    add(1, "F16", 1, 2);
    add(2, "Q4_0", 32, 18);
    add(3, "Q4_1", 32, 20);
    add(6, "Q5_0", 32, 22);
    add(7, "Q5_1", 32, 24);
    add(8, "Q8_0", 32, 34);
    add(9, "Q8_1", 32, 36);
    add(10, "Q2_K", 256, 84);
    add(11, "Q3_K", 256, 110);
    add(12, "Q4_K", 256, 144);
    add(13, "Q5_K", 256, 176);
    add(14, "Q6_K", 256, 210);
    add(15, "Q8_K", 256, 292);
    add(16, "IQ2_XXS", 256, 66);
    add(17, "IQ2_XS", 256, 74);
    add(18, "IQ3_XXS", 256, 98);
    add(19, "IQ1_S", 256, 50);
    add(20, "IQ4_NL", 32, 18);
    add(21, "IQ3_S", 256, 110);
    add(22, "IQ2_S", 256, 82);
    add(23, "IQ4_XS", 256, 136);
    add(24, "I8", 1, 1);
    add(25, "I16", 1, 2);
    add(26, "I32", 1, 4);
    add(27, "I64", 1, 8);
    add(28, "F64", 1, 8);
    add(29, "IQ1_M", 256, 56);
    add(30, "BF16", 1, 2);
    add(34, "TQ1_0", 256, 54);
    add(35, "TQ2_0", 256, 66);
    add(39, "MXFP4", 32, 17);
    add(40, "NVFP4", 64, 36);
    add(41, "Q1_0", 128, 18);
    add(42, "Q2_0", 64, 18);
  }

  private static void add(int number, String name, int blockElements, int blockBytes) {
    ALL[number] = new TensorType(name, blockElements, blockBytes);
  }

  /**
   * The type of a number.
   *
   * @param number as in the file
   * @return empty for numbers that are not in use, or not known here
   */
  public static Optional<TensorType> of(int number) {
    return number < 0 || number >= ALL.length ? Optional.empty() : Optional.ofNullable(ALL[number]);
  }

  /**
   * The size of a tensor.
   *
   * @param elements how many numbers it holds
   * @return its bytes; {@link Long#MAX_VALUE} when a long cannot hold them
   */
  public long bytes(long elements) {
    long blocks = elements / blockElements;
    return blocks > Long.MAX_VALUE / blockBytes ? Long.MAX_VALUE : blocks * blockBytes;
  }
}
