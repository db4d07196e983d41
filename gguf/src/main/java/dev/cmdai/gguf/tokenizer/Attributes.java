package dev.cmdai.gguf.tokenizer;

/** What a token is, as bits: a token can be several things at once ({@code llama_token_attr}). */
final class Attributes {
  static final int UNKNOWN = 1;
  static final int UNUSED = 1 << 1;
  static final int NORMAL = 1 << 2;
  static final int CONTROL = 1 << 3;
  static final int USER_DEFINED = 1 << 4;
  static final int BYTE = 1 << 5;

  /** White space before it in a text is left out. */
  static final int STRIPS_LEFT = 1 << 7;

  /** White space after it in a text is left out. */
  static final int STRIPS_RIGHT = 1 << 8;

  /** Looked for in a text before anything else. */
  static final int SPECIAL = CONTROL | USER_DEFINED | UNKNOWN;

  /** Not part of a decoded text, unless it is asked for. */
  static final int HIDDEN = CONTROL | UNKNOWN;

  private Attributes() {}

  /** The bits for a number in {@code tokenizer.ggml.token_type}. */
  static int of(long type) {
    return switch ((int) type) {
      case 1 -> NORMAL;
      case 2 -> UNKNOWN;
      case 3 -> CONTROL;
      case 4 -> USER_DEFINED;
      case 5 -> UNUSED;
      case 6 -> BYTE;
      default -> 0;
    };
  }

  static TokenType type(int attributes) {
    if ((attributes & CONTROL) != 0) {
      return TokenType.CONTROL;
    }
    if ((attributes & USER_DEFINED) != 0) {
      return TokenType.USER_DEFINED;
    }
    if ((attributes & UNKNOWN) != 0) {
      return TokenType.UNKNOWN;
    }
    if ((attributes & BYTE) != 0) {
      return TokenType.BYTE;
    }
    if ((attributes & UNUSED) != 0) {
      return TokenType.UNUSED;
    }
    return (attributes & NORMAL) != 0 ? TokenType.NORMAL : TokenType.UNDEFINED;
  }
}
