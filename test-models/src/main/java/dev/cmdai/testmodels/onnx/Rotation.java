package dev.cmdai.testmodels.onnx;

import java.util.List;

/**
 * The angles by which rotary positions turn queries and keys (Su et al. 2021): the number at {@code
 * i} and the one half a head later are turned by position * theta^(-2i / headSize).
 */
final class Rotation {
  private Rotation() {}

  static double angle(int position, int i, int headSize) {
    return position * Math.pow(DecoderModel.ROPE_THETA, -2.0 * i / headSize);
  }

  /** The cosines of all positions, {@code [maxPositions, width]}; width is a head or half of it. */
  static Initializer cosines(Dimensions size, int width) {
    return table("cos_cache", size, width, 0);
  }

  /** The sines of all positions, {@code [maxPositions, width]}. */
  static Initializer sines(Dimensions size, int width) {
    return table("sin_cache", size, width, -Math.PI / 2);
  }

  private static Initializer table(String name, Dimensions size, int width, double shift) {
    int half = size.headSize() / 2;
    return new Initializer(
        name,
        ElementType.FLOAT32,
        List.of((long) size.maxPositions(), (long) width),
        out -> {
          for (int position = 0; position < size.maxPositions(); position++) {
            for (int i = 0; i < width; i++) {
              out.putFloat((float) Math.cos(angle(position, i % half, size.headSize()) + shift));
            }
          }
        });
  }
}
