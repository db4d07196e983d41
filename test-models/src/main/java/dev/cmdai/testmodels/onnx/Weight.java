package dev.cmdai.testmodels.onnx;

/**
 * A matrix of random numbers that are computed from their place, so that none has to be kept.
 *
 * @param name the tensor's name in the model
 * @param rows numbers that come out of a multiplication with it
 * @param columns numbers that go in
 * @param seed which random numbers
 * @param centre what they lie around
 * @param amplitude how far from it they lie at most
 */
record Weight(String name, int rows, int columns, long seed, float centre, float amplitude) {

  /** A matrix that neither blows up nor shrinks what it is multiplied with. */
  static Weight matrix(String name, int rows, int columns, long seed) {
    // Numbers spread evenly over [-a, a] have the standard deviation a / sqrt(3).
    float amplitude = (float) Math.sqrt(3.0 / columns);
    return new Weight(name, rows, columns, mix(seed + name.hashCode()), 0, amplitude);
  }

  /** The gains of a normalisation, each around 1. */
  static Weight gains(String name, int size, long seed) {
    return new Weight(name, 1, size, mix(seed + name.hashCode()), 1, 0.1f);
  }

  long size() {
    return (long) rows * columns;
  }

  float at(long row, long column) {
    // The upper 24 bits, as many as a float holds, spread over [-1, 1).
    long bits = mix(seed + row * columns + column) >> 40;
    return centre + amplitude * (bits * 0x1p-23f);
  }

  /** The output function of SplitMix64 (Steele, Lea, Flood 2014) with its increment. */
  private static long mix(long index) {
    long z = index * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
