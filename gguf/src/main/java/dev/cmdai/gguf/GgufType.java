package dev.cmdai.gguf;

import org.jspecify.annotations.Nullable;

/** The types of metadata values, with their numbers in files ({@code gguf_type} in ggml). */
public enum GgufType {
  /** Unsigned, 1 byte. */
  UINT8(0, 1),
  /** Signed, 1 byte. */
  INT8(1, 1),
  /** Unsigned, 2 bytes. */
  UINT16(2, 2),
  /** Signed, 2 bytes. */
  INT16(3, 2),
  /** Unsigned, 4 bytes. */
  UINT32(4, 4),
  /** Signed, 4 bytes. */
  INT32(5, 4),
  /** IEEE 754, 4 bytes. */
  FLOAT32(6, 4),
  /** One byte, 0 or 1. */
  BOOL(7, 1),
  /** A 64-bit length and as many bytes, meant to be UTF-8. */
  STRING(8, 0),
  /** A type, a 64-bit count, and as many values of this type. */
  ARRAY(9, 0),
  /** Unsigned, 8 bytes. */
  UINT64(10, 8),
  /** Signed, 8 bytes. */
  INT64(11, 8),
  /** IEEE 754, 8 bytes. */
  FLOAT64(12, 8);

  private static final GgufType[] ALL = values();

  private final int number;
  private final int bytes;

  GgufType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  /** What stands for it in a file; the constants above are in this order. */
  int number() {
    return number;
  }

  /**
   * How many bytes a value takes.
   *
   * @return 0 for strings and arrays, whose size varies
   */
  public int bytes() {
    return bytes;
  }

  /** The type that a number stands for; null when it stands for none. */
  static @Nullable GgufType of(int number) {
    return number < 0 || number >= ALL.length ? null : ALL[number];
  }
}
