package dev.cmdai.testmodels.onnx;

/** The numbers that remain of weights in a coarser format. */
final class Quantized {
  /** How many numbers of a row share a scale in {@link WeightFormat#Q4}. */
  static final int BLOCK = 32;

  /** What MatMulNBits takes for zero when no zero points are given. */
  static final int Q4_ZERO = 8;

  /**
   * Seven bits: without VNNI, processors of the x64 family add two products with an activation of
   * up to 255 in 16 bits, and cut off what is more.
   */
  private static final int INT8_LIMIT = 64;

  private Quantized() {}

  /** The scale of a whole matrix; its largest number is known without a look at it. */
  static float int8Scale(Weight weight) {
    return weight.amplitude() / INT8_LIMIT;
  }

  static int int8(Weight weight, long row, long column) {
    return Math.round(weight.at(row, column) / int8Scale(weight));
  }

  /** The block's number of the largest magnitude becomes -8, the end of the range that has one. */
  static float q4Scale(float[] row, int start) {
    float extreme = 0;
    for (int i = start; i < start + BLOCK; i++) {
      extreme = Math.abs(row[i]) > Math.abs(extreme) ? row[i] : extreme;
    }
    return extreme / -Q4_ZERO;
  }

  /** A number of four bits without sign. */
  static int q4(float value, float scale) {
    int rounded = scale == 0 ? Q4_ZERO : Math.round(value / scale) + Q4_ZERO;
    return Math.clamp(rounded, 0, 2 * Q4_ZERO - 1);
  }

  /** One row of a matrix as it was before it was stored. */
  static float[] exactRow(Weight weight, int row) {
    float[] values = new float[weight.columns()];
    for (int column = 0; column < values.length; column++) {
      values[column] = weight.at(row, column);
    }
    return values;
  }

  /** One row of a matrix as the runtime sees it. */
  static float[] storedRow(Weight weight, WeightFormat format, int row) {
    float[] values = exactRow(weight, row);
    switch (format) {
      case FLOAT32 -> {}
      case FLOAT16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
      }
      case INT8 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = int8(weight, row, i) * int8Scale(weight);
        }
      }
      case Q4 -> {
        for (int start = 0; start < values.length; start += BLOCK) {
          float scale = q4Scale(values, start);
          for (int i = start; i < start + BLOCK; i++) {
            values[i] = (q4(values[i], scale) - Q4_ZERO) * scale;
          }
        }
      }
    }
    return values;
  }
}
