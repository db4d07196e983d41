package dev.cmdai.testmodels.onnx;

/**
 * The sizes of a decoder.
 *
 * @param layers how many blocks of attention and feed-forward
 * @param hidden numbers per token between the blocks
 * @param heads attention heads of the queries
 * @param kvHeads attention heads of keys and values; divides {@code heads}
 * @param headSize numbers per head; even, for the rotation turns pairs
 * @param feedForward numbers per token inside the feed-forward part
 * @param vocabulary how many tokens there are
 * @param maxPositions the longest sequence, in tokens
 */
public record Dimensions(
    int layers,
    int hidden,
    int heads,
    int kvHeads,
    int headSize,
    int feedForward,
    int vocabulary,
    int maxPositions) {

  /** A model of 100 thousand parameters that runs in milliseconds. */
  public static final Dimensions TINY =
      new Dimensions(2, 64, 4, 2, 16, 128, TestTokenizer.SIZE, 256);

  /** The shape of a model of 100 million parameters. */
  public static final Dimensions MEDIUM = new Dimensions(12, 768, 12, 4, 64, 2560, 16384, 2048);

  /**
   * The shape of Qwen2.5-0.5B with a small vocabulary: 360 million parameters, and 494 million with
   * the 151,936 tokens of the original.
   */
  public static final Dimensions LARGE = new Dimensions(24, 896, 14, 2, 64, 4864, 4096, 4096);

  /** Checks that the sizes fit together. */
  public Dimensions {
    if (layers < 1 || hidden < 1 || kvHeads < 1 || feedForward < 1 || maxPositions < 1) {
      throw new IllegalArgumentException("every size must be at least 1");
    }
    if (vocabulary < 1 || heads % kvHeads != 0 || headSize < 2 || headSize % 2 != 0) {
      throw new IllegalArgumentException(
          "%d heads, %d key-value heads of %d numbers, %d tokens do not fit together"
              .formatted(heads, kvHeads, headSize, vocabulary));
    }
  }

  /** The same sizes with another number of blocks. */
  public Dimensions withLayers(int value) {
    return new Dimensions(
        value, hidden, heads, kvHeads, headSize, feedForward, vocabulary, maxPositions);
  }

  /** The same sizes with another number of tokens. */
  public Dimensions withVocabulary(int value) {
    return new Dimensions(
        layers, hidden, heads, kvHeads, headSize, feedForward, value, maxPositions);
  }

  /** The same sizes with another length of the longest sequence. */
  public Dimensions withMaxPositions(int value) {
    return new Dimensions(layers, hidden, heads, kvHeads, headSize, feedForward, vocabulary, value);
  }

  /** How many weights the model has when embedding and head are one matrix. */
  public long parameters() {
    long attention = 2L * hidden * headSize * (heads + kvHeads);
    long perLayer = attention + 3L * hidden * feedForward + 2L * hidden;
    return layers * perLayer + (long) vocabulary * hidden + hidden;
  }

  int queryWidth() {
    return heads * headSize;
  }

  int kvWidth() {
    return kvHeads * headSize;
  }
}
