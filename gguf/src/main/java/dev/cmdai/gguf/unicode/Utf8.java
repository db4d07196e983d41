package dev.cmdai.gguf.unicode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 as llama.cpp reads it: overlong forms and surrogates pass, any other bad byte is U+FFFD.
 * Code points beyond U+10FFFF, which make llama.cpp end the process, count as bad bytes.
 */
public final class Utf8 {
  /** The last code point that four bytes can hold. */
  public static final int LAST_CODE_POINT = 0x1F_FFFF;

  private static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /**
   * How many bytes the first byte of a character announces; it is not looked at whether they come.
   *
   * @param first any byte
   * @return 1 to 4; 1 for bytes that begin nothing
   */
  public static int length(byte first) {
    if (first >= 0) {
      return 1;
    }
    int high = first & 0xF0;
    return high == 0xF0 ? 4 : high == 0xE0 ? 3 : high >= 0xC0 ? 2 : 1;
  }

  /**
   * Reads a character of a text that is {@linkplain #repaired sound}.
   *
   * @param text sound UTF-8
   * @param at where the character begins
   * @return its code point
   */
  public static int codePoint(byte[] text, int at) {
    int first = text[at];
    if (first >= 0) {
      return first;
    }
    int second = text[at + 1] & 0x3F;
    if (first < (byte) 0xE0) {
      return (first & 0x1F) << 6 | second;
    }
    int third = text[at + 2] & 0x3F;
    if (first < (byte) 0xF0) {
      return (first & 0x0F) << 12 | second << 6 | third;
    }
    return (first & 0x07) << 18 | second << 12 | third << 6 | (text[at + 3] & 0x3F);
  }

  /**
   * Writes a character.
   *
   * @param codePoint from 0 to {@link #LAST_CODE_POINT}, surrogates included
   * @param target has room for four bytes
   * @param at where it goes
   * @return where the next one goes
   */
  public static int write(int codePoint, byte[] target, int at) {
    int next = at;
    if (codePoint < 0x80) {
      target[next++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      target[next++] = (byte) (0xC0 | codePoint >> 6);
      target[next++] = (byte) (0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
      target[next++] = (byte) (0xE0 | codePoint >> 12);
      target[next++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      target[next++] = (byte) (0x80 | (codePoint & 0x3F));
    } else {
      target[next++] = (byte) (0xF0 | codePoint >> 18);
      target[next++] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
      target[next++] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      target[next++] = (byte) (0x80 | (codePoint & 0x3F));
    }
    return next;
  }

  /**
   * A text as UTF-8.
   *
   * @param text any text
   * @return its bytes, with U+FFFD for lone surrogates, where the JDK puts question marks
   */
  public static byte[] bytes(CharSequence text) {
    byte[] target = new byte[3 * text.length()];
    int end = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = Character.codePointAt(text, at);
      boolean alone = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      end = write(alone ? REPLACEMENT : codePoint, target, end);
      at += Character.charCount(codePoint);
    }
    return Arrays.copyOf(target, end);
  }

  /**
   * How many bytes a well-formed character takes that begins here.
   *
   * @param text any bytes
   * @param at where to look
   * @param end where the text ends
   * @return 1 to 4; 0 when the byte here begins no character; code points beyond U+10FFFF, which
   *     the form of UTF-8 allows, count
   */
  public static int soundLength(byte[] text, int at, int end) {
    byte first = text[at];
    if (first >= 0) {
      return 1;
    }
    if ((first & 0xC0) != 0xC0 || (first & 0xF8) == 0xF8) {
      return 0;
    }
    int length = length(first);
    if (length > end - at) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /**
   * Whether every byte is part of a well-formed character.
   *
   * @param text any bytes
   * @param from where to begin
   * @param end where to end
   * @return true also for overlong forms, surrogates and code points beyond U+10FFFF
   */
  public static boolean isSound(byte[] text, int from, int end) {
    for (int at = from; at < end; ) {
      if (text[at] >= 0) {
        at++;
        continue;
      }
      int length = soundLength(text, at, end);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /**
   * A text in which every character is well-formed and as short as it can be.
   *
   * @param text any bytes
   * @param from where to begin
   * @param end where to end
   * @param last the last code point that counts: that of Unicode, or {@link #LAST_CODE_POINT}
   * @return the same characters, with U+FFFD for each byte that belongs to none; null when the text
   *     is sound as it is
   */
  public static byte @Nullable [] repaired(byte[] text, int from, int end, int last) {
    for (int at = from; at < end; ) {
      if (text[at] >= 0) {
        at++;
        continue;
      }
      int length = soundLength(text, at, end);
      int codePoint = length == 0 ? 0 : codePoint(text, at);
      if (codePoint > last || isOverlong(codePoint, length)) {
        return repair(text, from, end, last);
      }
      at += length;
    }
    return null;
  }

  /** True also for what is no character, which has no length. */
  private static boolean isOverlong(int codePoint, int length) {
    return codePoint < (length <= 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
  }

  private static byte[] repair(byte[] text, int from, int end, int last) {
    byte[] target = new byte[3 * (end - from)];
    int written = 0;
    for (int at = from; at < end; ) {
      int length = soundLength(text, at, end);
      int codePoint = length == 0 ? Integer.MAX_VALUE : codePoint(text, at);
      if (codePoint > last) {
        codePoint = REPLACEMENT;
        length = 1;
      }
      written = write(codePoint, target, written);
      at += length;
    }
    return Arrays.copyOf(target, written);
  }
}
