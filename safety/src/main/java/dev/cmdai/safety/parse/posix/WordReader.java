package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Word.Substitution;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one word of shell code: takes quotes and escapes away, follows the expansions whose result
 * is known, and parses the commands inside it.
 */
final class WordReader {
  private final Cursor code;
  private final Shell shell;
  private final PosixParser parser;

  private StringBuilder text = new StringBuilder();
  private List<Substitution> substitutions = new ArrayList<>();
  private boolean isBare;
  private boolean hasUnknown;

  WordReader(Cursor code, Shell shell, PosixParser parser) {
    this.code = code;
    this.shell = shell;
    this.parser = parser;
  }

  /** The word that begins here. Always reads at least one character. */
  Word word() {
    return fresh(this::readWord);
  }

  /** Reads a word while another one may be half read: commands inside a word have words too. */
  private Word fresh(Runnable reading) {
    StringBuilder outerText = text;
    List<Substitution> outerSubstitutions = substitutions;
    boolean wasBare = isBare;
    boolean hadUnknown = hasUnknown;
    text = new StringBuilder();
    substitutions = new ArrayList<>();
    isBare = true;
    hasUnknown = false;
    reading.run();
    Word word = new Word(text.toString(), isBare, hasUnknown, substitutions);
    text = outerText;
    substitutions = outerSubstitutions;
    isBare = wasBare;
    hasUnknown = hadUnknown;
    return word;
  }

  private void readWord() {
    while (!code.isAtEnd()) {
      char c = code.peek();
      if (c == '(' && isAttachedBracket()) {
        readPattern();
      } else if (isFileSubstitution()) {
        readSubstitution(2, true);
      } else if (c == '(' && shell == Shell.FISH) {
        readSubstitution(1, false);
      } else if (Cursor.isMeta(c)) {
        return;
      } else if (c == '$' && isFieldSeparator()) {
        skipFieldSeparator();
        return;
      } else {
        readPart();
      }
    }
  }

  private void readPart() {
    char c = code.next();
    switch (c) {
      case '\\' -> readEscape();
      case '\'' -> readSingleQuoted();
      case '"' -> readDoubleQuoted();
      case '`' -> readBackticks();
      case '$' -> readDollar(false);
      default -> text.append(c);
    }
  }

  private void readEscape() {
    if (code.isAtEnd()) {
      code.markIncomplete();
    } else if (code.peek() == '\n') {
      code.skip(1);
    } else {
      quote();
      text.append(code.next());
    }
  }

  /** A quoted tilde is no home folder, but a name. */
  private void quote() {
    if (text.isEmpty() && code.peek() == '~') {
      text.append("./");
    }
    isBare = false;
  }

  private void readSingleQuoted() {
    quote();
    if (shell != Shell.FISH) {
      text.append(code.until('\''));
      return;
    }
    while (!code.isAtEnd() && code.peek() != '\'') {
      boolean isEscape = code.peek() == '\\' && "\\'".indexOf(code.peek(1)) >= 0;
      code.skip(isEscape ? 1 : 0);
      text.append(code.next());
    }
    closeQuote();
  }

