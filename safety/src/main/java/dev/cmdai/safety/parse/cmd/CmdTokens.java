package dev.cmdai.safety.parse.cmd;

import java.util.ArrayList;
import java.util.List;

/** Splits code for cmd.exe into commands: carets escape, only double quotes quote. */
public final class CmdTokens {
  /**
   * A command.
   *
   * @param isPiped it gets the output of the one before it
   * @param target the file that its output goes to, empty for none
   * @param isAppend the output is added to that file
   * @param start where it begins in the code
   * @param end where it ends in the code
   */
  public record Command(
      List<String> words, boolean isPiped, String target, boolean isAppend, int start, int end) {}

  private final String code;
  private final List<Command> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private String target = "";
  private boolean isWord;
  private boolean isTarget;
  private boolean isPiped;
  private boolean isQuoted;
  private boolean isAppend;
  private int start;
  private int position;

  public CmdTokens(String code) {
    this.code = code;
  }

  public boolean isComplete() {
    return !isQuoted;
  }

  public List<Command> commands() {
    for (int i = 0; i < code.length(); i++) {
      position = i;
      char c = code.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
        isWord = true;
      } else if (isQuoted && c != '\n') {
        append(c);
      } else if (c == '^' && i + 1 < code.length()) {
        char escaped = code.charAt(++i);
        if (escaped == ' ') {
          endWord();
        } else {
          append(escaped);
        }
      } else {
        readBare(c, i + 1 < code.length() ? code.charAt(i + 1) : '\0');
      }
    }
    position = code.length();
    endCommand(false);
    return commands;
  }

  private void readBare(char c, char next) {
    switch (c) {
      case ' ', '\t', '\r', ',', ';', '=' -> endWord();
      case '&', '\n', '(', ')' -> endCommand(false);
      case '|' -> endCommand(next != '|' && !(words.isEmpty() && !isWord));
      case '>' -> {
        endWord();
        isAppend = isTarget;
        isTarget = true;
      }
      case '<' -> endWord();
      case '/' -> {
        // "rd/s/q" and "del /s/q" are words and switches without blanks between them.
        boolean isAttached = isWord && words.isEmpty() && word.indexOf("/") < 0;
        if (isAttached && word.indexOf(":") < 0 && word.indexOf(".") < 0) {
          endWord();
        }
        append(c);
      }
      default -> append(c);
    }
  }

  private void append(char c) {
    word.append(c);
    isWord = true;
  }

  private void endWord() {
    if (!isWord) {
      return;
    }
    if (isTarget) {
      target = word.toString();
      isTarget = false;
    } else {
      words.add(word.toString());
    }
    word.setLength(0);
    isWord = false;
  }

  private void endCommand(boolean isPipe) {
    endWord();
    if (!words.isEmpty() || !target.isEmpty()) {
      commands.add(new Command(words, isPiped, target, isAppend, start, position));
      words = new ArrayList<>();
      target = "";
    }
    start = position + 1;
    isPiped = isPipe;
    isTarget = false;
  }
}
