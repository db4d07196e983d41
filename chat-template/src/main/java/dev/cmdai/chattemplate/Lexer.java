package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Syntax;
import dev.cmdai.chattemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts template source into tokens and removes the white space that tags claim, as Jinja's lexer
 * does with {@code trim_blocks} and {@code lstrip_blocks} on and {@code keep_trailing_newline} off.
 */
final class Lexer {
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder brackets = new StringBuilder();
  private int position;
  private int line = 1;

  /** Whether the text at {@link #position} begins a line, so that a tag may claim its indent. */
  private boolean lineStarting = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String template) {
    String source = template;
    if (source.indexOf('\r') >= 0) {
      source = source.replace("\r\n", "\n").replace('\r', '\n');
    }
    if (source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1);
    }
    Lexer lexer = new Lexer(source);
    lexer.template();
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void template() {
    while (position < source.length()) {
      int tag = nextTag(position);
      if (tag < 0) {
        data(source.substring(position));
        position = source.length();
        return;
      }
      char opening = source.charAt(tag + 1);
      char sign = charAt(tag + 2);
      boolean signed = sign == '-' || sign == '+';
      String text = source.substring(position, tag);
      data(claimed(text, sign, opening != '{'));
      countLines(text);
      position = tag + (signed ? 3 : 2);
      switch (opening) {
        case '#' -> comment();
        case '{' -> tag(Kind.VARIABLE_BEGIN, Kind.VARIABLE_END, '}');
        default -> {
          if (!raw()) {
            tag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, '%');
          }
        }
      }
    }
  }

  private int nextTag(int from) {
    int brace = source.indexOf('{', from);
    while (brace >= 0) {
      char next = charAt(brace + 1);
      if (next == '{' || next == '%' || next == '#') {
        return brace;
      }
      brace = source.indexOf('{', brace + 1);
    }
    return -1;
  }

  /** The text before a tag without the white space that the tag claims. */
  private String claimed(String text, char sign, boolean isBlock) {
    int end = text.length();
    if (sign == '-') {
      while (end > 0 && Characters.isSpace(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(0, end);
    }
    if (sign == '+' || !isBlock) {
      return text;
    }
    int lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart == 0 && !lineStarting) {
      return text;
    }
    for (int i = lineStart; i < end; i++) {
      if (!Characters.isSpace(text.charAt(i))) {
        return text;
      }
    }
    return text.substring(0, lineStart);
  }

  private void comment() {
    int end = source.indexOf("#}", position);
    if (end < 0) {
      throw new Syntax("missing end of comment tag '#}'", line);
    }
    char sign = end > position ? source.charAt(end - 1) : ' ';
    int start = position;
    position = end;
    endOfTag(sign);
    countLines(source.substring(start, position));
  }

  /** Moves over a two-character tag end and the white space that its sign and trimming take. */
  private void endOfTag(char sign) {
    position += 2;
    if (sign == '-') {
      skipSpace();
    } else if (sign != '+' && charAt(position) == '\n') {
      position++;
    }
    lineStarting = source.charAt(position - 1) == '\n';
  }

  /** Reads {@code {% raw %}…{% endraw %}} if that is what comes. */
  private boolean raw() {
    int at = keyword(position, "raw");
    if (at < 0) {
      return false;
    }
    int start = line;
    if (source.startsWith("-%}", at)) {
      at += 3;
      while (Characters.isSpace(charAt(at))) {
        at++;
      }
    } else if (source.startsWith("%}", at)) {
      at += 2;
    } else {
      return false;
    }
    lineStarting = source.charAt(at - 1) == '\n';
    int tag = source.indexOf("{%", at);
    while (tag >= 0) {
      char sign = charAt(tag + 2);
      int end = keyword(tag + (sign == '-' || sign == '+' ? 3 : 2), "endraw");
      if (end >= 0) {
        char endSign = charAt(end);
        int close = endSign == '-' || endSign == '+' ? end + 1 : end;
        if (source.startsWith("%}", close)) {
          countLines(source.substring(position, at));
          String text = source.substring(at, tag);
          data(claimed(text, sign, true));
          position = close;
          endOfTag(endSign);
          countLines(source.substring(at, position));
          return true;
        }
      }
      tag = source.indexOf("{%", tag + 2);
    }
    throw new Syntax("missing end of raw directive", start);
  }

  /** Where the white space after a keyword ends, or -1 if another word comes. */
  private int keyword(int from, String word) {
    int at = from;
    while (Characters.isSpace(charAt(at))) {
      at++;
    }
    if (!source.startsWith(word, at)) {
      return -1;
    }
    at += word.length();
    while (Characters.isSpace(charAt(at))) {
      at++;
    }
    return at;
  }

  private void tag(Kind begin, Kind end, char close) {
    add(begin, "");
    brackets.setLength(0);
    while (true) {
      skipSpaceCountingLines();
      if (position >= source.length()) {
        return;
      }
      char c = source.charAt(position);
      if (brackets.isEmpty() && closesTag(c, close)) {
        add(end, "");
        boolean signed = c == '-' || c == '+';
        int start = position;
        position += signed ? 1 : 0;
        if (close == '%') {
          endOfTag(signed ? c : ' ');
        } else {
          endOfTag(signed ? '-' : '+');
        }
        countLines(source.substring(start, position));
        return;
      }
      token(c);
    }
  }

  private boolean closesTag(char c, char close) {
    if (c == close) {
      return charAt(position + 1) == '}';
    }
    return (c == '-' || (c == '+' && close == '%'))
        && charAt(position + 1) == close
        && charAt(position + 2) == '}';
  }

  private void token(char c) {
    if (c >= '0' && c <= '9') {
      number();
    } else if (c == '_' || Character.isLetter(c)) {
      int start = position;
      while (charAt(position) == '_' || Character.isLetterOrDigit(charAt(position))) {
        position++;
      }
      add(Kind.NAME, source.substring(start, position));
    } else if (c == '\'' || c == '"') {
      string(c);
    } else {
      operator(c);
    }
  }

  private void number() {
    int start = position;
    boolean afterDot = start > 0 && source.charAt(start - 1) == '.';
    char second = charAt(start + 1);
    if (source.charAt(start) == '0' && "xXoObB".indexOf(second) >= 0) {
      position += 2;
      while (charAt(position) == '_' || Character.digit(charAt(position), 16) >= 0) {
        position++;
      }
      add(Kind.INTEGER, source.substring(start, position));
      return;
    }
    digits();
    boolean isFloat = false;
    if (!afterDot) {
      if (charAt(position) == '.' && isDigit(charAt(position + 1))) {
        position++;
        digits();
        isFloat = true;
      }
      if (charAt(position) == 'e' || charAt(position) == 'E') {
        int exponent = position + 1;
        if (charAt(exponent) == '+' || charAt(exponent) == '-') {
          exponent++;
        }
        if (isDigit(charAt(exponent))) {
          position = exponent;
          digits();
          isFloat = true;
        }
      }
    }
    add(isFloat ? Kind.FLOAT : Kind.INTEGER, source.substring(start, position).replace("_", ""));
  }

  private void digits() {
    while (isDigit(charAt(position))
        || (charAt(position) == '_' && isDigit(charAt(position + 1)))) {
      position++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void string(char quote) {
    int start = ++position;
    while (charAt(position) != quote) {
      position += source.charAt(position) == '\\' ? 2 : 1;
      if (position >= source.length()) {
        throw new Syntax("string does not end", line);
      }
    }
    String text = source.substring(start, position++);
    add(Kind.STRING, text.indexOf('\\') < 0 ? text : Escapes.decode(text, line));
    countLines(text);
  }

  private void operator(char c) {
    String two = position + 2 <= source.length() ? source.substring(position, position + 2) : "";
    String text =
        switch (two) {
          case "//", "**", "==", "!=", ">=", "<=" -> two;
          default -> "+-/*%~[](){}><=.:|,;".indexOf(c) >= 0 ? String.valueOf(c) : "";
        };
    if (text.isEmpty()) {
      throw new Syntax("unexpected character '" + c + "'", line);
    }
    switch (c) {
      case '(' -> brackets.append(')');
      case '[' -> brackets.append(']');
      case '{' -> brackets.append('}');
      case ')', ']', '}' -> {
        int last = brackets.length() - 1;
        if (last < 0 || brackets.charAt(last) != c) {
          throw new Syntax("unexpected '" + c + "'", line);
        }
        brackets.setLength(last);
      }
      default -> {}
    }
    add(Kind.OPERATOR, text);
    position += text.length();
  }

  private void data(String text) {
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void skipSpace() {
    while (Characters.isSpace(charAt(position))) {
      position++;
    }
  }

  private void skipSpaceCountingLines() {
    while (Characters.isSpace(charAt(position))) {
      if (source.charAt(position++) == '\n') {
        line++;
      }
    }
  }

  private void countLines(String text) {
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      line++;
    }
  }

  /** The character there, or NUL, which no rule accepts, behind the end. */
  private char charAt(int index) {
    return index < source.length() ? source.charAt(index) : '\0';
  }
}
