package dev.cmdai.safety;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits PowerShell code into commands, roughly: brackets of all kinds end a command and begin
 * another one.
 */
final class PowerShellTokens {
  /**
   * A command.
   *
   * @param words without their quotes
   * @param isPiped it gets the output of the one before it
   * @param statement commands of one statement share this number
   */
  record Command(List<String> words, boolean isPiped, int statement) {}

  private final String code;
  private final List<Command> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isWord;
  private boolean isPiped;
  private boolean isComplete = true;
  private int statement;
  private int brackets;
  private int position;

  PowerShellTokens(String code) {
    this.code = code;
  }

  boolean isComplete() {
    return isComplete;
  }

  List<Command> commands() {
    while (position < code.length()) {
      read(code.charAt(position++));
    }
    endCommand(false);
    isComplete &= brackets == 0;
    return commands;
  }

  private void read(char c) {
    switch (c) {
      case ' ', '\t', '\r' -> endWord();
      case '\n', ';' -> endStatement();
      case '|' -> endCommand(peek() != '|');
      case '&' -> readAmpersand();
      case '(', '{' -> {
        brackets++;
        readOpening(c);
      }
      case ')', '}' -> {
        brackets--;
        endCommand(false);
      }
      case '\'', '\u2018', '\u2019' -> readSingleQuoted();
      case '"', '\u201C', '\u201D' -> readDoubleQuoted();
      case '`' -> {
        if (position < code.length()) {
          char escaped = code.charAt(position++);
          if (escaped != '\n' && escaped != '\r') {
            append(escaped);
          }
        }
      }
      case '#' -> {
        if (isWord) {
          append(c);
        } else {
          int end = code.indexOf('\n', position);
          position = end < 0 ? code.length() : end;
        }
      }
      case '<' -> readComment();
      default -> append(c);
    }
  }

  private char peek() {
    return position < code.length() ? code.charAt(position) : '\0';
  }

  private void append(char c) {
    word.append(c);
    isWord = true;
  }

  /** {@code &} calls what follows; {@code &&} ends a command. */
  private void readAmpersand() {
    if (peek() == '&') {
      position++;
    }
    endCommand(false);
  }

  /** {@code ${env:NAME}} is a variable, {@code .Create(} a part of its word. */
  private void readOpening(char c) {
    boolean isVariable = c == '{' && isWord && word.charAt(word.length() - 1) == '$';
    int end = isVariable ? code.indexOf('}', position) : -1;
    if (end < 0) {
      endCommand(false);
      return;
    }
    word.append(code, position - 1, end + 1);
    position = end + 1;
    brackets--;
  }

  private void readComment() {
    if (peek() != '#') {
      append('<');
      return;
    }
    int end = code.indexOf("#>", position);
    isComplete &= end >= 0;
    position = end < 0 ? code.length() : end + 2;
  }

  private void readSingleQuoted() {
    isWord = true;
    while (position < code.length()) {
      char c = code.charAt(position++);
      if (c != '\'' && c != '\u2019') {
        word.append(c);
      } else if (peek() == '\'') {
        position++;
        word.append('\'');
      } else {
        return;
      }
    }
    isComplete = false;
  }

  private void readDoubleQuoted() {
    isWord = true;
    while (position < code.length()) {
      char c = code.charAt(position++);
      if (c == '"' || c == '\u201D') {
        if (peek() != '"') {
          return;
        }
        position++;
        word.append('"');
      } else if (c == '`' && position < code.length()) {
        word.append(code.charAt(position++));
      } else if (c == '$' && peek() == '(') {
        readInQuotes();
      } else {
        word.append(c);
      }
    }
    isComplete = false;
  }

  /** {@code "… $(COMMAND) …"}: the command becomes one of its own, the text goes on after it. */
  private void readInQuotes() {
    int start = ++position;
    int depth = 1;
    while (position < code.length() && depth > 0) {
      char c = code.charAt(position++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    if (depth > 0) {
      isComplete = false;
    } else {
      PowerShellTokens inner = new PowerShellTokens(code.substring(start, position - 1));
      commands.addAll(inner.commands());
      isComplete &= inner.isComplete;
    }
    word.append("$(…)");
  }

  private void endWord() {
    if (isWord) {
      words.add(word.toString());
      word.setLength(0);
      isWord = false;
    }
  }

  private void endCommand(boolean isPipe) {
    endWord();
    if (!words.isEmpty()) {
      commands.add(new Command(words, isPiped, statement));
      words = new ArrayList<>();
      isPiped = isPipe;
    } else {
      isPiped |= isPipe;
    }
  }

  private void endStatement() {
    endCommand(false);
    isPiped = false;
    if (brackets == 0) {
      statement++;
    }
  }
}
