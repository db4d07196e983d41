package dev.cmdai.safety.parse.powershell;

import dev.cmdai.safety.parse.powershell.Expression.Block;
import dev.cmdai.safety.parse.powershell.Expression.Cast;
import dev.cmdai.safety.parse.powershell.Expression.Constant;
import dev.cmdai.safety.parse.powershell.Expression.Variable;
import dev.cmdai.safety.parse.powershell.Script.Parameter;
import dev.cmdai.safety.parse.powershell.Statement.Choice;
import dev.cmdai.safety.parse.powershell.Statement.Each;
import dev.cmdai.safety.parse.powershell.Statement.Function;
import dev.cmdai.safety.parse.powershell.Statement.Loop;
import dev.cmdai.safety.parse.powershell.Statement.Parts;
import dev.cmdai.safety.parse.powershell.Statement.Pipeline;
import dev.cmdai.safety.parse.powershell.Statement.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what begins with a keyword: loops, conditions, functions (about_Language_Keywords). */
final class KeywordReader {
  private final Source source;
  private final StatementReader statements;
  private final TextReader texts;
  private final ExpressionReader expressions;

  KeywordReader(
      Source source, StatementReader statements, TextReader texts, ExpressionReader expressions) {
    this.source = source;
    this.statements = statements;
    this.texts = texts;
    this.expressions = expressions;
  }

  /** The statement that the keyword begins; null where the word is none here. */
  @Nullable Statement read(String word) {
    char c = source.peek();
    return switch (word) {
      case "if" -> c == '(' ? conditions() : null;
      case "while" -> c == '(' ? whileLoop() : null;
      case "for" -> c == '(' ? forLoop() : null;
      case "foreach" -> c == '(' || c == '-' ? each() : null;
      case "do" -> c == '{' ? doLoop() : null;
      case "switch" -> choice();
      case "function", "filter", "workflow" -> function();
      case "try", "trap", "finally", "catch", "begin", "process", "end", "clean", "else" ->
          c == '{' || c == '[' ? tried() : null;
      case "return", "throw", "exit" ->
          source.isEndOfStatement() ? StatementReader.NOTHING : statements.statement();
      case "break", "continue" -> source.isEndOfStatement() ? StatementReader.NOTHING : null;
      case "param" -> {
        if (c != '(') {
          yield null;
        }
        statements.declare(parameters());
        yield StatementReader.NOTHING;
      }
      default -> null;
    };
  }

  private Script inBrackets(char open, char close) {
    source.skipLines();
    if (source.peek() != open) {
      return Script.EMPTY;
    }
    source.next();
    return statements.bracketed(close);
  }

  private Script body() {
    return inBrackets('{', '}');
  }

  private Statement conditions() {
    List<Script> conditions = new ArrayList<>();
    List<Script> bodies = new ArrayList<>();
    conditions.add(inBrackets('(', ')'));
    bodies.add(body());
    boolean isMore = true;
    while (isMore) {
      int at = source.position();
      source.skipLines();
      String word = source.word().toLowerCase(Locale.ROOT);
      isMore = word.equals("elseif") || word.equals("else");
      if (isMore) {
        source.go(source.position() + word.length());
        conditions.add(word.equals("elseif") ? inBrackets('(', ')') : Script.EMPTY);
        bodies.add(body());
      } else {
        source.go(at);
      }
    }
    return new Parts(conditions, bodies);
  }

  private Statement tried() {
    if (source.peek() == '[') {
      expressions.postfixed(source.position());
    }
    return new Parts(List.of(), List.of(body()));
  }

  private Statement whileLoop() {
    Script head = inBrackets('(', ')');
    return loop(head, body());
  }

  private Statement doLoop() {
    Script body = body();
    source.skipLines();
    String word = source.word();
    source.go(source.position() + word.length());
    return loop(inBrackets('(', ')'), body);
  }

  private static Statement loop(Script head, Script body) {
    Expression only =
        head.statements().size() == 1
                && head.statements().getFirst() instanceof Pipeline pipeline
                && pipeline.stages().size() == 1
                && pipeline.stages().getFirst() instanceof Value value
            ? value.of()
            : Expression.NOTHING;
    boolean isEndless =
        only instanceof Variable variable
            ? variable.name().equalsIgnoreCase("true")
            : only instanceof Constant constant && !constant.text().equals("0");
    return new Loop(head.statements(), body, isEndless);
  }

  private Statement forLoop() {
    int start = source.position();
    Script head = inBrackets('(', ')');
    boolean isEndless = source.written(start).replace(" ", "").equals("(;;)");
    return new Loop(head.statements(), body(), isEndless);
  }

  private Statement each() {
    while (source.peek() == '-') {
      texts.bare();
      source.skipBlanks();
    }
    if (source.next() != '(' || !source.enter()) {
      return StatementReader.NOTHING;
    }
    source.skipLines();
    Expression variable = expressions.postfixed(source.position());
    source.skipLines();
    source.go(source.position() + source.word().length());
    source.skipLines();
    Statement values = statements.statement();
    source.skipLines();
    if (source.next() != ')') {
      source.missing();
    }
    source.leave();
    String name = variable instanceof Variable named ? named.name() : "";
    return new Each(name, values, body());
  }

  private Statement choice() {
    while (Source.isDash(source.peek())) {
      texts.bare();
      source.skipBlanks();
    }
    if (source.peek() != '(') {
      return StatementReader.NOTHING;
    }
    Statement values = new Parts(List.of(), List.of(inBrackets('(', ')')));
    List<Expression> labels = new ArrayList<>();
    List<Script> bodies = new ArrayList<>();
    source.skipLines();
    if (source.peek() != '{' || !source.enter()) {
      return values;
    }
    source.next();
    source.skipSeparators();
    while (!source.isAtEnd() && source.peek() != '}') {
      int before = source.position();
      char c = source.peek();
      boolean isWord = Source.isNameChar(c) || c == '*' || c == '?' || c == '.' || c == '-';
      labels.add(isWord ? texts.bare() : expressions.postfixed(before));
      bodies.add(body());
      if (source.position() == before) {
        source.next();
      }
      source.skipSeparators();
    }
    if (source.next() != '}') {
      source.missing();
    }
    source.leave();
    return new Choice(values, labels, bodies);
  }

  private Statement function() {
    Expression name = texts.bare();
    source.skipLines();
    List<Parameter> declared = source.peek() == '(' ? parameters() : List.of();
    Script body = body();
    Script whole = declared.isEmpty() ? body : new Script(declared, body.statements());
    String text = name instanceof Constant constant ? constant.text() : "";
    return new Function(text, new Block(whole));
  }

  /** {@code (TYPES $name = VALUE, …)}. */
  private List<Parameter> parameters() {
    List<Parameter> declared = new ArrayList<>();
    source.next();
    if (!source.enter()) {
      return declared;
    }
    source.skipLines();
    while (!source.isAtEnd() && source.peek() != ')') {
      int before = source.position();
      Expression one = expressions.postfixed(before);
      while (one instanceof Cast cast) {
        one = cast.of();
      }
      source.skipLines();
      Expression usual = Expression.NOTHING;
      if (source.take("=")) {
        source.skipLines();
        usual = expressions.postfixed(source.position());
      }
      if (one instanceof Variable variable) {
        declared.add(new Parameter(variable.name(), usual));
      }
      source.skipLines();
      if (source.peek() == ',' || source.position() == before) {
        source.next();
      }
      source.skipLines();
    }
    source.next();
    source.leave();
    return declared;
  }
}
