package dev.cmdai.gguf.tokenizer;

import dev.cmdai.gguf.tokenizer.Vocabulary.Kind;
import dev.cmdai.gguf.unicode.Utf8;
import java.nio.charset.StandardCharsets;

/** What tokens stand for in a decoded text. Immutable and thread-safe. */
final class Pieces {
  private final Vocabulary vocabulary;

  Pieces(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Writes a token's bytes.
   *
   * @param special whether control and unknown tokens are written out
   */
  void append(int id, boolean special, ByteBuilder target) {
    int attributes = vocabulary.attributes[id];
    if (!special && (attributes & Attributes.HIDDEN) != 0) {
      return;
    }
    byte[] bytes = vocabulary.texts.bytes();
    int from = vocabulary.texts.offset(id);
    int to = from + vocabulary.shownLength(id);
    if (vocabulary.kind == Kind.RWKV) {
      target.append(Rwkv.unescaped(vocabulary.texts.copy(id)));
    } else if (vocabulary.kind == Kind.PLAMO2) {
      if ((attributes & Attributes.BYTE) != 0 && isByte(bytes, from, to)) {
        target.append(byteIn(bytes, from, to));
      } else {
        target.append(bytes, from, to);
      }
    } else if ((attributes & (Attributes.HIDDEN | Attributes.USER_DEFINED)) != 0) {
      target.append(bytes, from, to);
    } else if ((attributes & Attributes.NORMAL) != 0) {
      if (vocabulary.kind.isBytePairs() && !vocabulary.escapesSpaces) {
        appendFromAlphabet(bytes, from, to, target);
      } else {
        appendUnescaped(bytes, from, to, target);
      }
    } else if ((attributes & Attributes.BYTE) != 0) {
      target.append(byteIn(bytes, from, to));
    }
  }

  private static void appendUnescaped(byte[] bytes, int from, int to, ByteBuilder target) {
    for (int at = from; at < to; ) {
      if (bytes[at] == (byte) 0xE2
          && at + 2 < to
          && bytes[at + 1] == (byte) 0x96
          && bytes[at + 2] == (byte) 0x81) {
        target.append((byte) ' ');
        at += 3;
      } else {
        target.append(bytes[at++]);
      }
    }
  }

  private static void appendFromAlphabet(byte[] bytes, int from, int to, ByteBuilder target) {
    for (int at = from; at < to; ) {
      int length = Utf8.soundLength(bytes, at, to);
      int character = length == 0 ? 0xFFFD : Utf8.codePoint(bytes, at);
      int b = ByteAlphabet.byteOf(character);
      if (b >= 0) {
        target.append((byte) b);
      } else {
        // So llama.cpp says it, and so it has to be said to be equal.
        byte[] utf8 = new byte[4];
        int end = Utf8.write(character, utf8, 0);
        StringBuilder hex = new StringBuilder("[UNK_BYTE_0x");
        for (int i = 0; i < end; i++) {
          hex.append("%02x".formatted(utf8[i]));
        }
        target.append(hex.toString().getBytes(StandardCharsets.US_ASCII));
        target.append(bytes, from, to);
        target.append((byte) ']');
      }
      at += Math.max(1, length);
    }
  }

  private static boolean isByte(byte[] bytes, int from, int to) {
    return to - from == 6
        && bytes[from] == '<'
        && bytes[from + 1] == '0'
        && bytes[from + 2] == 'x'
        && bytes[to - 1] == '>'
        && Character.digit(bytes[from + 3], 16) >= 0
        && Character.digit(bytes[from + 4], 16) >= 0;
  }

  /** The byte in a text such as {@code <0x0A>}. */
  private static byte byteIn(byte[] bytes, int from, int to) {
    int value = 0;
    for (int at = from + 3; at < Math.min(to, from + 5); at++) {
      int digit = Character.digit(bytes[at], 16);
      if (digit < 0) {
        break;
      }
      value = value * 16 + digit;
    }
    return (byte) value;
  }
}
