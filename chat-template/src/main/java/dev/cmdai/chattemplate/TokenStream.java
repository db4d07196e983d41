package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import dev.cmdai.chattemplate.ChatTemplateException.Syntax;
import dev.cmdai.chattemplate.Token.Kind;
import java.util.List;

/** The tokens of a template with a place in them, and the nesting that the parsers are in. */
final class TokenStream {
  private final List<Token> tokens;
  private int position;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(position);
  }

  Token next() {
    Token token = tokens.get(position);
    if (token.kind() != Kind.END) {
      position++;
    }
    return token;
  }

  Token lookAhead() {
    return tokens.get(Math.min(position + 1, tokens.size() - 1));
  }

  boolean isAt(Kind kind) {
    return current().kind() == kind;
  }

  boolean isAtName(String name) {
    return current().isName(name);
  }

  boolean isAtOperator(String operator) {
    return current().isOperator(operator);
  }

  boolean skipName(String name) {
    boolean found = isAtName(name);
    position += found ? 1 : 0;
    return found;
  }

  boolean skipOperator(String operator) {
    boolean found = isAtOperator(operator);
    position += found ? 1 : 0;
    return found;
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw expected("'" + operator + "'");
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw expected("'" + name + "'");
    }
  }

  Token expect(Kind kind, String what) {
    if (!isAt(kind)) {
      throw expected(what);
    }
    return next();
  }

  Syntax expected(String what) {
    return new Syntax("expected " + what + ", got " + current().description(), current().line());
  }

  void deeper() {
    if (++depth > Limits.SOURCE_DEPTH) {
      throw (LimitExceeded)
          new LimitExceeded(Limits.SOURCE_DEPTH + " levels of nested source").at(current().line());
    }
  }

  void back() {
    depth--;
  }
}
