package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one word of shell code: takes quotes and escapes away, keeps expansions as pieces, and
 * parses the commands inside it.
 */
final class WordReader {
  private final Cursor code;
  private final Shell shell;
  private final PosixParser parser;
  private final ParameterReader parameters;

  private WordBuilder word = new WordBuilder();

  WordReader(Cursor code, Shell shell, PosixParser parser) {
    this.code = code;
    this.shell = shell;
    this.parser = parser;
    parameters = new ParameterReader(code, this, shell);
  }

  /** The word that begins here. Always reads at least one character. */
  Word word() {
    WordBuilder outer = begin();
    readWord();
    return end(outer);
  }

  /** Begins a word while another one may be half read: commands inside a word have words too. */
  WordBuilder begin() {
    WordBuilder outer = word;
    word = new WordBuilder();
    return outer;
  }

  /** Ends the word, and goes on with the one around it. */
  Word end(WordBuilder outer) {
    Word read = word.build();
    word = outer;
    return read;
  }

  private void readWord() {
    while (!code.isAtEnd()) {
      char c = code.peek();
      if (c == '(' && isAttachedBracket()) {
        readPattern();
      } else if (isFileSubstitution()) {
        readSubstitution(2, true, false);
      } else if (c == '(' && shell == Shell.FISH) {
        readSubstitution(1, false, false);
      } else if (Cursor.isMeta(c)) {
        return;
      } else if (c == '$' && isFieldSeparator()) {
        skipFieldSeparator();
        return;
      } else {
        readPart(false);
      }
    }
  }

  /** Reads one sign, quote or expansion. */
  void readPart(boolean isQuoted) {
    char c = code.next();
    switch (c) {
      case '\\' -> readEscape();
      case '\'' -> {
        if (isQuoted) {
          word.append(c, true);
        } else {
          readSingleQuoted();
        }
      }
      case '"' -> readDoubleQuoted();
      case '`' -> readBackticks(isQuoted);
      case '$' -> readDollar(isQuoted);
      default -> word.append(c, isQuoted);
    }
  }

  private void readEscape() {
    if (code.isAtEnd()) {
      code.markIncomplete();
    } else if (code.peek() == '\n') {
      code.skip(1);
    } else {
      word.quote();
      word.append(code.next(), true);
    }
  }

  private void readSingleQuoted() {
    word.quote();
    if (shell != Shell.FISH) {
      word.append(code.until('\''), true);
      return;
    }
    while (!code.isAtEnd() && code.peek() != '\'') {
      boolean isEscape = code.peek() == '\\' && "\\'".indexOf(code.peek(1)) >= 0;
      code.skip(isEscape ? 1 : 0);
      word.append(code.next(), true);
    }
    closeQuote();
  }

  private void readDoubleQuoted() {
    word.quote();
    while (!code.isAtEnd() && code.peek() != '"') {
      char c = code.next();
      if (c == '\\' && "$`\"\\\n".indexOf(code.peek()) >= 0 && !code.isAtEnd()) {
        char escaped = code.next();
        word.append(escaped == '\n' ? "" : String.valueOf(escaped), true);
      } else if (c == '$') {
        readDollar(true);
      } else if (c == '`' && shell != Shell.FISH) {
        readBackticks(true);
      } else {
        word.append(c, true);
      }
    }
    closeQuote();
  }

  private void closeQuote() {
    if (code.isAtEnd()) {
      code.markIncomplete();
    }
    code.skip(1);
  }

  /** The code between backticks, where a backslash protects a backtick, a dollar or itself. */
  private void readBackticks(boolean isQuoted) {
    StringBuilder inner = new StringBuilder();
    while (!code.isAtEnd() && code.peek() != '`') {
      boolean isEscape = code.peek() == '\\' && "`$\\".indexOf(code.peek(1)) >= 0;
      code.skip(isEscape ? 1 : 0);
      inner.append(code.next());
    }
    closeQuote();
    Script script = PosixParser.parse(inner.toString(), shell, code.depth());
    code.absorb(script);
    word.add(new Output(script.pipelines(), false, isQuoted));
  }

