package dev.cmdai.testmodels.onnx;

/** What a model does with the keys and values of earlier tokens. */
public enum Caching {
  /** Nothing: each call sees the whole sequence. */
  NONE,
  /** It takes them as inputs and returns the longer ones as outputs. */
  PAST,
  /**
   * As {@link #PAST}, and the input {@code use_cache_branch} says whether the past counts: the
   * "merged" decoder of optimum, an {@code If} with two branches.
   */
  MERGED
}
