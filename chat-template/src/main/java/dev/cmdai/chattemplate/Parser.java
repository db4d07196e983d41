package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Syntax;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import dev.cmdai.chattemplate.Expression.FilterCall;
import dev.cmdai.chattemplate.Statement.Branch;
import dev.cmdai.chattemplate.Statement.Target;
import dev.cmdai.chattemplate.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the statements of a template from its tokens. */
final class Parser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final OperandParser operands;

  /** Loops around the statement at hand, up to the next scope that a jump cannot leave. */
  private int loops;

  Parser(List<Token> tokens) {
    this.tokens = new TokenStream(tokens);
    this.expressions = new ExpressionParser(this.tokens);
    this.operands = expressions.operands();
  }

  List<Statement> template() {
    List<Statement> statements = statements(Set.of());
    if (!tokens.isAt(Kind.END)) {
      throw new Syntax("unexpected " + tokens.current().description(), tokens.current().line());
    }
    return statements;
  }

  /** Reads up to a block that begins with one of the given words, and stops at that word. */
  private List<Statement> statements(Set<String> ends) {
    tokens.deeper();
    int start = tokens.current().line();
    List<Statement> statements = new ArrayList<>();
    while (!tokens.isAt(Kind.END)) {
      Token token = tokens.next();
      switch (token.kind()) {
        case DATA -> statements.add(new Statement.Text(token.text()));
        case VARIABLE_BEGIN -> {
          statements.add(new Statement.Print(expressions.tuple(true), token.line()));
          tokens.expect(Kind.VARIABLE_END, "end of print statement '}}'");
        }
        default -> {
          Token word = tokens.current();
          if (word.kind() == Kind.NAME && ends.contains(word.text())) {
            tokens.back();
            return statements;
          }
          statement(statements);
          endOfBlock();
        }
      }
    }
    if (!ends.isEmpty()) {
      throw new Syntax("block is not closed: one of " + ends + " is missing", start);
    }
    tokens.back();
    return statements;
  }

  private List<Statement> body(String... ends) {
    tokens.skipOperator(":");
    endOfBlock();
    return statements(Set.of(ends));
  }

  /** A body whose end word is read as well. */
  private List<Statement> closedBody(String end) {
    List<Statement> body = body(end);
    tokens.next();
    return body;
  }

  private void endOfBlock() {
    tokens.expect(Kind.BLOCK_END, "end of statement block '%}'");
  }

  private void statement(List<Statement> into) {
    Token word = tokens.expect(Kind.NAME, "a tag name");
    int line = word.line();
    switch (word.text()) {
      case "if" -> into.add(ifStatement(line));
      case "for" -> into.add(forStatement(line));
      case "set" -> into.add(set(line));
      case "macro" -> into.add(macro());
      case "call" -> into.add(callBlock(line));
      case "filter" -> {
        List<FilterCall> filters = new ArrayList<>();
        filters.add(operands.filter());
        moreFilters(filters);
        into.add(new Statement.Captured(null, filters, scopedBody("endfilter"), line));
      }
      case "generation" ->
          into.add(new Statement.Scoped(List.of(), List.of(), scopedBody("endgeneration"), line));
      case "with" -> into.add(with(line));
      case "print" -> {
        while (!tokens.isAt(Kind.BLOCK_END)) {
          into.add(new Statement.Print(expressions.expression(), line));
          if (!tokens.isAt(Kind.BLOCK_END)) {
            tokens.expectOperator(",");
          }
        }
      }
      case "break" -> into.add(jump(Flow.BREAK, line));
      case "continue" -> into.add(jump(Flow.CONTINUE, line));
      case "block", "extends", "include", "import", "from", "autoescape", "do", "trans", "debug" ->
          throw new Unsupported("the statement '" + word.text() + "'", line);
      default -> throw new Syntax("unknown tag '" + word.text() + "'", line);
    }
  }

  private Statement jump(Flow flow, int line) {
    if (loops == 0) {
      throw new Syntax("'" + (flow == Flow.BREAK ? "break" : "continue") + "' outside loop", line);
    }
    return new Statement.Jump(flow);
  }

  private Statement ifStatement(int firstLine) {
    List<Branch> branches = new ArrayList<>();
    Expression test = expressions.tuple(false);
    int line = firstLine;
    while (true) {
      branches.add(new Branch(test, body("elif", "else", "endif"), line));
      Token word = tokens.next();
      line = word.line();
      if (word.isName("elif")) {
        test = expressions.tuple(false);
        continue;
      }
      if (word.isName("else")) {
        branches.add(new Branch(null, closedBody("endif"), line));
      }
      return new Statement.If(branches);
    }
  }

  private Statement forStatement(int line) {
    Target target = target(false);
    tokens.expectName("in");
    Expression iterable = expressions.tuple(false);
    Expression filter = tokens.skipName("if") ? expressions.expression() : null;
    boolean recursive = tokens.skipName("recursive");
    loops++;
    List<Statement> body = body("endfor", "else");
    loops--;
    List<Statement> otherwise = tokens.next().isName("else") ? closedBody("endfor") : List.of();
    return new Statement.For(target, iterable, filter, recursive, body, otherwise, line);
  }

  private Statement set(int line) {
    Target target = target(true);
    if (tokens.skipOperator("=")) {
      return new Statement.Set(target, expressions.tuple(true), line);
    }
    List<FilterCall> filters = new ArrayList<>();
    moreFilters(filters);
    return new Statement.Captured(target, filters, scopedBody("endset"), line);
  }

  private void moreFilters(List<FilterCall> filters) {
    while (tokens.skipOperator("|")) {
      filters.add(operands.filter());
    }
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.isAt(Kind.BLOCK_END)) {
      if (!targets.isEmpty()) {
        tokens.expectOperator(",");
      }
      targets.add(target(false));
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statement.Scoped(targets, values, closedBody("endwith"), line);
  }

  /** A body that jumps cannot leave, since its text is taken as a whole. */
  private List<Statement> scopedBody(String end) {
    int outside = loops;
    loops = 0;
    List<Statement> body = closedBody(end);
    loops = outside;
    return body;
  }

  private Statement macro() {
    String name = tokens.expect(Kind.NAME, "a macro name").text();
    return new Statement.DefineMacro(definition(name, "endmacro", null));
  }

  private Statement callBlock(int line) {
    Expression[] call = new Expression[1];
    Macro.Definition caller = definition("caller", "endcall", call);
    if (!(call[0] instanceof Expression.Call called)) {
      throw new Syntax("expected a call", line);
    }
    return new Statement.CallBlock(called, caller, line);
  }

  /** Parameters and body; between them stands, in a call block, the call. */
  private Macro.Definition definition(String name, String end, Expression @Nullable [] call) {
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (call == null || tokens.isAtOperator("(")) {
      parameters(parameters, defaults);
    }
    if (call != null) {
      call[0] = expressions.expression();
    }
    Set<String> used = new HashSet<>();
    Set<String> outerNames = operands.noteSpecialNames(used);
    List<Statement> body = scopedBody(end);
    outerNames.addAll(used);
    operands.noteSpecialNames(outerNames);
    return new Macro.Definition(
        name,
        parameters,
        defaults,
        body,
        used.contains("varargs"),
        used.contains("kwargs"),
        used.contains("caller"));
  }

  private void parameters(List<String> parameters, List<Expression> defaults) {
    tokens.expectOperator("(");
    while (!tokens.isAtOperator(")")) {
      if (!parameters.isEmpty()) {
        tokens.expectOperator(",");
      }
      Token name = tokens.expect(Kind.NAME, "a parameter name");
      parameters.add(name.text());
      if (tokens.skipOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw new Syntax("non-default argument follows default argument", name.line());
      }
    }
    tokens.expectOperator(")");
  }

  /** One name, several with commas between them, or an attribute of a namespace. */
  private Target target(boolean withNamespace) {
    List<Target> parts = new ArrayList<>();
    boolean isTuple = false;
    while (!tokens.isAtName("in") && !tokens.isAtOperator("=")) {
      parts.add(oneTarget(withNamespace));
      if (!tokens.skipOperator(",")) {
        break;
      }
      isTuple = true;
    }
    if (parts.isEmpty()) {
      throw tokens.expected("a name to assign to");
    }
    return isTuple ? new Target.ToTuple(parts) : parts.getFirst();
  }

  private Target oneTarget(boolean withNamespace) {
    if (tokens.skipOperator("(")) {
      tokens.deeper();
      Target inner = target(withNamespace);
      tokens.back();
      tokens.expectOperator(")");
      return inner;
    }
    Token name = tokens.expect(Kind.NAME, "a name to assign to");
    switch (name.text()) {
      case "true", "True", "false", "False", "none", "None" ->
          throw new Syntax("cannot assign to '" + name.text() + "'", name.line());
      default -> {}
    }
    if (withNamespace && tokens.skipOperator(".")) {
      return new Target.ToNamespace(name.text(), tokens.expect(Kind.NAME, "a name").text());
    }
    return new Target.ToName(name.text());
  }
}
