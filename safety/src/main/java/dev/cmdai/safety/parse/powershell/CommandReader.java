package dev.cmdai.safety.parse.powershell;

import dev.cmdai.safety.parse.powershell.Expression.Constant;
import dev.cmdai.safety.parse.powershell.Expression.Expandable;
import dev.cmdai.safety.parse.powershell.Expression.Listing;
import dev.cmdai.safety.parse.powershell.Expression.Splat;
import dev.cmdai.safety.parse.powershell.Statement.Argument;
import dev.cmdai.safety.parse.powershell.Statement.Call;
import dev.cmdai.safety.parse.powershell.Statement.Redirect;
import dev.cmdai.safety.parse.powershell.Statement.Stage;
import dev.cmdai.safety.parse.powershell.Statement.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads commands with their arguments (about_Parsing, argument mode). */
final class CommandReader {
  private static final String ENDS = "\n;|&)}";

  private final Source source;
  private final TextReader texts;
  private final ExpressionReader expressions;

  CommandReader(Source source, TextReader texts, ExpressionReader expressions) {
    this.source = source;
    this.texts = texts;
    this.expressions = expressions;
  }

  /** A stage of a pipeline: a command, or an expression. */
  Stage stage() {
    int start = source.position();
    if (source.peek() == '&') {
      source.next();
      return called(start, false);
    }
    boolean isDot = source.peek() == '.' && " \t$('\"{".indexOf(source.peek(1)) >= 0;
    if (isDot) {
      source.next();
      return called(start, true);
    }
    if (isExpression()) {
      Expression value = expressions.whole();
      List<Redirect> redirects = new ArrayList<>();
      source.skipBlanks();
      while (isRedirect()) {
        redirect(redirects);
        source.skipBlanks();
      }
      return new Value(value, redirects, start, source.position());
    }
    return rest(texts.bare(), false, start);
  }

  /** Whether what comes is an expression and no command's name. */
  private boolean isExpression() {
    char c = source.peek();
    char following = source.peek(1);
    if (c == '@') {
      return following == '('
          || following == '{'
          || Source.isSingleQuote(following)
          || Source.isDoubleQuote(following);
    }
    if (Character.isDigit(c)) {
      return isNumber();
    }
    if (Source.isDash(c)) {
      return !Source.isNameChar(following) || Character.isDigit(following) || isUnary();
    }
    return "$('\"{[!+,".indexOf(c) >= 0 || Source.isSingleQuote(c) || Source.isDoubleQuote(c);
  }

  private boolean isUnary() {
    int at = source.position();
    source.next();
    String word = source.word().toLowerCase(Locale.ROOT);
    source.go(at);
    return word.equals("join") || word.equals("split") || word.equals("not");
  }

  private boolean isNumber() {
    int i = 0;
    while (Character.isLetterOrDigit(source.peek(i)) || source.peek(i) == '.') {
      boolean isHex = source.peek(0) == '0' && Character.toLowerCase(source.peek(1)) == 'x';
      char c = Character.toLowerCase(source.peek(i));
      if (!Character.isDigit(c) && c != '.' && !isHex && "kmgtpbdl".indexOf(c) < 0) {
        return false;
      }
      i++;
      if (i > 40) {
        return true;
      }
    }
    char end = source.peek(i);
    return end != '\\' && end != '/' && end != '-' && end != '_' && end != ':';
  }

  private Stage called(int start, boolean isDot) {
    source.skipBlanks();
    if (source.isAtEnd() || ENDS.indexOf(source.peek()) >= 0) {
      return new Value(Expression.NOTHING, List.of(), start, source.position());
    }
    char c = source.peek();
    boolean isQuoted = Source.isSingleQuote(c) || Source.isDoubleQuote(c);
    boolean isValue = "$({[@".indexOf(c) >= 0 || isQuoted;
    int nameStart = source.position();
    Expression name = isValue && !isPath() ? expressions.postfixed(nameStart) : texts.bare();
    return rest(name, isDot, start);
  }

  /** {@code & $dir\tool.exe}: a variable that is only the beginning of a word. */
  private boolean isPath() {
    if (source.peek() != '$' || source.peek(1) == '(') {
      return false;
    }
    int i = 1;
    if (source.peek(1) == '{') {
      return false;
    }
    while (i < 64 && (Source.isNameChar(source.peek(i)) || source.peek(i) == ':')) {
      i++;
    }
    return source.peek(i) == '\\' || source.peek(i) == '/';
  }