  private void readDoubleQuoted() {
    quote();
    while (!code.isAtEnd() && code.peek() != '"') {
      char c = code.next();
      if (c == '\\' && "$`\"\\\n".indexOf(code.peek()) >= 0 && !code.isAtEnd()) {
        char escaped = code.next();
        text.append(escaped == '\n' ? "" : String.valueOf(escaped));
      } else if (c == '$') {
        readDollar(true);
      } else if (c == '`' && shell != Shell.FISH) {
        readBackticks();
      } else {
        text.append(c);
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
  private void readBackticks() {
    StringBuilder inner = new StringBuilder();
    while (!code.isAtEnd() && code.peek() != '`') {
      boolean isEscape = code.peek() == '\\' && "`$\\".indexOf(code.peek(1)) >= 0;
      code.skip(isEscape ? 1 : 0);
      inner.append(code.next());
    }
    closeQuote();
    Script script = PosixParser.parse(inner.toString(), shell, code.depth());
    code.absorb(script);
    addSubstitution(script.pipelines(), false);
  }

  private void readDollar(boolean isQuoted) {
    char c = code.peek();
    if (code.startsWith("((") && code.isArithmetic()) {
      readArithmetic();
    } else if (c == '(') {
      readSubstitution(1, false);
    } else if (c == '{') {
      code.skip(1);
      readBracedParameter(isQuoted);
    } else if (c == '\'' && !isQuoted) {
      code.skip(1);
      isBare = false;
      AnsiQuoted.read(code, text);
    } else if (c == '"' && !isQuoted) {
      code.skip(1);
      readDoubleQuoted();
    } else if (Character.isLetter(c) || c == '_') {
      addParameter(name());
    } else if (Character.isDigit(c) || (c != '\0' && "@*#?$!-".indexOf(c) >= 0)) {
      code.skip(1);
      addUnknown("$" + c);
    } else {
      text.append('$');
    }
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (Character.isLetterOrDigit(code.peek()) || code.peek() == '_') {
      name.append(code.next());
    }
    return name.toString();
  }

  /** {@code ${NAME}} and its forms with a default or a pattern, whose commands are parsed too. */
  private void readBracedParameter(boolean isQuoted) {
    String name = name();
    int depth = 1;
    boolean isPlain = code.peek() == '}';
    int length = text.length();
    while (!code.isAtEnd() && depth > 0) {
      char c = code.peek();
      if (c == '}') {
        depth--;
        code.skip(1);
      } else if (c == '{') {
        depth++;
        code.skip(1);
      } else if (c == '\'' && !isQuoted) {
        code.skip(1);
        code.until('\'');
      } else if (c == '\\') {
        code.skip(2);
      } else if (c == '`') {
        code.skip(1);
        readBackticks();
      } else if (code.startsWith("$(")) {
        code.skip(1);
        readDollar(true);
      } else {
        code.skip(1);
      }
    }
    if (depth > 0) {
      code.markIncomplete();
    }
    text.setLength(length);
    addParameter(isPlain || name.equals("HOME") ? name : name + "…");
  }

  private void addParameter(String name) {
    switch (name) {
      case "HOME" -> {
        // "/$HOME" is the home folder as well.
        if (isOnlySlashes()) {
          text.setLength(0);
        }
        text.append('~');
      }
      case "PWD" -> text.append(text.isEmpty() ? "." : "$PWD");
      default -> addUnknown("$" + name);
    }
  }

  private boolean isOnlySlashes() {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '/') {
        return false;
      }
    }
    return true;
  }

  private void addUnknown(String written) {
    hasUnknown = true;
    text.append(written);
  }

  /** {@code $IFS} outside of quotes separates words, and is used for nothing else. */
  private boolean isFieldSeparator() {
    return code.startsWith("${IFS}")
        || (code.startsWith("$IFS") && !Character.isLetterOrDigit(code.peek(4)));
  }

  private void skipFieldSeparator() {
    code.skip(code.startsWith("${IFS}") ? "${IFS}".length() : "$IFS".length());
  }

  private boolean isFileSubstitution() {
    return code.startsWith("<(")
        || code.startsWith(">(")
        || (shell == Shell.ZSH && text.isEmpty() && code.startsWith("=("));
  }

  private void readSubstitution(int signLength, boolean isFile) {
    code.skip(signLength);
    addSubstitution(parser.bracket(')'), isFile);
  }

  private void addSubstitution(List<Pipeline> body, boolean isFile) {
    substitutions.add(new Substitution(body, isFile));
    hasUnknown = true;
    text.append(isFile ? "<(…)" : "$(…)");
  }

  /**
   * A bracket that belongs to a pattern or a list: {@code !(a|b)}, {@code *(.)}, {@code a=(b c)}.
   */
  private boolean isAttachedBracket() {
    if (text.isEmpty() || !isBare || shell == Shell.FISH) {
      return false;
    }
    char before = text.charAt(text.length() - 1);
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
        readPart();
      } else {
        text.append(code.next());
      }
    } while (depth > 0 && !code.isAtEnd());
    if (depth > 0) {
      code.markIncomplete();
    }
  }

  /** {@code ((…))} as a word, for the sake of the commands inside it. */
  Word arithmetic() {
    return fresh(this::readArithmetic);
  }

  private void readArithmetic() {
    int length = text.length();
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
        readBackticks();
      }
    } while (depth > 0 && !code.isAtEnd());
    if (depth > 0) {
      code.markIncomplete();
    }
    text.setLength(length);
    addUnknown("0");
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
