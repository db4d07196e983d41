package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;

/** Strings on their way to and from native code, always UTF-8. */
final class CStrings {
  private CStrings() {}

  /**
   * A text without its terminator. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
   *
   * @return as many bytes as the text has
   */
  static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // String.getBytes writes '?' for a lone surrogate; only then is a repair needed.
    return hasLoneSurrogate(text) ? repaired(text).getBytes(StandardCharsets.UTF_8) : bytes;
  }

  /** Copies bytes to native memory. */
  static MemorySegment copy(byte[] bytes, SegmentAllocator allocator) {
    MemorySegment copy = allocator.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
    copy.set(JAVA_BYTE, bytes.length, (byte) 0);
    return copy;
  }

  /** Reads a terminated string; empty for a null pointer. */
  static String read(long address) {
    return address == 0
        ? ""
        : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static String repaired(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
    return whole.toString();
  }
}
