package dev.cmdai.gguf.tokenizer;

/** The characters by which GPT-2's vocabularies write bytes: a letter for each, and no spaces. */
final class ByteAlphabet {
  /** U+2581, by which SentencePiece's vocabularies write a space. */
  static final int ESCAPED_SPACE = 0x2581;

  private static final char[] CHARACTERS = new char[256];

  /** Bytes plus one, by character. */
  private static final short[] BYTES = new short[512];

  static {
    int others = 256;
    for (int b = 0; b < 256; b++) {
      boolean itself = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      CHARACTERS[b] = (char) (itself ? b : others++);
      BYTES[CHARACTERS[b]] = (short) (b + 1);
    }
  }

  private ByteAlphabet() {}

  /** The character that stands for a byte. */
  static int character(byte b) {
    return CHARACTERS[b & 0xFF];
  }

  /** The byte that a character stands for; -1 when it stands for none. */
  static int byteOf(int character) {
    return character < BYTES.length ? BYTES[character] - 1 : -1;
  }
}
