package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a POSIX command, told apart into options and operands. */
final class Arguments {
  private final List<String> options = new ArrayList<>();
  private final List<Word> operands = new ArrayList<>();

  /**
   * Sorts arguments as getopt_long does.
   *
   * @param valued letters of the options whose value may be the next argument
   */
  Arguments(List<Word> arguments, String valued) {
    boolean isOver = false;
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (isOver || text.length() < 2 || text.charAt(0) != '-') {
        operands.add(arguments.get(i));
      } else if (text.equals("--")) {
        isOver = true;
      } else {
        options.add(text);
        boolean isShort = text.charAt(1) != '-';
        if (isShort && valued.indexOf(text.charAt(text.length() - 1)) >= 0) {
          i++;
        }
      }
    }
  }

  List<Word> operands() {
    return operands;
  }

  /** Whether a short option is given, alone or in a cluster such as {@code -rf}. */
  boolean has(char letter) {
    for (String option : options) {
      if (option.charAt(1) != '-' && option.indexOf(letter) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a long option is given, in full, shortened, or with a value. */
  boolean has(String name) {
    for (String option : options) {
      int end = option.indexOf('=');
      String given = end < 0 ? option : option.substring(0, end);
      if (given.length() > 3 && name.startsWith(given)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an option is given just so. */
  boolean hasExactly(String option) {
    return options.contains(option);
  }

  /** Whether the command only explains itself. */
  boolean isQuestion() {
    return options.contains("--help") || options.contains("--version");
  }
}