  void readDollar(boolean isQuoted) {
    char c = code.peek();
    if (code.startsWith("((") && code.isArithmetic()) {
      readArithmetic();
    } else if (c == '(') {
      readSubstitution(1, false, isQuoted);
    } else if (c == '{') {
      code.skip(1);
      word.add(parameters.braced(isQuoted));
    } else if (c == '\'' && !isQuoted) {
      code.skip(1);
      word.quote();
      AnsiQuoted.read(code, word.text(true));
    } else if (c == '"' && !isQuoted) {
      code.skip(1);
      readDoubleQuoted();
    } else {
      Piece variable = parameters.plain(isQuoted);
      if (variable == null) {
        word.append('$', isQuoted);
      } else {
        word.add(variable);
      }
    }
  }

  /** {@code $IFS} outside of quotes separates words, and is used for nothing else. */
  private boolean isFieldSeparator() {
    return code.startsWith("${IFS")
        || (code.startsWith("$IFS") && !Character.isLetterOrDigit(code.peek(4)));
  }

  private void skipFieldSeparator() {
    if (code.startsWith("${IFS")) {
      code.until('}');
    } else {
      // "$IFS$9": a parameter that is never set keeps the name apart from what follows.
      code.skip("$IFS".length());
      code.skip(code.peek() == '$' && Character.isDigit(code.peek(1)) ? 2 : 0);
    }
  }

  private boolean isFileSubstitution() {
    return code.startsWith("<(")
        || code.startsWith(">(")
        || (shell == Shell.ZSH && word.isEmpty() && code.startsWith("=("));
  }

  private void readSubstitution(int signLength, boolean isFile, boolean isQuoted) {
    code.skip(signLength);
    List<Pipeline> body = parser.bracket(")");
    word.add(new Output(body, isFile || isFileOfFish(body), isQuoted));
  }

  /** {@code (COMMANDS | psub)} of fish is the name of a file with what they write. */
  private boolean isFileOfFish(List<Pipeline> body) {
    return shell == Shell.FISH
        && !body.isEmpty()
        && body.getLast().stages().getLast() instanceof SimpleCommand command
        && !command.words().isEmpty()
        && command.words().getFirst().text().equals("psub");
  }

  /**
   * A bracket that belongs to a pattern or a list: {@code !(a|b)}, {@code *(.)}, {@code a=(b c)}.
   */
  private boolean isAttachedBracket() {
    char before = word.last();
    if (before == '\0' || !word.isBare() || shell == Shell.FISH) {
      return false;
    }
    return "?*+@!=".indexOf(before) >= 0 || (shell == Shell.ZSH && code.peek(1) != ')');
  }

  private void readPattern() {
    int depth = 0;
    do {
      char c = code.peek();
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
      if (c == '\\' || c == '\'' || c == '"' || c == '$' || c == '`') {
        readPart(false);
      } else {
        word.append(code.next(), false);
      }
    } while (depth > 0 && !code.isAtEnd());
    if (depth > 0) {
      code.markIncomplete();
    }
  }

  /** {@code ((…))} as a word, for the sake of the commands inside it. */
  Word arithmetic() {
    WordBuilder outer = begin();
    readArithmetic();
    return end(outer);
  }

  private void readArithmetic() {
    WordBuilder outer = begin();
    readCalculation();
    Word inner = end(outer);
    for (Piece output : inner.outputs()) {
      word.add(output);
    }
    word.append("0", true);
  }

  private void readCalculation() {
    int depth = 0;
    do {
      char c = code.next();
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == '$') {
        readDollar(true);
      } else if (c == '`') {
        readBackticks(true);
      }
    } while (depth > 0 && !code.isAtEnd());
    if (depth > 0) {
      code.markIncomplete();
    }
  }

  /** The words of {@code [[ … ]]}, where signs have other meanings. */
  List<Word> test() {
    List<Word> words = new ArrayList<>();
    while (!code.isAtEnd()) {
      code.skipBlanks();
      if (code.isAtWord("]]")) {
        return words;
      }
      if (Cursor.isMeta(code.peek()) && !isFileSubstitution()) {
        code.skip(1);
      } else {
        words.add(word());
      }
    }
    code.markIncomplete();
    return words;
  }
}
