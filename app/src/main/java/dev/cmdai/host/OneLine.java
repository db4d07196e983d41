package dev.cmdai.host;

import java.nio.file.Path;

/** Makes text that came from a plugin fit for one line on a terminal. */
final class OneLine {
  /** Keeps a stack trace in a message, or a novel in a manifest, from filling the screen. */
  private static final int LONGEST = 400;

  private OneLine() {}

  /** The text without line breaks, control characters and the rest of an overlong line. */
  static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
    boolean isSpaceDue = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c) || isInvisible(c)) {
        isSpaceDue = !line.isEmpty();
        continue;
      }
      if (isSpaceDue) {
        line.append(' ');
        isSpaceDue = false;
      }
      if (line.length() >= LONGEST) {
        return line.append('…').toString();
      }
      line.append(c);
    }
    return line.toString();
  }

  /** The last part of a path. */
  static String fileName(Path path) {
    Path name = path.getFileName();
    return of(name == null ? path.toString() : name.toString());
  }

  /** Marks that reorder or hide text on a terminal. */
  private static boolean isInvisible(char c) {
    return Character.getType(c) == Character.FORMAT;
  }
}
