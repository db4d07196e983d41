package dev.cmdai.gguf;

import java.nio.ByteBuffer;

/**
 * What Jazzer calls with one input after the other, and {@link FuzzRegressionTest} with a few
 * thousand: reads a file and asks for all that is in it. Any exception but {@link GgufException} is
 * a finding.
 */
public final class GgufFuzzer {
  private GgufFuzzer() {}

  /** The name is Jazzer's. */
  public static void fuzzerTestOneInput(byte[] input) {
    read(input);
  }

  /** Whether the input was a sound file. */
  static boolean read(byte[] input) {
    GgufFile file;
    try {
      file = GgufFile.read(ByteBuffer.wrap(input));
    } catch (GgufException e) {
      require(e.offset() >= 0 && e.offset() <= input.length, "offset " + e.offset());
      return false;
    }
    require(file.dataOffset() >= GgufBeginning.BYTES, "data offset " + file.dataOffset());
    require(file.neededSize() >= file.dataOffset(), "needed size " + file.neededSize());
    for (GgufValue value : file.metadata().all().values()) {
      require(value.toString() != null, "a value");
      if (value instanceof GgufValue.Many(GgufArray array)) {
        visit(array);
      }
    }
    for (TensorInfo tensor : file.tensors()) {
      require(tensor.elements() >= 0, "elements of " + tensor);
      require(tensor.bytes() >= -1, "bytes of " + tensor);
    }
    return true;
  }

  private static void visit(GgufArray array) {
    for (int i = 0; i < array.size(); i++) {
      switch (array.elementType()) {
        case ARRAY -> visit(array.array(i));
        case STRING -> {
          require(array.stringBytes(i).length == array.stringLength(i), "a string's length");
          require(array.string(i).length() <= array.stringLength(i), "a string's characters");
        }
        case FLOAT32, FLOAT64 -> array.real(i);
        case BOOL -> require(array.integer(i) >> 1 == 0, "a truth value");
        case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
            require((double) array.integer(i) == array.real(i), "a whole number");
      }
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("wrong: " + what);
    }
  }
}
