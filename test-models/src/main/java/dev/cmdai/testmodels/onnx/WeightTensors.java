package dev.cmdai.testmodels.onnx;

import java.io.IOException;
import java.util.List;

/** Makes the tensors in which a model file stores a weight. */
final class WeightTensors {
  private WeightTensors() {}

  /** The matrix as it is, rows outermost: what an embedding is looked up in. */
  static Initializer rows(Weight weight, WeightFormat format) {
    return new Initializer(
        weight.name(),
        type(format),
        List.of((long) weight.rows(), (long) weight.columns()),
        out -> {
          for (int row = 0; row < weight.rows(); row++) {
            for (int column = 0; column < weight.columns(); column++) {
              put(weight, format, row, column, out);
            }
          }
        });
  }

  /** The matrix turned, columns outermost: what MatMul multiplies with from the right. */
  static Initializer turned(Weight weight, WeightFormat format) {
    return new Initializer(
        weight.name() + "_turned",
        type(format),
        List.of((long) weight.columns(), (long) weight.rows()),
        out -> {
          for (int column = 0; column < weight.columns(); column++) {
            for (int row = 0; row < weight.rows(); row++) {
              put(weight, format, row, column, out);
            }
          }
        });
  }

  /** The gains of a normalisation. */
  static Initializer gains(Weight weight, WeightFormat format) {
    return new Initializer(
        weight.name(),
        type(format),
        List.of((long) weight.columns()),
        out -> {
          for (int column = 0; column < weight.columns(); column++) {
            put(weight, format, 0, column, out);
          }
        });
  }

  /** The scale of an int8 matrix. */
  static Initializer int8Scale(Weight weight) {
    return Initializer.floats(weight.name() + "_scale", List.of(), Quantized.int8Scale(weight));
  }

  /** The blocks of a q4 matrix: {@code [rows, blocks, 16]}, the lower half of a byte first. */
  static Initializer q4(Weight weight) {
    return new Initializer(
        weight.name() + "_Q4",
        ElementType.UINT8,
        List.of((long) weight.rows(), blocks(weight), Quantized.BLOCK / 2L),
        out -> {
          for (int row = 0; row < weight.rows(); row++) {
            float[] values = Quantized.exactRow(weight, row);
            for (int start = 0; start < values.length; start += Quantized.BLOCK) {
              float scale = Quantized.q4Scale(values, start);
              for (int i = start; i < start + Quantized.BLOCK; i += 2) {
                int low = Quantized.q4(values[i], scale);
                int high = Quantized.q4(values[i + 1], scale);
                out.putByte(low | high << 4);
              }
            }
          }
        });
  }

  /** The scales of a q4 matrix: {@code [rows * blocks]}. */
  static Initializer q4Scales(Weight weight) {
    return new Initializer(
        weight.name() + "_scales",
        ElementType.FLOAT32,
        List.of(weight.rows() * blocks(weight)),
        out -> {
          for (int row = 0; row < weight.rows(); row++) {
            float[] values = Quantized.exactRow(weight, row);
            for (int start = 0; start < values.length; start += Quantized.BLOCK) {
              out.putFloat(Quantized.q4Scale(values, start));
            }
          }
        });
  }

  private static long blocks(Weight weight) {
    return weight.columns() / Quantized.BLOCK;
  }

  private static ElementType type(WeightFormat format) {
    return switch (format) {
      case FLOAT32 -> ElementType.FLOAT32;
      case FLOAT16 -> ElementType.FLOAT16;
      case INT8 -> ElementType.INT8;
      case Q4 -> throw new IllegalArgumentException("q4 is a format of blocks, not of numbers");
    };
  }

  private static void put(
      Weight weight, WeightFormat format, int row, int column, LittleEndianOutput out)
      throws IOException {
    switch (format) {
      case FLOAT32 -> out.putFloat(weight.at(row, column));
      case FLOAT16 -> out.putShort(Float.floatToFloat16(weight.at(row, column)));
      case INT8 -> out.putByte(Quantized.int8(weight, row, column));
      case Q4 -> throw new IllegalArgumentException("q4 is a format of blocks, not of numbers");
    }
  }
}
