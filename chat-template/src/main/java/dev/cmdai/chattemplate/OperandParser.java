package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Syntax;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import dev.cmdai.chattemplate.Expression.CallArguments;
import dev.cmdai.chattemplate.Expression.FilterCall;
import dev.cmdai.chattemplate.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads what operators stand between: literals, names, and what follows them directly. */
final class OperandParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;

  /** The names read so far in the macro at hand, of those that have a meaning in macros. */
  private Set<String> specialNames = new HashSet<>();

  OperandParser(TokenStream tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** Begins to note special names for another macro; returns those noted so far. */
  Set<String> noteSpecialNames(Set<String> into) {
    Set<String> before = specialNames;
    specialNames = into;
    return before;
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
        tokens.isAtOperator(")") ? new Expression.ListOf(List.of(), true) : expressions.tuple(true);
    tokens.expectOperator(")");
    return inner;
  }

  private Expression list() {
    List<Expression> items = new ArrayList<>();
    while (!tokens.isAtOperator("]")) {
      items.add(expressions.expression());
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
      keys.add(expressions.expression());
      tokens.expectOperator(":");
      values.add(expressions.expression());
      if (!tokens.skipOperator(",")) {
        break;
      }
    }
    tokens.expectOperator("}");
    return new Expression.DictOf(keys, values);
  }

  Expression postfix(Expression start) {
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
    Expression start = tokens.isAtOperator(":") ? null : expressions.expression();
    Expression subscript;
    if (tokens.skipOperator(":")) {
      Expression stop = isSliceEnd() ? null : expressions.expression();
      Expression step = null;
      if (tokens.skipOperator(":")) {
        step = isSliceEnd() ? null : expressions.expression();
      }
      subscript = new Expression.Slice(owner, start, stop, step);
    } else {
      subscript = new Expression.Item(owner, Objects.requireNonNull(start));
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
        star = expressions.expression();
      } else if (tokens.skipOperator("**")) {
        inOrder = doubleStar == null;
        doubleStar = expressions.expression();
      } else if (token.kind() == Kind.NAME && tokens.lookAhead().isOperator("=")) {
        inOrder = doubleStar == null && !names.contains(token.text());
        tokens.next();
        tokens.next();
        names.add(token.text());
        named.add(expressions.expression());
      } else {
        inOrder = inOrder && names.isEmpty();
        positional.add(expressions.expression());
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

  Expression filtersAndTests(Expression start) {
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
