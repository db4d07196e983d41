package dev.cmdai.testmodels.onnx;

/** Root-mean-square normalisation of the residual stream. */
interface Norm {
  /**
   * What a block works on.
   *
   * @param sum the residual stream
   * @param normalized the same, normalised
   */
  record Step(String sum, String normalized) {}

  /** Normalises the embedded tokens. */
  Step first(String x, Weight gains);

  /** Adds what a block gives to the stream, and normalises it. */
  Step next(String sum, String addition, Weight gains);
}
