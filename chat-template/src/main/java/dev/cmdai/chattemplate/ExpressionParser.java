package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Syntax;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import dev.cmdai.chattemplate.Expression.CallArguments;
import dev.cmdai.chattemplate.Expression.FilterCall;
import dev.cmdai.chattemplate.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions, one method for each level of Jinja's grammar, loosest binding first. */
final class ExpressionParser {
  private final TokenStream tokens;

  /** The names read so far in the macro at hand, of those that have a meaning in macros. */
  Set<String> specialNames = new HashSet<>();

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  Expression expression() {
    tokens.deeper();
    Expression expression = or();
    while (tokens.skipName("if")) {
      Expression test = or();
      Expression otherwise = tokens.skipName("else") ? expression() : null;
      expression = new Expression.Conditional(test, expression, otherwise);
    }
    tokens.back();
    return expression;
  }

  /** Expressions with commas between them are a tuple, even without parentheses. */
  Expression tuple(boolean conditional) {
    if (isTupleEnd()) {
      throw tokens.expected("an expression");
    }
    Expression first = conditional ? expression() : or();
    if (!tokens.isAtOperator(",")) {
      return first;
    }
    List<Expression> items = new ArrayList<>();
    items.add(first);
    while (tokens.skipOperator(",") && !isTupleEnd()) {
      items.add(conditional ? expression() : or());
    }
    return new Expression.ListOf(items, true);
  }

  private boolean isTupleEnd() {
    return tokens.isAt(Kind.VARIABLE_END)
        || tokens.isAt(Kind.BLOCK_END)
        || tokens.isAtOperator(")")
        || tokens.isAtName("recursive");
  }

  private Expression or() {
    Expression left = and();
    while (tokens.skipName("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (tokens.skipName("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    if (!tokens.skipName("not")) {
      return comparison();
    }
    tokens.deeper();
    Expression operand = not();
    tokens.back();
    return new Expression.Not(operand);
  }

  private Expression comparison() {
    Expression first = sum();
    String operator = comparisonOperator();
    if (operator == null) {
      return first;
    }
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (operator != null) {
      operators.add(operator);
      operands.add(sum());
      operator = comparisonOperator();
    }
    return new Expression.Comparison(first, operators, operands);
  }

  private @Nullable String comparisonOperator() {
    Token token = tokens.current();
    if (token.kind() == Kind.OPERATOR) {
      return switch (token.text()) {
        case "==", "!=", "<", "<=", ">", ">=" -> tokens.next().text();
        default -> null;
      };
    }
    if (tokens.skipName("in")) {
      return "in";
    }
    if (token.isName("not") && tokens.lookAhead().isName("in")) {
      tokens.next();
      tokens.next();
      return "not in";
    }
    return null;
  }

  private Expression sum() {
    Expression left = concatenation();
    while (tokens.isAtOperator("+") || tokens.isAtOperator("-")) {
      left = new Expression.Binary(tokens.next().text(), left, concatenation());
    }
    return left;
  }

  private Expression concatenation() {
    Expression first = product();
    if (!tokens.isAtOperator("~")) {
      return first;
    }
    List<Expression> parts = new ArrayList<>();
    parts.add(first);
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return new Expression.Concatenation(parts);
  }

  private Expression product() {
    Expression left = power();
    while (tokens.isAtOperator("*")
        || tokens.isAtOperator("/")
        || tokens.isAtOperator("//")
        || tokens.isAtOperator("%")) {
      left = new Expression.Binary(tokens.next().text(), left, power());
    }
    return left;
  }

  /** Jinja, unlike Python, reads {@code 2 ** 3 ** 2} from the left. */
  private Expression power() {
    Expression left = unary(true);
    while (tokens.skipOperator("**")) {
      left = new Expression.Binary("**", left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean withFilters) {
    Expression expression;
    if (tokens.isAtOperator("-") || tokens.isAtOperator("+")) {
      tokens.deeper();
      boolean isMinus = tokens.next().text().equals("-");
      expression = new Expression.Sign(isMinus, unary(false));
      tokens.back();
    } else {
      expression = primary();
    }
    expression = postfix(expression);
    return withFilters ? filtersAndTests(expression) : expression;
  }

  Expression primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case NAME -> name(token.text());
      case STRING -> {
        if (!tokens.isAt(Kind.STRING)) {
          yield new Expression.Literal(token.text());
        }
        StringBuilder text = new StringBuilder(token.text());
        while (tokens.isAt(Kind.STRING)) {
          text.append(tokens.next().text());
        }
        yield new Expression.Literal(text.toString());
      }
      case INTEGER -> new Expression.Literal(integer(token));
      case FLOAT -> new Expression.Literal(Double.valueOf(token.text()));
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> parenthesised();
            case "[" -> list();
            case "{" -> dict();
            default -> throw new Syntax("unexpected '" + token.text() + "'", token.line());
          };
      default -> throw new Syntax("unexpected " + token.description(), token.line());
    };
  }

  private Expression name(String name) {
    return switch (name) {
      case "true", "True" -> new Expression.Literal(true);
      case "false", "False" -> new Expression.Literal(false);
      case "none", "None" -> new Expression.Literal(None.NONE);
      case "varargs", "kwargs", "caller" -> {
        specialNames.add(name);
        yield new Expression.Name(name);
      }
      default -> new Expression.Name(name);
    };
  }

  private static Long integer(Token token) {
    String text = token.text().replace("_", "");
    try {
      return text.length() > 1 && Character.isLetter(text.charAt(1))
          ? Long.valueOf(text.substring(2), radix(text.charAt(1)))
          : Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new Syntax("integer is malformed or has more than 64 bits: " + text, token.line());
    }
  }

  private static int radix(char letter) {
    return switch (letter) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      default -> 2;
    };
  }

