package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads operators, one method for each level of Jinja's grammar, loosest binding first. */
final class ExpressionParser {
  private final TokenStream tokens;

  private final OperandParser operands;

  ExpressionParser(TokenStream tokens) {
    this.tokens = tokens;
    this.operands = new OperandParser(tokens, this);
  }

  OperandParser operands() {
    return operands;
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
      expression = operands.primary();
    }
    expression = operands.postfix(expression);
    return withFilters ? operands.filtersAndTests(expression) : expression;
  }
}
