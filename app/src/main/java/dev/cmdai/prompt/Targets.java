package dev.cmdai.prompt;

import java.util.Set;

/** Tells which commands hit what they name so hard that any word there has to be the right one. */
final class Targets {
  private static final Set<String> PROGRAMS =
      Set.of(
          "chgrp",
          "chown",
          "kill",
          "killall",
          "mv",
          "pkill",
          "rm",
          "rmdir",
          "shred",
          "truncate",
          "unlink");

  private Targets() {}

  /** Whether a program takes targets. */
  static boolean isTaken(String program) {
    return PROGRAMS.contains(program);
  }

  /** A word or a number; no option, pattern, path, variable, size or signal. */
  static boolean isPlain(String word) {
    if (word.length() < 3 || isConstant(word)) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      boolean isInner = i > 0 && (c == '-' || c == '_');
      if (!Character.isLetterOrDigit(c) && !isInner) {
        return false;
      }
    }
    return true;
  }

  /** {@code TERM}, {@code FILE}: a signal, or a place for the user to fill in. */
  private static boolean isConstant(String word) {
    return word.chars().allMatch(c -> Character.isUpperCase(c) || c == '_');
  }
}
