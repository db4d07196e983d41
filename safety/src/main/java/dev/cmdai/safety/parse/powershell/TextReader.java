package dev.cmdai.safety.parse.powershell;

import dev.cmdai.safety.parse.powershell.Expression.Constant;
import dev.cmdai.safety.parse.powershell.Expression.Expandable;
import dev.cmdai.safety.parse.powershell.Expression.Inner;
import dev.cmdai.safety.parse.powershell.Expression.Variable;
import java.util.ArrayList;
import java.util.List;

/** Reads quoted texts, bare words and variables (about_Quoting_Rules). */
final class TextReader {
  private static final String ENDS = " \t\r\n\u00A0;|&(){},<>";

  private final Source source;
  private final StatementReader statements;

  TextReader(Source source, StatementReader statements) {
    this.source = source;
    this.statements = statements;
  }

  /** A text in quotes of either kind, or between {@code @"} and {@code "@}. */
  Expression quoted() {
    if (source.peek() == '@') {
      source.next();
      boolean isPlain = Source.isSingleQuote(source.next());
      source.go(source.position() + (source.peek() == '\r' ? 1 : 0));
      source.go(source.position() + (source.peek() == '\n' ? 1 : 0));
      return isPlain ? new Constant(source.upTo("\n'@")) : hereText();
    }
    Parts parts = new Parts();
    char quote = source.next();
    if (Source.isSingleQuote(quote)) {
      single(parts);
    } else {
      twice(parts);
    }
    return parts.whole();
  }

  private Expression hereText() {
    Parts parts = new Parts();
    while (!source.isAtEnd() && !source.take("\n\"@")) {
      inTwo(source.next(), parts);
    }
    return parts.whole();
  }

  private void single(Parts parts) {
    while (!source.isAtEnd()) {
      char c = source.next();
      if (!Source.isSingleQuote(c)) {
        parts.add(c);
      } else if (Source.isSingleQuote(source.peek())) {
        parts.add(source.next());
      } else {
        return;
      }
    }
    source.missing();
  }

  private void twice(Parts parts) {
    while (!source.isAtEnd()) {
      char c = source.next();
      if (!Source.isDoubleQuote(c)) {
        inTwo(c, parts);
      } else if (Source.isDoubleQuote(source.peek())) {
        parts.add(source.next());
      } else {
        return;
      }
    }
    source.missing();
  }

  /** A sign in a text with values, or in a bare word. */
  private void inTwo(char c, Parts parts) {
    if (c == '`' && !source.isAtEnd()) {
      escaped(parts);
    } else if (c == '$') {
      dollar(parts, false);
    } else {
      parts.add(c);
    }
  }

  private void escaped(Parts parts) {
    char c = source.next();
    switch (c) {
      case 'n' -> parts.add('\n');
      case 't' -> parts.add('\t');
      case 'r' -> parts.add('\r');
      case '0', 'a', 'b', 'f', 'v', 'e' -> parts.add(' ');
      case '\n' -> {}
      case 'u' -> {
        if (source.peek() == '{') {
          source.next();
          unicode(source.upTo("}"), parts);
        } else {
          parts.add(c);
        }
      }
      default -> parts.add(c);
    }
  }

  private static void unicode(String digits, Parts parts) {
    if (!digits.isEmpty() && digits.length() < 6 && digits.matches("[0-9a-fA-F]+")) {
      parts.add((char) Integer.parseInt(digits, 16));
    }
  }

  private void dollar(Parts parts, boolean isBare) {
    source.go(source.position() - 1);
    int start = source.position();
    Expression value = dollar();
    if (value instanceof Constant constant) {
      parts.add(constant.text());
      return;
    }
    boolean isWord = isBare && parts.isEmpty();
    parts.add(isWord ? statements.expressions().postfix(value, start, true) : value);
  }

  /** {@code $name}, {@code ${name}}, {@code $(…)}; a dollar alone stands for itself. */
  Expression dollar() {
    int start = source.position();
    source.next();
    char c = source.peek();
    if (c == '(') {
      source.next();
      Script body = statements.bracketed(')');
      return new Inner(body, source.written(start));
    }
    if (c == '{') {
      source.next();
      return new Variable(source.upTo("}").replace("`", ""));
    }
    if (c == '$' || c == '^' || c == '?') {
      source.next();
      return new Variable(String.valueOf(c));
    }
    StringBuilder name = new StringBuilder();
    while (Source.isNameChar(source.peek())
        || (source.peek() == ':' && Source.isNameChar(source.peek(1)) && !name.isEmpty())) {
      name.append(source.next());
    }
    return name.isEmpty() ? new Constant("$") : new Variable(name.toString());
  }

  /** A word without quotes around it; a part of it may be quoted. */
  Expression bare() {
    Parts parts = new Parts();
    while (!source.isAtEnd() && ENDS.indexOf(source.peek()) < 0) {
      char c = source.next();
      if (Source.isSingleQuote(c)) {
        single(parts);
      } else if (Source.isDoubleQuote(c)) {
        twice(parts);
      } else if (c == '`' && !source.isAtEnd()) {
        bareEscape(parts);
      } else if (c == '$') {
        dollar(parts, true);
      } else {
        parts.add(c);
      }
    }
    return parts.whole();
  }

  /** Outside of quotes few letters mean something behind a backtick that is worth telling. */
  private void bareEscape(Parts parts) {
    char c = source.next();
    if (c != '\n' && c != '\r') {
      parts.add(c);
    }
  }

  /** The rest of a line, for {@code --%}: no sign in it means anything but a bar. */
  List<String> verbatim() {
    StringBuilder rest = new StringBuilder();
    while (!source.isAtEnd() && source.peek() != '\n' && source.peek() != '|') {
      rest.append(source.next());
    }
    return List.of(rest.toString().strip().split("\\s+", -1));
  }

  /** What a text is put together from. */
  private static final class Parts {
    private final List<Expression> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void add(char c) {
      text.append(c);
    }

    void add(String more) {
      text.append(more);
    }

    void add(Expression part) {
      endText();
      parts.add(part);
    }

    boolean isEmpty() {
      return parts.isEmpty() && text.isEmpty();
    }

    private void endText() {
      if (!text.isEmpty()) {
        parts.add(new Constant(text.toString()));
        text.setLength(0);
      }
    }

    Expression whole() {
      endText();
      if (parts.isEmpty()) {
        return new Constant("");
      }
      return parts.size() == 1 ? parts.getFirst() : new Expandable(parts);
    }
  }
}
