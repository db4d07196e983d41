package dev.cmdai.gguf.unicode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A table over all code points, stored as runs of equal values: pairs of a length and a value, in
 * seven bits a byte, the lowest first. {@code src/build/UnicodeTables.java} writes them.
 */
final class RunLengths {
  /** Takes one run after the other; together they cover all code points. */
  @FunctionalInterface
  interface Runs {
    void run(int from, int to, int value);
  }

  private RunLengths() {}

  static void read(String resource, Runs runs) {
    byte[] bytes;
    try (InputStream in = RunLengths.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("this program was built without " + resource);
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int[] at = {0};
    for (int from = 0; at[0] < bytes.length; ) {
      int to = from + number(bytes, at);
      int value = number(bytes, at);
      runs.run(from, to, value >>> 1 ^ -(value & 1));
      from = to;
    }
  }

  private static int number(byte[] bytes, int[] at) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at[0]++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
