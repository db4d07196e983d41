package dev.cmdai.testmodels.onnx;

/** How the weights of a model are stored. */
public enum WeightFormat {
  /** As they are. */
  FLOAT32,
  /** As binary16, cast to binary32 in the graph; the runtime folds the casts when it loads. */
  FLOAT16,
  /**
   * As eight bits with one scale per matrix; activations are quantised on the fly, as ONNX
   * Runtime's {@code quantize_dynamic} writes it.
   */
  INT8,
  /**
   * Matrices as four bits with one scale for 32 numbers ({@code com.microsoft.MatMulNBits}); the
   * embedding stays binary32.
   */
  Q4;

  /** The format of the embedding, which is looked up and not multiplied with. */
  WeightFormat embedding() {
    return this == Q4 ? FLOAT32 : this;
  }

  /** The format of the normalisations' gains. */
  WeightFormat gain() {
    return this == FLOAT16 ? FLOAT16 : FLOAT32;
  }
}
