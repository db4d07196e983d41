package dev.cmdai.safety.parse.posix;

import dev.cmdai.shell.Shell;
import java.util.List;

/**
 * What the words of a command that were read so far begin.
 *
 * @param words grows while the command is read
 */
record CommandHead(List<Word> words, Shell shell) {
  /** {@code for NAME (VALUES) COMMAND}. */
  boolean isShortLoop() {
    return shell == Shell.ZSH
        && words.size() == 2
        && (words.getFirst().text().equals("for") || words.getFirst().text().equals("foreach"));
  }

  /** {@code for NAME}, where the values are the arguments of the script. */
  boolean isLoop() {
    return words.size() == 2
        && words.getFirst().isBare()
        && (words.getFirst().text().equals("for") || words.getFirst().text().equals("select"));
  }

  /** {@code for ((…))}. */
  boolean isLoopOfNumbers() {
    return words.size() == 1 && words.getFirst().text().equals("for") && shell != Shell.FISH;
  }

  /** {@code if [[ … ]] { … }} of zsh: nothing need separate what follows. */
  boolean isEndOfTest() {
    return shell == Shell.ZSH
        && words.size() > 1
        && words.getFirst().text().equals("[[")
        && words.getLast().text().equals("]]");
  }

  /** {@code for NAME in VALUES { … }} of zsh. */
  boolean isShortLoopOfValues() {
    return shell == Shell.ZSH
        && words.size() > 3
        && words.getFirst().text().equals("for")
        && words.get(2).text().equals("in");
  }

  boolean isRepeat() {
    return shell == Shell.ZSH && words.size() == 2 && words.getFirst().text().equals("repeat");
  }

  boolean isTest() {
    return words.size() == 1 && words.getFirst().isBare() && words.getFirst().text().equals("[[");
  }

  /** {@code function NAME} was read; in fish, its body is a list up to {@code end}. */
  boolean isFunctionKeyword() {
    return (words.size() == 2 || (words.size() == 1 && shell == Shell.ZSH))
        && words.getFirst().text().equals("function")
        && words.getFirst().isBare()
        && shell != Shell.FISH;
  }

  /** {@code case WORD in}; in fish, {@code case} is followed by patterns alone. */
  boolean isCaseHead() {
    return shell != Shell.FISH
        && words.size() > 2
        && words.getFirst().isBare()
        && words.getFirst().text().equals("case")
        && words.getLast().isBare()
        && words.getLast().text().equals("in");
  }
}
