package dev.cmdai.safety.parse.cmd;

import dev.cmdai.safety.parse.cmd.CmdNode.For;
import dev.cmdai.safety.parse.cmd.CmdNode.Group;
import dev.cmdai.safety.parse.cmd.CmdNode.If;
import dev.cmdai.safety.parse.cmd.CmdNode.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parses code for cmd.exe: carets escape, only double quotes quote. */
public final class CmdParser {
  /**
   * What was read.
   *
   * @param isComplete every quote is closed
   * @param isTooDeep brackets stand so deep in others that the rest was not read
   */
  public record Parsed(List<CmdNode> nodes, boolean isComplete, boolean isTooDeep) {}

  private static final int DEEPEST = 48;

  private final String code;
  private int position;
  private int depth;
  private boolean isTooDeep;
  private boolean isComplete = true;

  private CmdParser(String code) {
    this.code = code;
  }

  /** Reads all of the code, in time linear in its length; never fails. */
  public static Parsed parse(String code) {
    CmdParser parser = new CmdParser(code);
    List<CmdNode> nodes = new ArrayList<>();
    while (parser.position < code.length()) {
      nodes.addAll(parser.sequence(false));
      // A bracket that nothing opened is passed over.
      parser.position++;
    }
    return new Parsed(nodes, parser.isComplete, parser.isTooDeep);
  }

  private char peek() {
    return position < code.length() ? code.charAt(position) : '\0';
  }

  /**
   * Commands up to the bracket that closes them.
   *
   * @param isLine they end with their line, as the body of a loop does
   */
  private List<CmdNode> sequence(boolean isLine) {
    List<CmdNode> nodes = new ArrayList<>();
    boolean isPiped = false;
    while (position < code.length() && peek() != ')') {
      char c = peek();
      if (c == '\n' && isLine) {
        return nodes;
      }
      if (c == '|') {
        boolean isOr = position + 1 < code.length() && code.charAt(position + 1) == '|';
        position += isOr ? 2 : 1;
        isPiped = !isOr && !nodes.isEmpty();
      } else if (c == '&' || c == '\n') {
        position++;
        isPiped = false;
      } else if (isBlank(c) || c == '@') {
        position++;
      } else {
        nodes.add(node(isPiped));
        isPiped = false;
      }
    }
    return nodes;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == ',' || c == ';' || c == '=';
  }

  private CmdNode node(boolean isPiped) {
    if (peek() == '(') {
      return group(isPiped);
    }
    int start = position;
    String word = keyword();
    if (word.equals("for") || word.equals("if")) {
      position += word.length();
      if (!enter()) {
        return new Group(List.of(), List.of(), isPiped);
      }
      CmdNode read = word.equals("for") ? loop(start, isPiped) : condition(isPiped);
      depth--;
      return read;
    }
    return new CmdWords(code, start).read(this, isPiped);
  }

  private boolean enter() {
    if (depth == DEEPEST) {
      isTooDeep = true;
      position = code.length();
      return false;
    }
    depth++;
    return true;
  }

  /** Called by the reader of simple commands when it is done. */
  void goOn(int at, boolean isClosed) {
    position = at;
    isComplete &= isClosed;
  }

  private String keyword() {
    int end = position;
    while (end < code.length() && end - position < 6 && Character.isLetter(code.charAt(end))) {
      end++;
    }
    boolean isWord = end < code.length() && (isBlank(code.charAt(end)) || code.charAt(end) == '(');
    return isWord ? code.substring(position, end).toLowerCase(Locale.ROOT) : "";
  }

  private CmdNode group(boolean isPiped) {
    position++;
    if (!enter()) {
      return new Group(List.of(), List.of(), isPiped);
    }
    List<CmdNode> body = sequence(false);
    position++;
    depth--;
    List<Redirect> redirects = new ArrayList<>();
    while (isBlank(peek()) && position < code.length()) {
      position++;
    }
    if (peek() == '>' || peek() == '<' || (Character.isDigit(peek()) && isRedirectNext())) {
      CmdNode rest = new CmdWords(code, position).read(this, false);
      redirects.addAll(rest.redirects());
    }
    return new Group(body, redirects, isPiped);
  }

  private boolean isRedirectNext() {
    return position + 1 < code.length() && code.charAt(position + 1) == '>';
  }

  /** {@code for} with all that belongs to it; its body reaches to the end of the line. */
  private CmdNode loop(int start, boolean isPiped) {
    List<String> options = new ArrayList<>();
    String last = "";
    for (String word = word(); !word.isEmpty() && !word.equalsIgnoreCase("in"); word = word()) {
      if (!last.isEmpty()) {
        options.add(last);
      }
      last = word;
    }
    skipBlanks();
    String set = peek() == '(' ? inBrackets() : "";
    skipBlanks();
    if (keyword().equals("do")) {
      position += 2;
    }
    int end = position;
    return new For(options, last, set, sequence(true), isPiped, start, Math.max(end, start + 1));
  }

  private void skipBlanks() {
    while (position < code.length() && (isBlank(peek()) || peek() == '\n')) {
      position++;
    }
  }

  /** A word of {@code for} or {@code if}, with its quotes. */
  private String word() {
    skipBlanks();
    int start = position;
    boolean isQuoted = false;
    while (position < code.length()) {
      char c = peek();
      isQuoted ^= c == '"';
      if (!isQuoted && (isBlank(c) || "()&|\n".indexOf(c) >= 0)) {
        break;
      }
      position++;
    }
    return code.substring(start, position);
  }

  private String inBrackets() {
    int start = ++position;
    boolean isQuoted = false;
    boolean isCommand = false;
    while (position < code.length()) {
      char c = peek();
      isQuoted ^= c == '"';
      isCommand ^= c == '\'' && !isQuoted;
      if (c == ')' && !isQuoted && !isCommand) {
        return code.substring(start, position++);
      }
      position += c == '^' ? 2 : 1;
    }
    position = code.length();
    isComplete = false;
    return code.substring(Math.min(start, code.length()));
  }

  private CmdNode condition(boolean isPiped) {
    String first = word();
    while (first.equalsIgnoreCase("not") || first.equalsIgnoreCase("/i")) {
      first = word();
    }
    switch (first.toLowerCase(Locale.ROOT)) {
      case "exist", "defined", "errorlevel", "cmdextversion" -> word();
      default -> {
        int before = position;
        while (peek() == '=') {
          position++;
        }
        String next = position > before ? word() : operator();
        if (next.isEmpty()) {
          position = before;
          word();
        }
      }
    }
    skipBlanks();
    List<CmdNode> parts = new ArrayList<>();
    if (peek() == '(') {
      parts.add(group(false));
      skipBlanks();
      if (keyword().equals("else")) {
        position += "else".length();
        parts.addAll(sequence(true));
      }
    } else {
      parts.addAll(sequence(true));
    }
    return new If(parts, isPiped);
  }

  /** {@code A equ B}, {@code A == B}: the operator and what stands behind it. */
  private String operator() {
    skipBlanks();
    int before = position;
    String word = word();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "equ", "neq", "lss", "leq", "gtr", "geq" -> word();
      default -> {
        position = before;
        yield code.charAt(Math.max(before - 1, 0)) == '=' ? word() : "";
      }
    };
  }
}
