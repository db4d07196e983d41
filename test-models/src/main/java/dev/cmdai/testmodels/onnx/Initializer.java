package dev.cmdai.testmodels.onnx;

import java.io.IOException;
import java.util.List;

/**
 * A constant tensor of a graph, whose numbers are made when they are written.
 *
 * @param name the value's name in the graph
 * @param type the type of its numbers
 * @param dimensions its shape, outermost first; empty for a scalar
 * @param values writes the numbers in row-major order
 */
record Initializer(String name, ElementType type, List<Long> dimensions, Values values) {

  /** Writes a tensor's numbers. */
  interface Values {
    void writeTo(LittleEndianOutput out) throws IOException;
  }

  static Initializer floats(String name, List<Long> dimensions, float... values) {
    return new Initializer(
        name,
        ElementType.FLOAT32,
        dimensions,
        out -> {
          for (float value : values) {
            out.putFloat(value);
          }
        });
  }

  static Initializer longs(String name, List<Long> dimensions, long... values) {
    return new Initializer(
        name,
        ElementType.INT64,
        dimensions,
        out -> {
          for (long value : values) {
            out.putLong(value);
          }
        });
  }

  long bytes() {
    return dimensions.stream().reduce((long) type.bytes(), Math::multiplyExact);
  }

  /** The TensorProto up to its data. */
  Message head() {
    Message tensor = new Message();
    dimensions.forEach(dimension -> tensor.number(1, dimension));
    return tensor.number(2, type.id()).text(8, name);
  }
}
