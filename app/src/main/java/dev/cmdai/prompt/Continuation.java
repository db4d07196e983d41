package dev.cmdai.prompt;

/** Joins lines that end in a backslash, where the shell would join them too. */
final class Continuation {
  private Continuation() {}

  /** One line for each group of continued ones; here-documents stay as they are. */
  static String joined(String command) {
    if (!command.contains("\\\n") || command.contains("<<")) {
      return command;
    }
    StringBuilder joined = new StringBuilder(command.length());
    boolean isSingleQuoted = false;
    boolean isDoubleQuoted = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && !isSingleQuoted && i + 1 < command.length()) {
        char next = command.charAt(++i);
        if (next != '\n') {
          joined.append(c).append(next);
        } else if (!isDoubleQuoted) {
          i = skipBlanks(command, i + 1) - 1;
          endWithOneSpace(joined);
        }
        continue;
      }
      isSingleQuoted ^= c == '\'' && !isDoubleQuoted;
      isDoubleQuoted ^= c == '"' && !isSingleQuoted;
      joined.append(c);
    }
    return joined.toString();
  }

  private static int skipBlanks(String text, int start) {
    int i = start;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  private static void endWithOneSpace(StringBuilder text) {
    int length = text.length();
    while (length > 0 && text.charAt(length - 1) == ' ') {
      length--;
    }
    text.setLength(length);
    text.append(' ');
  }
}
