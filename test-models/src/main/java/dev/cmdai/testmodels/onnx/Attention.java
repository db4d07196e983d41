package dev.cmdai.testmodels.onnx;

/** The part of a block in which tokens look at each other. */
interface Attention {
  /** Takes normalised numbers and returns what is added to the residual stream. */
  String apply(String x, int layer);
}
