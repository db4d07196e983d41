package dev.cmdai.safety.parse.powershell;

/** The place in the code up to which it is read, and how deep in brackets that is. */
final class Source {
  /** No honest code goes so deep. */
  private static final int DEEPEST = 48;

  private static final int LONGEST_SHOWN = 48;

  private final String code;
  private int position;
  private int depth;
  private boolean isComplete = true;
  private boolean isTooDeep;

  Source(String code) {
    this.code = code;
  }

  int position() {
    return position;
  }

  void go(int to) {
    position = Math.min(to, code.length());
  }

  boolean isAtEnd() {
    return position >= code.length();
  }

  boolean isComplete() {
    return isComplete;
  }

  boolean isTooDeep() {
    return isTooDeep;
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    int at = position + ahead;
    return at < code.length() ? code.charAt(at) : '\0';
  }

  char next() {
    return position < code.length() ? code.charAt(position++) : '\0';
  }

  boolean take(String text) {
    boolean isThere = code.startsWith(text, position);
    position += isThere ? text.length() : 0;
    return isThere;
  }

  /** What is left up to the sign, which is read too; all of it where there is none. */
  String upTo(String sign) {
    int end = code.indexOf(sign, position);
    if (end < 0) {
      giveUp();
      return "";
    }
    String text = code.substring(position, end);
    position = end + sign.length();
    return text;
  }

  /** How the code stands there from a place on, short enough for a message. */
  String written(int from) {
    int end = position;
    while (end > from && code.charAt(end - 1) <= ' ') {
      end--;
    }
    return end - from <= LONGEST_SHOWN
        ? code.substring(from, Math.max(end, from))
        : code.substring(from, from + LONGEST_SHOWN) + "…";
  }

  /** The rest makes no sense without what is missing. */
  void giveUp() {
    isComplete = false;
    position = code.length();
  }

  void missing() {
    isComplete = false;
  }

  /** Goes one bracket deeper; false where that is too deep, and nothing more is read. */
  boolean enter() {
    if (depth == DEEPEST) {
      isTooDeep = true;
      position = code.length();
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  /** Reads over blanks, comments and line ends that are escaped. */
  void skipBlanks() {
    while (!isAtEnd()) {
      char c = peek();
      if (c == ' ' || c == '\t' || c == '\r' || c == '\u00A0' || c == '\f' || c == '\u000B') {
        position++;
      } else if (c == '`' && (peek(1) == '\n' || peek(1) == '\r')) {
        position += 2;
      } else if (c == '<' && peek(1) == '#') {
        position += 2;
        upTo("#>");
      } else if (c == '#') {
        int end = code.indexOf('\n', position);
        position = end < 0 ? code.length() : end;
      } else {
        return;
      }
    }
  }

  /** Reads over line ends too. */
  void skipLines() {
    skipBlanks();
    while (peek() == '\n' && !isAtEnd()) {
      position++;
      skipBlanks();
    }
  }

  /** Reads over all that can stand between statements. */
  void skipSeparators() {
    skipLines();
    while (peek() == ';') {
      position++;
      skipLines();
    }
  }

  /** Whether a statement ends here. */
  boolean isEndOfStatement() {
    char c = peek();
    return isAtEnd() || c == '\n' || c == ';' || c == '}' || c == ')';
  }

  /** The letters that stand there, in the order in which they stand; nothing is read. */
  String word() {
    int end = position;
    while (end < code.length() && end - position < 24 && Character.isLetter(code.charAt(end))) {
      end++;
    }
    return code.substring(position, end);
  }

  static boolean isNameChar(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** PowerShell takes every dash for a minus. */
  static boolean isDash(char c) {
    return c == '-' || c == '\u2013' || c == '\u2014' || c == '\u2015';
  }

  static boolean isSingleQuote(char c) {
    return c == '\'' || (c >= '\u2018' && c <= '\u201B');
  }

  static boolean isDoubleQuote(char c) {
    return c == '"' || (c >= '\u201C' && c <= '\u201E');
  }
}
