package dev.cmdai.safety.parse.powershell;

import dev.cmdai.safety.parse.powershell.Expression.Constant;
import dev.cmdai.safety.parse.powershell.Expression.Index;
import dev.cmdai.safety.parse.powershell.Expression.Inner;
import dev.cmdai.safety.parse.powershell.Expression.Listing;
import dev.cmdai.safety.parse.powershell.Expression.Member;
import dev.cmdai.safety.parse.powershell.Expression.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads expressions with their operators (about_Operator_Precedence). */
final class ExpressionReader {
  private static final int LOOSEST = 0;
  private static final int COMPARISON = 1;
  private static final int SUM = 2;
  private static final int PRODUCT = 3;
  private static final int FORMAT = 4;
  private static final int TIGHTEST = 5;

  private static final Set<String> LOGICAL = Set.of("and", "or", "xor", "band", "bor", "bxor");

  private final Source source;
  private final StatementReader statements;
  private final TextReader texts;
  private final ValueReader values;

  ExpressionReader(Source source, StatementReader statements, TextReader texts) {
    this.source = source;
    this.statements = statements;
    this.texts = texts;
    values = new ValueReader(source, statements, texts, this);
  }

  Expression whole() {
    return operation(LOOSEST);
  }

  private Expression operation(int level) {
    if (level > TIGHTEST) {
      return listed();
    }
    int start = source.position();
    Expression left = operation(level + 1);
    for (String operator = operator(level); !operator.isEmpty(); operator = operator(level)) {
      source.skipLines();
      Expression right = operation(level + 1);
      left = new Operation(operator, left, right, source.written(start));
    }
    return left;
  }

  /** Reads an operator of the level; nothing where none of them stands there. */
  private String operator(int level) {
    int at = source.position();
    source.skipBlanks();
    char c = source.peek();
    String found = "";
    if (Source.isDash(c) && Character.isLetter(source.peek(1))) {
      source.next();
      String word = source.word().toLowerCase(Locale.ROOT);
      if (level == levelOf(word)) {
        source.go(source.position() + word.length());
        found = word;
      }
    } else if (level == SUM && (c == '+' || Source.isDash(c)) && !isAssignment(1)) {
      found = source.next() == '+' ? "+" : "-";
    } else if (level == PRODUCT && (c == '*' || c == '/' || c == '%') && !isAssignment(1)) {
      found = String.valueOf(source.next());
    } else if (level == TIGHTEST && c == '.' && source.peek(1) == '.') {
      source.go(source.position() + 2);
      found = "..";
    } else if (level == LOOSEST && c == '?' && source.peek(1) == '?' && !isAssignment(2)) {
      source.go(source.position() + 2);
      found = "??";
    }
    if (found.isEmpty()) {
      source.go(at);
    }
    return found;
  }

  private boolean isAssignment(int ahead) {
    char c = source.peek(ahead);
    return c == '=' || c == source.peek();
  }

  private static int levelOf(String word) {
    return LOGICAL.contains(word) ? LOOSEST : word.equals("f") ? FORMAT : COMPARISON;
  }

  private Expression listed() {
    Expression first = unary();
    if (!isComma()) {
      return first;
    }
    List<Expression> items = new ArrayList<>();
    items.add(first);
    while (isComma()) {
      source.next();
      source.skipLines();
      items.add(unary());
    }
    return new Listing(items);
  }

  private boolean isComma() {
    int at = source.position();
    source.skipBlanks();
    if (source.peek() == ',') {
      return true;
    }
    source.go(at);
    return false;
  }

  private Expression unary() {
    int start = source.position();
    StringBuilder operator = new StringBuilder();
    char c = source.peek();
    if (c == '!' || c == ',' || c == '+' || (Source.isDash(c) && !isWordBehind())) {
      operator.append(source.next());
    } else if (Source.isDash(c)) {
      source.next();
      String word = source.word();
      source.go(source.position() + word.length());
      operator.append(word.toLowerCase(Locale.ROOT));
    } else {
      return postfixed(start);
    }
    if (!source.enter()) {
      return Expression.NOTHING;
    }
    source.skipBlanks();
    Expression of = unary();
    source.leave();
    return new Operation(operator.toString(), Expression.NOTHING, of, source.written(start));
  }

  private boolean isWordBehind() {
    return Character.isLetter(source.peek(1));
  }

  /** A value with members, indexes and calls behind it. */
  Expression postfixed(int start) {
    return postfix(values.read(), start, false);
  }

  /**
   * What stands behind a value.
   *
   * @param isBare the value begins a bare word, in which a dot may be just a dot
   */
  Expression postfix(Expression value, int start, boolean isBare) {
    Expression whole = value;
    while (!source.isAtEnd()) {
      boolean isStatic = source.peek() == ':' && source.peek(1) == ':';
      boolean isSafe = source.peek() == '?' && source.peek(1) == '.';
      boolean isMember = source.peek() == '.' && isMemberName(source.peek(1), isBare);
      if (isStatic || isSafe || isMember) {
        source.go(source.position() + (isMember ? 1 : 2));
        whole = member(whole, start);
      } else if (source.peek() == '[' && !source.isAtEnd()) {
        source.next();
        Script index = statements.bracketed(']');
        whole = new Index(whole, new Inner(index, ""), source.written(start));
      } else {
        // "$i++" gives what the variable holds.
        source.go(source.position() + (isCounter() ? 2 : 0));
        return whole;
      }
    }
    return whole;
  }

  private boolean isCounter() {
    char c = source.peek();
    return (c == '+' || c == '-') && source.peek(1) == c;
  }

  private static boolean isMemberName(char c, boolean isBare) {
    return Source.isNameChar(c) || (!isBare && "$('\"".indexOf(c) >= 0);
  }

  private Expression member(Expression of, int start) {
    Expression name;
    char c = source.peek();
    if (c == '$') {
      name = texts.dollar();
    } else if (c == '(' || Source.isSingleQuote(c) || Source.isDoubleQuote(c)) {
      name = values.read();
    } else {
      StringBuilder word = new StringBuilder();
      while (Source.isNameChar(source.peek())) {
        word.append(source.next());
      }
      name = new Constant(word.toString());
    }
    List<Expression> arguments = List.of();
    boolean isCall = source.peek() == '(';
    if (isCall) {
      source.next();
      arguments = List.of(new Inner(statements.bracketed(')'), ""));
    } else if (source.peek() == '{') {
      isCall = true;
      arguments = List.of(values.read());
    }
    return new Member(of, name, isCall, arguments, source.written(start));
  }
}
