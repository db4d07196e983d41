package dev.cmdai.remote;

/**
 * What a server wrote, as it may stand in a message: one line, not long, nothing a terminal obeys.
 */
final class Shown {
  private static final int LONGEST = 300;

  private Shown() {}

  static String text(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < LONGEST; i++) {
      char c = text.charAt(i);
      boolean isUnseen = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
      line.append(isUnseen || Character.isWhitespace(c) ? ' ' : c);
    }
    String shown = line.toString().strip();
    return text.length() > LONGEST ? shown + "…" : shown;
  }
}
