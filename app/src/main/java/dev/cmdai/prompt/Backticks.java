package dev.cmdai.prompt;

import org.jspecify.annotations.Nullable;

/** Finds the command in a reply such as "You can use `ls -la` for that". */
final class Backticks {
  private Backticks() {}

  /** The only thing in backticks, if it can be a command and what is around it is prose. */
  static @Nullable String command(String text) {
    int start = text.indexOf('`');
    if (start < 0) {
      return null;
    }
    int length = 1;
    while (start + length < text.length() && text.charAt(start + length) == '`') {
      length++;
    }
    String marks = text.substring(start, start + length);
    int end = text.indexOf(marks, start + length);
    if (end < 0) {
      return null;
    }
    String inside = text.substring(start + length, end).strip();
    String before = text.substring(0, start).strip();
    String after = text.substring(end + length).strip();
    if (after.indexOf('`') >= 0 || inside.indexOf('\n') >= 0) {
      return null;
    }
    if (before.isEmpty() && isPunctuation(after)) {
      return PromptSign.removedFrom(inside);
    }
    boolean isProse = before.isEmpty() || Prose.is(before);
    return isProse && canBeCommand(inside) ? PromptSign.removedFrom(inside) : null;
  }

  private static boolean isPunctuation(String text) {
    return text.isEmpty() || text.equals(".") || text.equals("!");
  }

  /** A flag or a file name alone is what prose talks about, not what it proposes. */
  private static boolean canBeCommand(String text) {
    boolean isFileName = text.indexOf('.') > 0 && text.indexOf('/') < 0;
    return !text.isEmpty() && !text.startsWith("-") && (text.indexOf(' ') >= 0 || !isFileName);
  }
}
