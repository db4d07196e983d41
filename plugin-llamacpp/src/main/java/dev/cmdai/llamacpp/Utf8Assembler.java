package dev.cmdai.llamacpp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Joins the bytes of tokens to whole characters: a token may end in the middle of one. Bytes that
 * are no UTF-8 become U+FFFD. Not thread-safe.
 */
final class Utf8Assembler {
  private byte[] pending = {};

  /** Adds bytes and returns the characters that are complete now. */
  String add(byte[] bytes) {
    byte[] all = pending.length == 0 ? bytes : concatenated(pending, bytes);
    int whole = all.length - incompleteTail(all);
    pending = java.util.Arrays.copyOfRange(all, whole, all.length);
    return new String(all, 0, whole, StandardCharsets.UTF_8);
  }

  /** Returns what never became complete, as U+FFFD. */
  String finish() {
    String rest = new String(pending, StandardCharsets.UTF_8);
    pending = new byte[0];
    return rest;
  }

  /** How many bytes at the end begin a character that more bytes could complete. */
  private static int incompleteTail(byte[] bytes) {
    int length = bytes.length;
    for (int back = 1; back <= Math.min(3, length); back++) {
      int b = bytes[length - back] & 0xFF;
      if (b >= 0xC0) {
        int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return needed > back ? back : 0;
      }
      if (b < 0x80) {
        return 0;
      }
    }
    return 0;
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(first.length + second.length);
    all.writeBytes(first);
    all.writeBytes(second);
    return all.toByteArray();
  }
}
