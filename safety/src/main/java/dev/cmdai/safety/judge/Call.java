package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.List;

/**
 * A command as it will be run: the program's name without its folder, and what it gets.
 *
 * @param folder the folder that an earlier {@code cd} led to, empty when unknown
 * @param isOverTree it runs for everything below its targets, as in {@code find ~ -exec rm {} +}
 */
record Call(String name, List<Word> arguments, String folder, boolean isOverTree) {
  Target target(Word word) {
    return Target.of(word, folder);
  }

  /** The first argument's text, empty when there is none. */
  String firstArgument() {
    return arguments.isEmpty() ? "" : arguments.getFirst().text();
  }

  boolean has(String argument) {
    for (Word word : arguments) {
      if (word.text().equals(argument)) {
        return true;
      }
    }
    return false;
  }
}
