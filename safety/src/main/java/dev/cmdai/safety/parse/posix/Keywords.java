package dev.cmdai.safety.parse.posix;

import dev.cmdai.shell.Shell;
import java.util.Set;

/** The keywords that a parser skips which takes every branch to run. */
final class Keywords {
  private static final Set<String> SKIPPED =
      Set.of("if", "then", "elif", "else", "do", "!", "and", "or", "not", "begin", "coproc");

  private final Cursor code;
  private final Shell shell;

  Keywords(Cursor code, Shell shell) {
    this.code = code;
    this.shell = shell;
  }

  /** The keyword that stands here and can be skipped, or an empty text. */
  String here() {
    int length = 0;
    while (length < 6 && !Cursor.isMeta(code.peek(length)) && code.peek(length) != 0) {
      length++;
    }
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(code.peek(i));
    }
    String keyword = word.toString();
    if (shell == Shell.FISH && (keyword.equals("if") || keyword.equals("begin"))) {
      return "";
    }
    if (keyword.equals("time") && isBeforeBracket(length)) {
      return keyword;
    }
    return SKIPPED.contains(keyword) && code.isAtWord(keyword) ? keyword : "";
  }

  /** {@code time { …; }}: in front of a bracket it is a keyword, else a command. */
  private boolean isBeforeBracket(int length) {
    int i = length;
    while (code.peek(i) == ' ') {
      i++;
    }
    return i > length && (code.peek(i) == '{' || code.peek(i) == '(');
  }
}
