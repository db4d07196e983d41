package dev.cmdai.prompt;

import java.util.Optional;
import java.util.regex.Pattern;

/** Quotes in commands, as all shells read them that cmdai writes for. */
final class Quotes {
  /** What {@link #at} says of a place without quotes. */
  static final char NONE = 0;

  private static final Pattern NEEDS_NONE = Pattern.compile("[\\p{L}\\p{N}._/~:@%+,-]+");
  private static final String SPECIAL = "\"$`\\!'";

  private Quotes() {}

  /** The quotes around a place, {@code "} or {@code '}, or {@link #NONE}. */
  static char at(String command, int place) {
    char open = NONE;
    for (int i = 0; i < place; i++) {
      char c = command.charAt(i);
      if (c == '\\' && open != '\'') {
        i++;
      } else if (open == NONE && (c == '"' || c == '\'')) {
        open = c;
      } else if (c == open) {
        open = NONE;
      }
    }
    return open;
  }

  /**
   * A name as it is written at such a place; empty when that differs from shell to shell.
   *
   * @param open the quotes around it, or {@link #NONE}
   */
  static Optional<String> written(String name, char open) {
    boolean isPlain = NEEDS_NONE.matcher(name).matches();
    if (!isPlain && name.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0)) {
      return Optional.empty();
    }
    if (isPlain || open != NONE) {
      return Optional.of(name);
    }
    // A tilde stands for the home folder only where no quotes are.
    return Optional.of(name.startsWith("~/") ? "~/\"" + name.substring(2) + '"' : '"' + name + '"');
  }
}
