package dev.cmdai.safety.parse.powershell;

import dev.cmdai.safety.parse.powershell.Script.Parameter;
import dev.cmdai.safety.parse.powershell.Statement.Assignment;
import dev.cmdai.safety.parse.powershell.Statement.Pipeline;
import dev.cmdai.safety.parse.powershell.Statement.Stage;
import dev.cmdai.safety.parse.powershell.Statement.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads statements, and sends what is inside them to the other readers. */
final class StatementReader {
  static final Statement NOTHING = new Pipeline(List.of());

  private final Source source;
  private final TextReader texts;
  private final ExpressionReader expressions;
  private final CommandReader commands;
  private final KeywordReader keywords;
  private List<Parameter> parameters = List.of();

  StatementReader(Source source) {
    this.source = source;
    texts = new TextReader(source, this);
    expressions = new ExpressionReader(source, this, texts);
    commands = new CommandReader(source, texts, expressions);
    keywords = new KeywordReader(source, this, texts, expressions);
  }

  ExpressionReader expressions() {
    return expressions;
  }

  /** What the code that is being read now takes. */
  void declare(List<Parameter> declared) {
    parameters = declared;
  }

  /** All of the code: a bracket that nothing opened is passed over. */
  Script whole() {
    List<Statement> all = new ArrayList<>(until('\0').statements());
    while (!source.isAtEnd()) {
      source.missing();
      source.next();
      all.addAll(until('\0').statements());
    }
    return new Script(List.of(), all);
  }

  /** The statements up to a bracket that closes them, and the bracket. */
  Script bracketed(char close) {
    if (!source.enter()) {
      return Script.EMPTY;
    }
    Script body = until(close);
    if (source.next() != close) {
      source.missing();
    }
    source.leave();
    return body;
  }

  private Script until(char close) {
    List<Parameter> outer = parameters;
    parameters = List.of();
    List<Statement> found = new ArrayList<>();
    source.skipSeparators();
    while (!source.isAtEnd() && source.peek() != close && !isStray(close)) {
      int before = source.position();
      found.add(statement());
      skipConnectors();
      if (source.position() == before) {
        source.next();
      }
      source.skipSeparators();
    }
    Script script = new Script(parameters, found);
    parameters = outer;
    return script;
  }

  /** Another bracket closes what is around this. */
  private boolean isStray(char close) {
    char c = source.peek();
    return c == ')' || c == '}' || (c == ']' && close != '\0');
  }

  private void skipConnectors() {
    source.skipBlanks();
    while (source.take("&&") || source.take("||") || (source.peek() == '&' && isBackground())) {
      source.skipLines();
    }
  }

  /** {@code COMMAND &} at its end. */
  private boolean isBackground() {
    int at = source.position();
    source.next();
    source.skipBlanks();
    char c = source.peek();
    boolean isEnd = source.isAtEnd() || c == '\n' || c == ';' || c == ')' || c == '}';
    if (!isEnd) {
      source.go(at);
    }
    return isEnd;
  }

  Statement statement() {
    if (source.peek() == ':' && Source.isNameChar(source.peek(1))) {
      texts.bare();
      source.skipLines();
    }
    String word = source.word();
    char after = source.peek(word.length());
    boolean isKeyword = !word.isEmpty() && (after == '\0' || " \t\r\n({;[".indexOf(after) >= 0);
    if (isKeyword) {
      int at = source.position();
      source.go(at + word.length());
      source.skipBlanks();
      Statement read = keywords.read(word.toLowerCase(Locale.ROOT));
      if (read != null) {
        return read;
      }
      source.go(at);
    }
    return pipeline();
  }

  private Statement pipeline() {
    List<Stage> stages = new ArrayList<>();
    Stage first = commands.stage();
    if (first instanceof Value value) {
      source.skipBlanks();
      String operator = assignment();
      if (!operator.isEmpty()) {
        source.skipLines();
        if (!source.enter()) {
          return NOTHING;
        }
        Statement assigned = statement();
        source.leave();
        return new Assignment(value.of(), operator, assigned);
      }
    }
    stages.add(first);
    source.skipBlanks();
    while (source.peek() == '|' && source.peek(1) != '|') {
      source.next();
      source.skipLines();
      if (!source.isEndOfStatement() && source.peek() != '|') {
        stages.add(commands.stage());
        source.skipBlanks();
      }
    }
    return new Pipeline(stages);
  }

  private String assignment() {
    for (String operator : List.of("=", "+=", "-=", "*=", "/=", "%=", "??=")) {
      if (source.take(operator)) {
        return operator;
      }
    }
    return "";
  }
}
