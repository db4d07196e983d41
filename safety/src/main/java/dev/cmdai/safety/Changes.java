package dev.cmdai.safety;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells commands that change something where it can be seen, though no rule finds them dangerous:
 * moving a file is no risk, moving the wrong one is.
 */
final class Changes {
  private static final Set<String> PROGRAMS =
      Set.of(
          "chgrp",
          "chmod",
          "chown",
          "copy",
          "copy-item",
          "cp",
          "dd",
          "install",
          "ln",
          "move",
          "move-item",
          "mv",
          "ren",
          "rename",
          "rename-item",
          "robocopy",
          "rsync",
          "scp",
          "tee",
          "touch",
          "xcopy");

  private Changes() {}

  /** Whether a command, by its words, is one. */
  static boolean isOne(List<String> words) {
    String program = words.isEmpty() ? "" : words.getFirst().toLowerCase(Locale.ROOT);
    boolean isInPlace =
        (program.equals("sed") || program.equals("perl"))
            && words.stream().anyMatch(word -> word.startsWith("-i"));
    return isInPlace || PROGRAMS.contains(program);
  }
}
