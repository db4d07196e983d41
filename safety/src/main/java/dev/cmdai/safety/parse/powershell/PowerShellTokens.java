package dev.cmdai.safety.parse.powershell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Splits PowerShell code into commands, roughly: brackets of all kinds end a command and begin
 * another one.
 */
public final class PowerShellTokens {
  /**
   * A command.
   *
   * @param words without their quotes
   * @param isPiped it gets the output of the one before it
   * @param statement commands of one statement share this number
   * @param depth how many brackets it stands in
   * @param start where it begins in the code
   * @param end where it ends in the code
   */
  public record Command(
      List<String> words, boolean isPiped, int statement, int depth, int start, int end) {}

  /** The command whose argument is being read, with what was read of it; none for a block. */
  private record Outer(List<String> words, boolean isPiped, int firstInner, int start) {}

  /** After these, a bracket holds no argument, but a condition. */
  private static final Set<String> KEYWORDS =
      Set.of("if", "elseif", "while", "until", "for", "foreach", "switch", "param", "catch");

  /** What an argument in brackets is worth when nobody can tell. */
  private static final String UNKNOWN = "(…)";

  private static final int MOST_OPERANDS = 8;

  private final String code;
  private final List<Command> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private final Deque<Optional<Outer>> outers = new ArrayDeque<>();
  private boolean isWord;
  private boolean isPiped;
  private boolean isComplete = true;
  private int statement;
  private int brackets;
  private boolean isCalled;
  private int position;
  private int start;

  public PowerShellTokens(String code) {
    this.code = code;
  }

  public boolean isComplete() {
    return isComplete;
  }

  public List<Command> commands() {
    while (position < code.length()) {
      read(code.charAt(position++));
    }
    endCommand(false);
    isComplete &= brackets == 0;
    while (!outers.isEmpty()) {
      close();
    }
    return commands;
  }

  private void read(char c) {
    switch (c) {
      case ' ', '\t', '\r' -> endWord();
      case '\n', ';' -> endStatement();
      case '|' -> endCommand(peek() != '|');
      case '&' -> readAmpersand();
      case '(', '{' -> {
        readOpening(c);
        brackets++;
      }
      case ')', '}' -> {
        close();
        brackets--;
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
      case '>' -> {
        endWord();
        append('>');
        while (peek() == '>') {
          append(code.charAt(position++));
        }
        endWord();
      }
      case '+' -> {
        // Two quoted texts with a plus between them are one.
        boolean isJoin =
            isWord && position > 1 && isQuote(code.charAt(position - 2)) && isQuote(peek());
        if (!isJoin) {
          append(c);
        }
      }
      // PowerShell takes every dash for a minus (about_Quoting_Rules says the same of quotes).
      case '\u2013', '\u2014', '\u2015' -> append(isWord ? c : '-');
      default -> append(c);
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private char peek() {
    return position < code.length() ? code.charAt(position) : '\0';
  }

  private void append(char c) {
    isCalled = false;
    word.append(c);
    isWord = true;
  }

  /** {@code &} calls what follows; {@code &&} ends a command. */
  private void readAmpersand() {
    boolean isCall = peek() != '&';
    if (!isCall) {
      position++;
    }
    endCommand(false);
    isCalled = isCall;
  }

  /** {@code ${env:NAME}} is a variable, {@code .Create(} a part of its word. */
  private void readOpening(char c) {
    boolean isVariable = c == '{' && isWord && word.charAt(word.length() - 1) == '$';
    int end = isVariable ? code.indexOf('}', position) : -1;
    if (end < 0) {
      open(c);
      return;
    }
    word.append(code, position - 1, end + 1);
    position = end + 1;
    brackets--;
  }

  private void open(char c) {
    boolean isCall = c == '(' && isCalled && words.isEmpty() && !isWord;
    boolean isArgument = isCall || (c == '(' && (isWord || !words.isEmpty()) && !isAfterKeyword());
    isCalled = false;
    if (!isArgument) {
      endCommand(false);
      outers.push(Optional.empty());
      return;
    }
    endWord();
    outers.push(Optional.of(new Outer(words, isPiped, commands.size(), start)));
    words = new ArrayList<>();
    isPiped = false;
  }

  private boolean isAfterKeyword() {
    String first = words.isEmpty() ? word.toString() : words.getFirst();
    boolean isLast = words.size() + (isWord ? 1 : 0) == 1;
    return isLast && KEYWORDS.contains(first.toLowerCase(Locale.ROOT));
  }

  /** Goes back to the command around the bracket, to which the bracket is an argument. */
  private void close() {
    endCommand(false);
    Optional<Outer> outer = outers.isEmpty() ? Optional.empty() : outers.pop();
    if (outer.isPresent()) {
      int inner = commands.size() - outer.get().firstInner();
      Optional<Command> only = inner == 1 ? Optional.of(commands.getLast()) : Optional.empty();
      words = outer.get().words();
      words.addAll(only.map(PowerShellTokens::worth).orElse(List.of(UNKNOWN)));
      isPiped = outer.get().isPiped();
      start = outer.get().start();
    }
  }

  /** What a command in brackets gives as an argument, where that can be told. */
  private static List<String> worth(Command command) {
    List<String> words = command.words();
    List<String> operands = new ArrayList<>();
    for (String word : words.subList(1, words.size())) {
      if (!word.startsWith("-") && operands.size() < MOST_OPERANDS) {
        operands.add(word);
      }
    }
    return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
      case "get-childitem", "gci", "ls", "dir", "get-item", "gi", "resolve-path", "rvpa" ->
          operands.isEmpty() ? List.of(UNKNOWN) : operands;
      case "join-path" ->
          operands.size() < 2 ? List.of(UNKNOWN) : List.of(String.join("\\", operands));
      default -> {
        if (words.contains("+")) {
          yield List.of(String.join("", words).replace("+", ""));
        }
        boolean isList = words.size() == 1 || words.getFirst().endsWith(",");
        yield isList ? words : List.of(UNKNOWN);
      }
    };
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

  /** The sign that ends a command is not part of it. */
  private int end() {
    return position < code.length() ? position - 1 : position;
  }

  private void endCommand(boolean isPipe) {
    endWord();
    if (!words.isEmpty()) {
      commands.add(new Command(words, isPiped, statement, brackets, start, end()));
      words = new ArrayList<>();
      isPiped = isPipe;
    } else {
      isPiped |= isPipe;
    }
    start = position;
  }

  private void endStatement() {
    endCommand(false);
    isPiped = false;
    if (brackets == 0) {
      statement++;
    }
  }
}
