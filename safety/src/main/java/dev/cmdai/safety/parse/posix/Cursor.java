package dev.cmdai.safety.parse.posix;

/** A place in shell code, and what nested readers of the same code share. */
final class Cursor {
  /** Nesting that no honest command reaches. */
  private static final int DEEPEST = 40;

  private static final int LONGEST_ARITHMETIC = 2048;

  private final String text;
  private int position;
  private int depth;
  private boolean isIncomplete;
  private boolean isTooDeep;

  Cursor(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    return position >= text.length();
  }

  /** The character here, NUL at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    int i = position + ahead;
    return i < text.length() ? text.charAt(i) : '\0';
  }

  char next() {
    char c = peek();
    position++;
    return c;
  }

  void skip(int count) {
    position += count;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, position);
  }

  /** Reads up to the character and past it; to the end, and incomplete, where it is missing. */
  String until(char end) {
    int close = text.indexOf(end, position);
    if (close < 0) {
      isIncomplete = true;
      close = text.length();
    }
    String between = text.substring(position, close);
    position = close + 1;
    return between;
  }

  /** Reads the rest of the line and the end of it. */
  String line() {
    int end = text.indexOf('\n', position);
    end = end < 0 ? text.length() : end;
    String line = text.substring(position, end);
    position = end + 1;
    return line;
  }

  void skipBlanks() {
    while (true) {
      char c = peek();
      if (c == ' ' || c == '\t' || c == '\r') {
        position++;
      } else if (c == '\\' && peek(1) == '\n') {
        position += 2;
      } else {
        return;
      }
    }
  }

  /** Whether a bare word with exactly that text stands here. */
  boolean isAtWord(String word) {
    return startsWith(word) && (isAtEnd(word.length()) || isMeta(peek(word.length())));
  }

  private boolean isAtEnd(int ahead) {
    return position + ahead >= text.length();
  }

  /** Whether nothing more belongs to the command that is being read. */
  boolean isAtEndOfCommand() {
    return isAtEnd() || "\n;|&)<>(".indexOf(peek()) >= 0;
  }

  /** Whether the character ends a bare word. */
  static boolean isMeta(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\r', ';', '&', '|', '<', '>', '(', ')' -> true;
      default -> false;
    };
  }

  /**
   * Whether the double bracket here is closed by a double one: else {@code ((a) …)} are two nested
   * brackets. Looks only so far, and takes the rest for commands.
   */
  boolean isArithmetic() {
    int open = 0;
    int limit = Math.min(text.length(), position + LONGEST_ARITHMETIC);
    for (int i = position; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '(') {
        open++;
      } else if (c == ')' && --open == 1) {
        return i + 1 < limit && text.charAt(i + 1) == ')';
      }
    }
    return false;
  }

  /** Goes into a bracket; false where it is nested too deep, and nothing more is read. */
  boolean enter() {
    depth++;
    if (depth <= DEEPEST) {
      return true;
    }
    isTooDeep = true;
    position = text.length();
    return false;
  }

  void leave() {
    depth--;
  }

  /** How much of the text was read. */
  int position() {
    return Math.min(position, text.length());
  }

  int depth() {
    return depth;
  }

  /** Continues the depth of the code that this code was quoted in. */
  void startAt(int outerDepth) {
    depth = outerDepth;
  }

  void markIncomplete() {
    isIncomplete = true;
  }

  /** Takes over what was found wrong in code that was quoted in this one. */
  void absorb(Script inner) {
    isIncomplete |= !inner.isComplete();
    isTooDeep |= inner.isTooDeep();
  }

  boolean isComplete() {
    return !isIncomplete;
  }

  boolean isTooDeep() {
    return isTooDeep;
  }
}
