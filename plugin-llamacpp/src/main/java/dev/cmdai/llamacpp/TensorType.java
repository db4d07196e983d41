package dev.cmdai.llamacpp;

/**
 * How many bytes weights take: ggml's types store blocks of a fixed number of elements in a fixed
 * number of bytes ({@code ggml/src/ggml.c}, {@code type_traits}).
 */
final class TensorType {
  /** By type: elements of a block, bytes of a block; 0 for numbers not in use, or unknown to us. */
  private static final int[][] BLOCKS = new int[40][2];

  static {
    plain(0, 4); // F32
    plain(1, 2); // F16
    block(2, 32, 18); // Q4_0
    block(3, 32, 20); // Q4_1
    block(6, 32, 22); // Q5_0
    block(7, 32, 24); // Q5_1
    block(8, 32, 34); // Q8_0
    block(9, 32, 36); // Q8_1
    block(10, 256, 84); // Q2_K
    block(11, 256, 110); // Q3_K
    block(12, 256, 144); // Q4_K
    block(13, 256, 176); // Q5_K
    block(14, 256, 210); // Q6_K
    block(15, 256, 292); // Q8_K
    block(16, 256, 66); // IQ2_XXS
    block(17, 256, 74); // IQ2_XS
    block(18, 256, 98); // IQ3_XXS
    block(19, 256, 50); // IQ1_S
    block(20, 32, 18); // IQ4_NL
    block(21, 256, 110); // IQ3_S
    block(22, 256, 82); // IQ2_S
    block(23, 256, 136); // IQ4_XS
    plain(24, 1); // I8
    plain(25, 2); // I16
    plain(26, 4); // I32
    plain(27, 8); // I64
    plain(28, 8); // F64
    block(29, 256, 56); // IQ1_M
    plain(30, 2); // BF16
    block(34, 256, 54); // TQ1_0
    block(35, 256, 66); // TQ2_0
    block(39, 32, 17); // MXFP4
  }

  private TensorType() {}

  /** The size of a tensor; 0 for a type that is not listed: llama.cpp will judge it. */
  static long bytes(int type, long elements) {
    if (type < 0 || type >= BLOCKS.length || BLOCKS[type][0] == 0) {
      return 0;
    }
    long blocks = elements / BLOCKS[type][0];
    return blocks > Long.MAX_VALUE / BLOCKS[type][1] ? Long.MAX_VALUE : blocks * BLOCKS[type][1];
  }

  private static void plain(int type, int bytes) {
    block(type, 1, bytes);
  }

  private static void block(int type, int elements, int bytes) {
    BLOCKS[type] = new int[] {elements, bytes};
  }
}
