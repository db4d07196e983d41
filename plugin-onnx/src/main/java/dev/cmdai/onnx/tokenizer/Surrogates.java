package dev.cmdai.onnx.tokenizer;

/** Replaces what is no character in a text. */
final class Surrogates {
  private static final char REPLACEMENT = '\uFFFD';

  private Surrogates() {}

  /** The same text with U+FFFD for each half of a pair whose other half is missing. */
  static String replaced(CharSequence text) {
    String string = text.toString();
    int first = lone(string, 0);
    if (first < 0) {
      return string;
    }
    StringBuilder mended = new StringBuilder(string);
    for (int at = first; at >= 0; at = lone(string, at + 1)) {
      mended.setCharAt(at, REPLACEMENT);
    }
    return mended.toString();
  }

  /** Where the next half stands alone; -1 when there is none. */
  private static int lone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
