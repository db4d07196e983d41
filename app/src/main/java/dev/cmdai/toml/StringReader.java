package dev.cmdai.toml;

/** Reads the four kinds of TOML strings. */
final class StringReader {
  private final Cursor cursor;

  StringReader(Cursor cursor) {
    this.cursor = cursor;
  }

  boolean isAtString() {
    return cursor.peek() == '"' || cursor.peek() == '\'';
  }

  /** Reads a string on one line, or one between triple quotes. */
  String read() throws TomlException {
    char quote = cursor.peek();
    if (cursor.peek(1) == quote && cursor.peek(2) == quote) {
      return readLines(quote);
    }
    return readLine();
  }

  /** Reads a string on one line, as keys are: two quotes are an empty one. */
  String readLine() throws TomlException {
    int start = cursor.offset();
    char quote = cursor.peek();
    cursor.skip(1);
    StringBuilder text = new StringBuilder();
    while (true) {
      if (cursor.isAtEnd() || cursor.isAtLineEnd()) {
        throw cursor.error(start, "the string has no closing quote");
      }
      char c = cursor.peek();
      if (c == quote) {
        cursor.skip(1);
        return text.toString();
      }
      if (c == '\\' && quote == '"') {
        readEscape(text);
      } else {
        readCharacter(text);
      }
    }
  }

  private String readLines(char quote) throws TomlException {
    int start = cursor.offset();
    cursor.skip(3);
    cursor.skipLineEnd();
    StringBuilder text = new StringBuilder();
    while (true) {
      if (cursor.isAtEnd()) {
        throw cursor.error(start, "the string has no closing quotes");
      }
      if (cursor.peek() == quote && cursor.peek(1) == quote && cursor.peek(2) == quote) {
        // Up to two quotes may stand right before the three that close.
        for (int i = 0; i < 2 && cursor.peek(3) == quote; i++) {
          text.append(quote);
          cursor.skip(1);
        }
        cursor.skip(3);
        return text.toString();
      }
      if (cursor.skipLineEnd()) {
        // The same text, whichever line ends the file was saved with.
        text.append('\n');
      } else if (cursor.peek() == '\\' && quote == '"') {
        if (!skipFoldedLines()) {
          readEscape(text);
        }
      } else {
        readCharacter(text);
      }
    }
  }

  private void readCharacter(StringBuilder text) throws TomlException {
    char c = cursor.peek();
    if (Cursor.isControl(c) && c != '\t') {
      throw cursor.error("a string holds the control character " + cursor.shown());
    }
    text.append(c);
    cursor.skip(1);
  }

  /** A backslash at the end of a line takes the line end and all white space behind it away. */
  private boolean skipFoldedLines() {
    int ahead = 1;
    while (cursor.peek(ahead) == ' ' || cursor.peek(ahead) == '\t') {
      ahead++;
    }
    boolean endsLine =
        cursor.peek(ahead) == '\n'
            || (cursor.peek(ahead) == '\r' && cursor.peek(ahead + 1) == '\n');
    if (!endsLine) {
      return false;
    }
    cursor.skip(ahead);
    do {
      cursor.skipBlanks();
    } while (cursor.skipLineEnd());
    return true;
  }

  private void readEscape(StringBuilder text) throws TomlException {
    char escape = cursor.peek(1);
    switch (escape) {
      case 'b' -> text.append('\b');
      case 't' -> text.append('\t');
      case 'n' -> text.append('\n');
      case 'f' -> text.append('\f');
      case 'r' -> text.append('\r');
      case '"' -> text.append('"');
      case '\\' -> text.append('\\');
      case 'u' -> readCodePoint(4, text);
      case 'U' -> readCodePoint(8, text);
      default ->
          throw cursor.error(
              "a backslash stands before what it cannot escape; write \\\\ for a backslash, or put"
                  + " the string in single quotes");
    }
    cursor.skip(2);
  }

  private void readCodePoint(int digits, StringBuilder text) throws TomlException {
    long code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = NumberReader.digit(cursor.peek(2 + i), 16);
      if (digit < 0) {
        throw cursor.error("an escaped character needs " + digits + " hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    boolean isSurrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code > Character.MAX_CODE_POINT || isSurrogate) {
      throw cursor.error("there is no such character");
    }
    text.appendCodePoint((int) code);
    cursor.skip(digits);
  }
}
