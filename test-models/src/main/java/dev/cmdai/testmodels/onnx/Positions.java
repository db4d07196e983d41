package dev.cmdai.testmodels.onnx;

/** Where a model takes the positions of its tokens from. */
public enum Positions {
  /** From an input {@code position_ids}. */
  INPUT,
  /** From the lengths of {@code attention_mask} and {@code input_ids}: the last ones. */
  LENGTHS,
  /** From the sum of the ones in {@code attention_mask}, so that padding does not count. */
  MASK
}
