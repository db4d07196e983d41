package dev.cmdai.toml;

/** A place in a text, and the few steps that every part of the grammar takes from it. */
final class Cursor {
  /** What {@link #peek} gives behind the last character. */
  static final char END = '\uFFFF';

  private final String text;
  private int offset;

  Cursor(String text) {
    this.text = text;
    // A byte order mark is no part of the document.
    offset = text.startsWith("\uFEFF") ? 1 : 0;
  }

  int offset() {
    return offset;
  }

  boolean isAtEnd() {
    return offset >= text.length();
  }

  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return offset + ahead < text.length() ? text.charAt(offset + ahead) : END;
  }

  void skip(int count) {
    offset += count;
  }

  boolean startsWith(String prefix) {
    return text.startsWith(prefix, offset);
  }

  boolean skipIf(char expected) {
    if (isAtEnd() || peek() != expected) {
      return false;
    }
    offset++;
    return true;
  }

  String since(int start) {
    return text.substring(start, offset);
  }

  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      offset++;
    }
  }

  /** Steps over a line end: whether there was one. */
  boolean skipLineEnd() {
    if (peek() == '\n') {
      offset++;
      return true;
    }
    if (peek() == '\r' && peek(1) == '\n') {
      offset += 2;
      return true;
    }
    return false;
  }

  /** Steps over a comment, up to the line's end. */
  void skipComment() throws TomlException {
    if (peek() != '#') {
      return;
    }
    while (!isAtEnd() && !isAtLineEnd()) {
      if (isControl(peek()) && peek() != '\t') {
        throw error("a comment holds the control character " + shown());
      }
      offset++;
    }
  }

  boolean isAtLineEnd() {
    return peek() == '\n' || (peek() == '\r' && peek(1) == '\n');
  }

  static boolean isControl(char c) {
    return c < ' ' || c == '\u007F';
  }

  /** The next character, for messages. */
  String shown() {
    if (isAtEnd()) {
      return "the end of the file";
    }
    if (isAtLineEnd()) {
      return "the end of the line";
    }
    int code = text.codePointAt(offset);
    return Character.isISOControl(code)
        ? String.format("U+%04X", code)
        : "'" + Character.toString(code) + "'";
  }

  TomlException error(String message) {
    return error(offset, message);
  }

  TomlException error(int at, String message) {
    return error(text, at, message);
  }

  static TomlException error(String text, int at, String message) {
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    int column = text.codePointCount(lineStart, Math.min(at, text.length())) + 1;
    boolean hasMark = lineStart == 0 && text.startsWith("\uFEFF");
    return new TomlException(line(text, at), hasMark ? column - 1 : column, message);
  }

  /** The line of an offset, from 1. */
  static int line(String text, int at) {
    int line = 1;
    for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
      line++;
    }
    return line;
  }
}
