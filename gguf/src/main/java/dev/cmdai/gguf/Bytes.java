package dev.cmdai.gguf;

/**
 * The head of a file in memory, and how its numbers are stored. Grows while a {@link HeadInput}
 * reads, and never changes afterwards.
 */
final class Bytes {
  private byte[] bytes;
  private boolean bigEndian;

  Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  void replace(byte[] longer) {
    bytes = longer;
  }

  void setBigEndian() {
    bigEndian = true;
  }

  byte[] array() {
    return bytes;
  }

  int int8(int at) {
    return bytes[at];
  }

  int int16(int at) {
    int low = bytes[at] & 0xFF;
    int high = bytes[at + 1] & 0xFF;
    return (short) (bigEndian ? low << 8 | high : high << 8 | low);
  }

  // Shifts instead of a VarHandle: setting up method handles costs a cold program more than this.
  int int32(int at) {
    int value =
        (bytes[at] & 0xFF)
            | (bytes[at + 1] & 0xFF) << 8
            | (bytes[at + 2] & 0xFF) << 16
            | bytes[at + 3] << 24;
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  long int64(int at) {
    return bigEndian
        ? (long) int32(at) << 32 | (int32(at + 4) & 0xFFFF_FFFFL)
        : (long) int32(at + 4) << 32 | (int32(at) & 0xFFFF_FFFFL);
  }

  /**
   * A whole number of any type: unsigned ones below 64 bits come out positive, truths as 0 or 1.
   */
  long integer(GgufType type, int at) {
    return switch (type) {
      case UINT8 -> int8(at) & 0xFF;
      case BOOL -> int8(at) == 0 ? 0 : 1;
      case INT8 -> int8(at);
      case UINT16 -> int16(at) & 0xFFFF;
      case INT16 -> int16(at);
      case UINT32 -> int32(at) & 0xFFFF_FFFFL;
      case INT32 -> int32(at);
      case UINT64, INT64 -> int64(at);
      case FLOAT32, FLOAT64, STRING, ARRAY ->
          throw new IllegalArgumentException(type + " is no whole number");
    };
  }

  double real(GgufType type, int at) {
    return switch (type) {
      case FLOAT32 -> Float.intBitsToFloat(int32(at));
      case FLOAT64 -> Double.longBitsToDouble(int64(at));
      default -> integer(type, at);
    };
  }
}