  private Call rest(Expression name, boolean isDot, int start) {
    List<Argument> arguments = new ArrayList<>();
    List<Redirect> redirects = new ArrayList<>();
    source.skipBlanks();
    while (!source.isAtEnd() && ENDS.indexOf(source.peek()) < 0) {
      int before = source.position();
      if (isRedirect()) {
        redirect(redirects);
      } else if (source.take("--%")) {
        for (String word : texts.verbatim()) {
          arguments.add(new Argument("", new Constant(word)));
        }
      } else {
        arguments.add(argument());
      }
      if (source.position() == before) {
        source.next();
      }
      source.skipBlanks();
    }
    int end = source.position();
    return new Call(name, isDot, arguments, redirects, source.written(start), start, end);
  }

  private boolean isRedirect() {
    char c = source.peek();
    boolean isNumbered = (Character.isDigit(c) || c == '*') && source.peek(1) == '>';
    return c == '>' || isNumbered;
  }

  private void redirect(List<Redirect> redirects) {
    boolean isOutput = source.peek() == '>' || source.peek() == '*' || source.peek() == '1';
    source.go(source.position() + (source.peek() == '>' ? 1 : 2));
    boolean isAppend = source.take(">");
    if (source.take("&")) {
      source.next();
      return;
    }
    source.skipBlanks();
    if (!source.isAtEnd() && ENDS.indexOf(source.peek()) < 0) {
      Expression target = one();
      if (isOutput) {
        redirects.add(new Redirect(target, isAppend));
      }
    }
  }

  private Argument argument() {
    boolean isParameter =
        Source.isDash(source.peek())
            && (Character.isLetter(source.peek(1)) || source.peek(1) == '?');
    if (!isParameter) {
      return new Argument("", listed());
    }
    source.next();
    StringBuilder name = new StringBuilder("-");
    while (Source.isNameChar(source.peek()) || source.peek() == '?' || isDashInName()) {
      name.append(source.next());
    }
    if (source.peek() == ':') {
      source.next();
      source.skipBlanks();
      return new Argument(name.toString(), listed());
    }
    if (source.isAtEnd() || " \t\r\n;|&(){},".indexOf(source.peek()) >= 0) {
      return new Argument(name.toString(), Expression.NOTHING);
    }
    // "-Xmx2g.x" or "-o=y" is no parameter of a cmdlet; with a backtick in it, it may be one.
    Expression rest = texts.bare();
    if (rest instanceof Constant constant) {
      String whole = name + constant.text();
      return whole.chars().skip(1).allMatch(Character::isLetter)
          ? new Argument(whole, Expression.NOTHING)
          : new Argument("", new Constant(whole));
    }
    return new Argument("", new Expandable(List.of(new Constant(name.toString()), rest)));
  }

  private boolean isDashInName() {
    return source.peek() == '-' && Source.isNameChar(source.peek(1));
  }

  /** {@code a, b}. */
  private Expression listed() {
    Expression first = one();
    if (!isComma()) {
      return first;
    }
    List<Expression> items = new ArrayList<>();
    items.add(first);
    while (isComma()) {
      source.skipBlanks();
      source.next();
      source.skipLines();
      if (source.isAtEnd() || ENDS.indexOf(source.peek()) >= 0) {
        break;
      }
      items.add(one());
    }
    return new Listing(items);
  }

  private boolean isComma() {
    int at = source.position();
    source.skipBlanks();
    boolean isThere = source.peek() == ',';
    if (!isThere) {
      source.go(at);
    }
    return isThere;
  }

  private Expression one() {
    char c = source.peek();
    char following = source.peek(1);
    if (c == '@' && Source.isNameChar(following)) {
      source.next();
      return texts.bare() instanceof Constant name ? new Splat(name.text()) : Expression.NOTHING;
    }
    boolean isQuoted = Source.isSingleQuote(c) || Source.isDoubleQuote(c);
    boolean isBracket = c == '(' || c == '{' || (c == '@' && "({'\"".indexOf(following) >= 0);
    if (isQuoted || isBracket) {
      return expressions.postfixed(source.position());
    }
    return texts.bare();
  }
}
