package dev.cmdai.gguf.tokenizer;

import java.util.Arrays;

/** Bytes that grow. Not thread-safe. */
final class ByteBuilder {
  private byte[] bytes = new byte[256];
  private int size;

  void append(byte b) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = b;
  }

  void append(byte[] more) {
    append(more, 0, more.length);
  }

  void append(byte[] source, int from, int to) {
    if (size + to - from > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + to - from, 2 * size));
    }
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  int size() {
    return size;
  }

  /** Forgets what comes after the first ones. */
  void truncate(int newSize) {
    size = newSize;
  }

  /** The bytes, and more behind them: valid until the next one is appended. */
  byte[] array() {
    return bytes;
  }

  void removeAt(int index) {
    System.arraycopy(bytes, index + 1, bytes, index, size - index - 1);
    size--;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