  private Expression parenthesised() {
    Expression inner =
        tokens.isAtOperator(")") ? new Expression.ListOf(List.of(), true) : tuple(true);
    tokens.expectOperator(")");
    return inner;
  }

  private Expression list() {
    List<Expression> items = new ArrayList<>();
    while (!tokens.isAtOperator("]")) {
      items.add(expression());
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("]");
    return new Expression.ListOf(items, false);
  }

  private Expression dict() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.isAtOperator("}")) {
      keys.add(expression());
      tokens.expectOperator(":");
      values.add(expression());
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("}");
    return new Expression.DictOf(keys, values);
  }

  private Expression postfix(Expression start) {
    Expression expression = start;
    while (true) {
      if (tokens.skipOperator(".")) {
        Token member = tokens.next();
        expression =
            switch (member.kind()) {
              case NAME -> new Expression.Attribute(expression, member.text());
              case INTEGER ->
                  new Expression.Item(expression, new Expression.Literal(integer(member)));
              default -> throw new Syntax("expected name or number after '.'", member.line());
            };
      } else if (tokens.skipOperator("[")) {
        expression = subscript(expression);
      } else if (tokens.isAtOperator("(")) {
        expression = call(expression);
      } else {
        return expression;
      }
    }
  }

  private Expression call(Expression callee) {
    int line = tokens.current().line();
    return new Expression.Call(callee, arguments(), line);
  }

  private Expression subscript(Expression owner) {
    Expression start = tokens.isAtOperator(":") ? null : expression();
    Expression subscript;
    if (tokens.skipOperator(":")) {
      Expression stop = isSliceEnd() ? null : expression();
      Expression step = null;
      if (tokens.skipOperator(":")) {
        step = isSliceEnd() ? null : expression();
      }
      subscript = new Expression.Slice(owner, start, stop, step);
    } else {
      subscript = new Expression.Item(owner, java.util.Objects.requireNonNull(start));
    }
    if (tokens.isAtOperator(",")) {
      throw new Unsupported("a subscript with commas", tokens.current().line());
    }
    tokens.expectOperator("]");
    return subscript;
  }

  private boolean isSliceEnd() {
    return tokens.isAtOperator(":") || tokens.isAtOperator("]") || tokens.isAtOperator(",");
  }

  CallArguments arguments() {
    tokens.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Expression> named = new ArrayList<>();
    Expression star = null;
    Expression doubleStar = null;
    while (!tokens.isAtOperator(")")) {
      Token token = tokens.current();
      boolean inOrder = star == null && doubleStar == null;
      if (tokens.skipOperator("*")) {
        star = expression();
      } else if (tokens.skipOperator("**")) {
        inOrder = doubleStar == null;
        doubleStar = expression();
      } else if (token.kind() == Kind.NAME && tokens.lookAhead().isOperator("=")) {
        inOrder = doubleStar == null && !names.contains(token.text());
        tokens.next();
        tokens.next();
        names.add(token.text());
        named.add(expression());
      } else {
        inOrder = inOrder && names.isEmpty();
        positional.add(expression());
      }
      if (!inOrder) {
        throw new Syntax("invalid order of arguments in a call", token.line());
      }
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator(")");
    return new CallArguments(positional, names, named, star, doubleStar);
  }

  private Expression filtersAndTests(Expression start) {
    Expression expression = start;
    while (true) {
      if (tokens.skipOperator("|")) {
        expression = new Expression.Filter(expression, filter());
      } else if (tokens.skipName("is")) {
        expression = test(expression);
      } else if (tokens.isAtOperator("(")) {
        expression = call(expression);
      } else {
        return expression;
      }
    }
  }

  FilterCall filter() {
    int line = tokens.current().line();
    String name = dottedName("filter name");
    return new FilterCall(name, tokens.isAtOperator("(") ? arguments() : CallArguments.NONE, line);
  }

  private String dottedName(String what) {
    String name = tokens.expect(Kind.NAME, what).text();
    while (tokens.skipOperator(".")) {
      name = name + "." + tokens.expect(Kind.NAME, what).text();
    }
    return name;
  }

  private Expression test(Expression input) {
    boolean negated = tokens.skipName("not");
    String name = dottedName("test name");
    CallArguments arguments = CallArguments.NONE;
    if (tokens.isAtOperator("(")) {
      arguments = arguments();
    } else if (startsTestArgument()) {
      if (tokens.isAtName("is")) {
        throw new Syntax("tests cannot be chained with 'is'", tokens.current().line());
      }
      tokens.deeper();
      Expression argument = postfix(primary());
      tokens.back();
      arguments = new CallArguments(List.of(argument), List.of(), List.of(), null, null);
    }
    Expression test = new Expression.Test(input, name, arguments);
    return negated ? new Expression.Not(test) : test;
  }

  private boolean startsTestArgument() {
    Token token = tokens.current();
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
      case OPERATOR -> token.isOperator("[") || token.isOperator("{");
      default -> false;
    };
  }
}
