package dev.cmdai.llamacpp.binding;

/**
 * Cuts long runs of one kind of character, white space or not.
 *
 * <p>llama.cpp splits texts with {@code std::regex} before it looks for tokens of a byte-pair
 * vocabulary. That recurses for each character of a match, and 4,000 letters in a row overflow a
 * thread's stack, which ends the process. No pattern of its matches across more than a few runs.
 */
public final class LongRuns {
  /** Where texts that people write are cut: a quarter of what has been seen to overflow. */
  public static final int LONGEST = 1000;

  private LongRuns() {}

  /**
   * Where a part that is safe to tokenise ends.
   *
   * @param text any text
   * @param from where the part begins, before the text's end
   * @param longest characters that a run may have, at least 2
   * @return after {@code from}; never inside a surrogate pair
   */
  public static int partEnd(String text, int from, int longest) {
    if (text.length() - from <= longest) {
      return text.length();
    }
    int runStart = from;
    for (int i = from + 1; i < text.length(); i++) {
      if (isSpace(text.charAt(i)) != isSpace(text.charAt(i - 1))) {
        runStart = i;
      } else if (i - runStart >= longest) {
        return Character.isLowSurrogate(text.charAt(i)) ? i - 1 : i;
      }
    }
    return text.length();
  }

  /** What llama.cpp takes for {@code \s}: its {@code unicode_set_whitespace}. */
  private static boolean isSpace(char c) {
    return switch (c) {
      case ' ', '\t', '\n', 0x0B, '\f', '\r' -> true;
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }
}
