package dev.cmdai.prompt;

/** Knows the prompts that people and models copy together with a command. */
final class PromptSign {
  private PromptSign() {}

  static boolean begins(String line) {
    return length(line) > 0;
  }

  static String removedFrom(String line) {
    return line.substring(length(line));
  }

  /**
   * How much of the line is indentation and prompt: {@code $ }, {@code % }, {@code > }, {@code PS
   * C:\> }.
   */
  private static int length(String line) {
    int start = 0;
    while (start < line.length() && Character.isWhitespace(line.charAt(start))) {
      start++;
    }
    if (start + 1 < line.length() && line.charAt(start + 1) == ' ') {
      char sign = line.charAt(start);
      if (sign == '$' || sign == '%' || sign == '❯' || (sign == '>' && !isFile(line, start + 2))) {
        return start + 2;
      }
    }
    return windowsLength(line, start);
  }

  /** {@code > log.txt} is a redirection that empties a file. */
  private static boolean isFile(String line, int start) {
    String rest = line.substring(start).strip();
    return rest.indexOf(' ') < 0 && (rest.indexOf('.') >= 0 || rest.indexOf('/') >= 0);
  }

  /** {@code PS C:\work> } or {@code C:\work>}. */
  private static int windowsLength(String line, int start) {
    boolean isPowerShell = line.startsWith("PS ", start);
    int drive = isPowerShell ? start + 3 : start;
    int end = line.indexOf('>', drive);
    boolean isDrive = line.startsWith(":\\", drive + 1) && Character.isLetter(line.charAt(drive));
    if (end < 0 || !(isDrive || isPowerShell)) {
      return 0;
    }
    boolean isSpaced = end + 1 < line.length() && line.charAt(end + 1) == ' ';
    return isSpaced ? end + 2 : end + 1;
  }
}
