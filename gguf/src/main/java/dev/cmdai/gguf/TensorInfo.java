package dev.cmdai.gguf;

import java.util.List;

/**
 * Where a tensor lies and what it is; not its values.
 *
 * @param name unique in its file
 * @param shape elements by dimension, the fastest varying first; at most 4
 * @param type the number of its ggml type; {@link TensorType#of(int)} knows most
 * @param offset first byte, counted from {@link GgufFile#dataOffset()}
 */
public record TensorInfo(String name, List<Long> shape, int type, long offset) {
  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /**
   * How many numbers it holds.
   *
   * @return the product of its dimensions
   */
  public long elements() {
    long product = 1;
    for (long dimension : shape) {
      product *= dimension;
    }
    return product;
  }

  /**
   * How many bytes it takes.
   *
   * @return -1 when its type is not known here
   */
  public long bytes() {
    return TensorType.of(type).map(known -> known.bytes(elements())).orElse(-1L);
  }
}
