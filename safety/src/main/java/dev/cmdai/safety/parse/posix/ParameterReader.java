package dev.cmdai.safety.parse.posix;

import dev.cmdai.safety.parse.posix.Piece.Variable;
import dev.cmdai.shell.Shell;
import org.jspecify.annotations.Nullable;

/** Reads {@code $NAME} and {@code ${NAME…}} (POSIX.1-2024, section 2.6.2, and bash's additions). */
final class ParameterReader {
  private static final Word NOTHING = Word.literal("");

  private final Cursor code;
  private final WordReader words;
  private final Shell shell;

  ParameterReader(Cursor code, WordReader words, Shell shell) {
    this.code = code;
    this.words = words;
    this.shell = shell;
  }

  /** What follows a dollar sign; null where that is no name. */
  @Nullable Variable plain(boolean isQuoted) {
    char c = code.peek();
    if (Character.isLetter(c) || c == '_') {
      String name = name();
      // To fish and zsh, that is an element of a list; it may be any of them.
      boolean isElement = code.peek() == '[' && (shell == Shell.FISH || shell == Shell.ZSH);
      if (isElement) {
        code.until(']');
      }
      return new Variable(name, "", NOTHING, isQuoted && !isElement);
    }
    if (Character.isDigit(c) || (c != '\0' && "@*#?$!-".indexOf(c) >= 0)) {
      code.skip(1);
      return new Variable(String.valueOf(c), "", NOTHING, isQuoted);
    }
    return null;
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (Character.isLetterOrDigit(code.peek()) || code.peek() == '_') {
      name.append(code.next());
    }
    return name.toString();
  }

  /** The opening brace was read. */
  Variable braced(boolean isQuoted) {
    if (!code.enter()) {
      code.leave();
      return new Variable("", "", NOTHING, isQuoted);
    }
    String prefix = "";
    if (shell == Shell.ZSH) {
      skipFlags();
    }
    char first = code.peek();
    if ((first == '!' || first == '#') && code.peek(1) != '}') {
      prefix = String.valueOf(code.next());
    }
    String name = name();
    if (name.isEmpty() && "@*?$!-#".indexOf(code.peek()) >= 0 && !code.isAtEnd()) {
      name = String.valueOf(code.next());
    }
    boolean isList = name.equals("@");
    if (code.peek() == '[') {
      // Which element that is, nobody looks up: it may be any of the list.
      code.skip(1);
      isList |= !code.until(']').equals("*");
    }
    String operator = operator();
    WordBuilder outer = words.begin();
    readOperand(isQuoted);
    Word operand = words.end(outer);
    code.leave();
    boolean isPlain = operator.isEmpty() && operand.text().isEmpty();
    return new Variable(
        prefix.equals("#") ? "#" + name : prefix + name,
        isPlain ? "" : operator.isEmpty() ? "…" : operator,
        operand,
        isQuoted && !isList);
  }

  /** {@code ${(f)x}} and {@code ${=x}} of zsh: how the value is split and joined. */
  private void skipFlags() {
    if (code.peek() == '(') {
      code.until(')');
    }
    while ("=~^".indexOf(code.peek()) >= 0 && !code.isAtEnd()) {
      code.skip(1);
    }
  }

  private String operator() {
    StringBuilder operator = new StringBuilder();
    char c = code.peek();
    if (c == '}' || code.isAtEnd() || ":-=+?%#/^,".indexOf(c) < 0) {
      return "";
    }
    operator.append(code.next());
    char next = code.peek();
    boolean isDouble = "%#/^,".indexOf(c) >= 0 && next == c;
    boolean isAfterColon = c == ':' && next != '\0' && "-=+?".indexOf(next) >= 0;
    if (isDouble || isAfterColon) {
      operator.append(code.next());
    }
    return operator.toString();
  }

  private void readOperand(boolean isQuoted) {
    int depth = 1;
    while (!code.isAtEnd()) {
      char c = code.peek();
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        code.skip(1);
        return;
      }
      words.readPart(isQuoted);
    }
    code.markIncomplete();
  }
}
