package dev.cmdai.prompt;

import java.util.Locale;

/**
 * What the user wants in plain words, checked and cleaned of characters that nobody sees. Names in
 * it stay as they are: no case folding and no Unicode normalisation, since file names know neither.
 *
 * @param text not blank, without control characters other than newline and tab
 */
public record RequestText(String text) {
  /** The longest request, in UTF-16 units; longer texts belong into piped input. */
  public static final int LONGEST = 16_384;

  /**
   * Checks and cleans what the user typed.
   *
   * @throws InvalidRequestException when it is blank, too long or holds a NUL
   */
  public static RequestText of(String typed) {
    if (typed.length() > LONGEST) {
      throw new InvalidRequestException(
          String.format(
              Locale.ROOT,
              "the request has %,d characters, and %,d are the limit",
              typed.length(),
              LONGEST),
          "Say what you want in a sentence, and pipe long text in: cmdai \"…\" < FILE");
    }
    int nul = typed.indexOf('\0');
    if (nul >= 0) {
      throw new InvalidRequestException(
          "the request has a NUL character at position " + (nul + 1), "Type the request as text.");
    }
    String text = clean(typed).strip();
    if (text.isEmpty()) {
      throw new InvalidRequestException(
          "the request is empty",
          "Say what you want to do, for example: cmdai \"list all files, including hidden ones\"");
    }
    return new RequestText(text);
  }

  /** The request with every run of white space as one space. */
  public String oneLine() {
    StringBuilder line = new StringBuilder(text.length());
    boolean isGap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t') {
        isGap = true;
      } else {
        if (isGap) {
          line.append(' ');
          isGap = false;
        }
        line.append(c);
      }
    }
    return line.toString();
  }

  /** Drops invisible marks, makes controls spaces, and lone surrogates U+FFFD. */
  static String clean(String typed) {
    StringBuilder text = new StringBuilder(typed.length());
    for (int i = 0; i < typed.length(); i++) {
      char c = typed.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 < typed.length() && Character.isSurrogatePair(c, typed.charAt(i + 1))) {
          text.append(c).append(typed.charAt(++i));
        } else {
          text.append('\uFFFD');
        }
      } else if (c == '\r') {
        text.append(i + 1 < typed.length() && typed.charAt(i + 1) == '\n' ? "" : "\n");
      } else if (c == '\u2028' || c == '\u2029') {
        text.append('\n');
      } else if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        text.append(' ');
      } else if (!InvisibleCharacters.includes(c)) {
        text.append(c);
      }
    }
    return text.toString();
  }
}
