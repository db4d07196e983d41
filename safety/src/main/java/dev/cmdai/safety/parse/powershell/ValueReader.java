package dev.cmdai.safety.parse.powershell;

import dev.cmdai.safety.parse.powershell.Expression.Block;
import dev.cmdai.safety.parse.powershell.Expression.Cast;
import dev.cmdai.safety.parse.powershell.Expression.Constant;
import dev.cmdai.safety.parse.powershell.Expression.Inner;
import dev.cmdai.safety.parse.powershell.Expression.Splat;
import dev.cmdai.safety.parse.powershell.Expression.Table;
import java.util.ArrayList;
import java.util.List;

/** Reads single values: texts, variables, numbers, types, tables and what stands in brackets. */
final class ValueReader {
  private final Source source;
  private final StatementReader statements;
  private final TextReader texts;
  private final ExpressionReader expressions;

  ValueReader(
      Source source, StatementReader statements, TextReader texts, ExpressionReader expressions) {
    this.source = source;
    this.statements = statements;
    this.texts = texts;
    this.expressions = expressions;
  }

  Expression read() {
    int start = source.position();
    char c = source.peek();
    if (Source.isSingleQuote(c) || Source.isDoubleQuote(c)) {
      return texts.quoted();
    }
    return switch (c) {
      case '$' -> texts.dollar();
      case '(' -> {
        source.next();
        yield new Inner(statements.bracketed(')'), source.written(start));
      }
      case '{' -> {
        source.next();
        yield new Block(statements.bracketed('}'));
      }
      case '@' -> at(start);
      case '[' -> type();
      default -> plain();
    };
  }

  private Expression at(int start) {
    char following = source.peek(1);
    if (Source.isSingleQuote(following) || Source.isDoubleQuote(following)) {
      return texts.quoted();
    }
    source.next();
    if (following == '(') {
      source.next();
      return new Inner(statements.bracketed(')'), source.written(start));
    }
    if (following == '{') {
      source.next();
      return table();
    }
    return texts.bare() instanceof Constant name ? new Splat(name.text()) : Expression.NOTHING;
  }

  private Expression table() {
    List<Expression> keys = new ArrayList<>();
    List<Statement> values = new ArrayList<>();
    if (!source.enter()) {
      return Expression.NOTHING;
    }
    source.skipSeparators();
    while (!source.isAtEnd() && source.peek() != '}') {
      int before = source.position();
      Expression key =
          Source.isNameChar(source.peek())
              ? new Constant(name())
              : expressions.postfixed(source.position());
      source.skipLines();
      if (source.take("=")) {
        source.skipLines();
        keys.add(key);
        values.add(statements.statement());
      } else if (source.position() == before) {
        source.next();
      }
      source.skipSeparators();
    }
    if (source.next() != '}') {
      source.missing();
    }
    source.leave();
    return new Table(keys, values);
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (Source.isNameChar(source.peek()) || source.peek() == '-') {
      name.append(source.next());
    }
    return name.toString();
  }

  /** {@code [type]}, {@code [type]VALUE}; the name may hold brackets itself. */
  private Expression type() {
    StringBuilder name = new StringBuilder();
    int open = 0;
    do {
      char c = source.next();
      open += c == '[' ? 1 : c == ']' ? -1 : 0;
      name.append(c);
    } while (open > 0 && !source.isAtEnd());
    if (open > 0 || name.length() < 2) {
      source.missing();
      return Expression.NOTHING;
    }
    String inner = name.substring(1, name.length() - 1);
    int at = source.position();
    source.skipBlanks();
    char c = source.peek();
    boolean isValue = "$('\"{[@".indexOf(c) >= 0 || Character.isDigit(c) || Source.isSingleQuote(c);
    if (!isValue || source.isAtEnd() || !source.enter()) {
      source.go(at);
      return new Expression.Type(inner);
    }
    Expression of = expressions.postfixed(source.position());
    source.leave();
    return new Cast(inner, of);
  }

  /** A number, or a word where none may stand. */
  private Expression plain() {
    StringBuilder word = new StringBuilder();
    while (Character.isLetterOrDigit(source.peek())
        || (source.peek() == '.' && Character.isDigit(source.peek(1)))) {
      word.append(source.next());
    }
    return word.isEmpty() ? Expression.NOTHING : new Constant(word.toString());
  }
}
