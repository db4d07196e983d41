package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * A command as it will be run: the program's name without its folder, and what it gets.
 *
 * @param where the folder that it runs in
 * @param isOverTree it runs for everything below its targets, as in {@code find ~ -exec rm {} +}
 */
record Call(String name, List<Word> arguments, Where where, boolean isOverTree) {
  Target target(Word word) {
    return Target.of(word, where);
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

  /** The arguments without what they were made of. */
  List<String> texts() {
    List<String> texts = new ArrayList<>(arguments.size());
    for (Word word : arguments) {
      texts.add(word.text());
    }
    return texts;
  }

  /** The name and the arguments. */
  List<String> words() {
    List<String> words = texts();
    words.addFirst(name);
    return words;
  }
}
