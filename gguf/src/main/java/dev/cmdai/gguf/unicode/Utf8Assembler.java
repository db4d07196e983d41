package dev.cmdai.gguf.unicode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes characters of bytes that come in pieces, and holds back what is half a character. */
public final class Utf8Assembler {
  private byte[] pending = {};

  /** Creates an assembler that holds nothing back. */
  public Utf8Assembler() {}

  /**
   * Adds bytes.
   *
   * @param bytes of any number of characters, or parts of them
   * @return the characters that are complete now; bytes that can belong to none are U+FFFD
   */
  public String add(byte[] bytes) {
    byte[] all = pending.length == 0 ? bytes : joined(pending, bytes);
    int whole = all.length - incompleteTail(all);
    pending = Arrays.copyOfRange(all, whole, all.length);
    return new String(all, 0, whole, StandardCharsets.UTF_8);
  }

  /**
   * Ends the text.
   *
   * @return what never became complete, as U+FFFD
   */
  public String finish() {
    String rest = new String(pending, StandardCharsets.UTF_8);
    pending = new byte[0];
    return rest;
  }

  /** How many bytes at the end begin a character that more bytes could complete. */
  private static int incompleteTail(byte[] bytes) {
    for (int back = 1; back <= Math.min(3, bytes.length); back++) {
      byte b = bytes[bytes.length - back];
      if ((b & 0xC0) != 0x80) {
        return Utf8.length(b) > back ? back : 0;
      }
    }
    return 0;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
