package dev.cmdai.toml;

import dev.cmdai.toml.TomlValue.Span;
import java.util.ArrayList;
import java.util.List;

/** Reads keys and values. */
final class ValueReader {
  /** What lies deeper is no configuration, and would end in a stack overflow. */
  private static final int DEEPEST = 64;

  private final Cursor cursor;
  private final StringReader strings;

  ValueReader(Cursor cursor) {
    this.cursor = cursor;
    strings = new StringReader(cursor);
  }

  /** Reads a key, dotted or not: its parts. */
  List<String> readKey() throws TomlException {
    List<String> parts = new ArrayList<>();
    do {
      cursor.skipBlanks();
      if (parts.size() == DEEPEST) {
        throw cursor.error("a key has more than " + DEEPEST + " parts");
      }
      parts.add(readKeyPart());
      cursor.skipBlanks();
    } while (cursor.skipIf('.'));
    return parts;
  }

  private String readKeyPart() throws TomlException {
    if (strings.isAtString()) {
      return strings.readLine();
    }
    int start = cursor.offset();
    while (isBare(cursor.peek())) {
      cursor.skip(1);
    }
    if (cursor.offset() == start) {
      throw cursor.error("expected a key instead of " + cursor.shown());
    }
    return cursor.since(start);
  }

  static boolean isBare(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  TomlValue readValue() throws TomlException {
    return readValue(0);
  }

  private TomlValue readValue(int depth) throws TomlException {
    if (depth > DEEPEST) {
      throw cursor.error("values are nested more than " + DEEPEST + " deep");
    }
    int start = cursor.offset();
    if (strings.isAtString()) {
      String text = strings.read();
      return new TomlValue.Text(text, spanFrom(start));
    }
    return switch (cursor.peek()) {
      case '[' -> readArray(depth);
      case '{' -> readInlineTable(depth);
      default -> readWord();
    };
  }

  private TomlValue readArray(int depth) throws TomlException {
    int start = cursor.offset();
    cursor.skip(1);
    List<TomlValue> elements = new ArrayList<>();
    skipWhite();
    while (!cursor.skipIf(']')) {
      elements.add(readValue(depth + 1));
      skipWhite();
      if (!cursor.skipIf(',') && cursor.peek() != ']') {
        throw cursor.error("expected , or ] in the array instead of " + cursor.shown());
      }
      skipWhite();
    }
    return new TomlValue.Items(List.copyOf(elements), spanFrom(start));
  }

  private TomlValue readInlineTable(int depth) throws TomlException {
    int start = cursor.offset();
    cursor.skip(1);
    TableBuilder table = TableBuilder.inline(start);
    cursor.skipBlanks();
    if (!cursor.skipIf('}')) {
      do {
        cursor.skipBlanks();
        int at = cursor.offset();
        List<String> key = readKey();
        readEquals(key);
        try {
          table.assign(key, at, readValue(depth + 1));
        } catch (TableBuilder.Clash e) {
          throw cursor.error(at, String.valueOf(e.getMessage()));
        }
        cursor.skipBlanks();
      } while (cursor.skipIf(','));
      if (!cursor.skipIf('}')) {
        throw cursor.error("expected , or } in the inline table instead of " + cursor.shown());
      }
    }
    return table.build(spanFrom(start));
  }

  /** Steps over the equals sign behind a key. */
  void readEquals(List<String> key) throws TomlException {
    cursor.skipBlanks();
    if (!cursor.skipIf('=')) {
      String name = String.join(".", key);
      throw cursor.error("expected = behind '" + name + "' instead of " + cursor.shown());
    }
    cursor.skipBlanks();
  }

  private TomlValue readWord() throws TomlException {
    int start = cursor.offset();
    skipWord();
    if (cursor.offset() - start == 10 && cursor.peek() == ' ' && isTime()) {
      cursor.skip(1);
      skipWord();
    }
    String word = cursor.since(start);
    Span span = spanFrom(start);
    if (word.isEmpty()) {
      throw cursor.error("expected a value instead of " + cursor.shown());
    }
    TomlValue value =
        switch (word) {
          case "true" -> new TomlValue.Flag(true, span);
          case "false" -> new TomlValue.Flag(false, span);
          default -> NumberReader.read(word, span);
        };
    if (value == null) {
      throw cursor.error(start, "'" + word + "' is no value; a string needs quotes");
    }
    return value;
  }

  private void skipWord() {
    while (isBare(cursor.peek()) || "+.:".indexOf(cursor.peek()) >= 0) {
      cursor.skip(1);
    }
  }

  private boolean isTime() {
    return NumberReader.digit(cursor.peek(1), 10) >= 0
        && NumberReader.digit(cursor.peek(2), 10) >= 0
        && cursor.peek(3) == ':';
  }

  /** Blanks, line ends and comments. */
  private void skipWhite() throws TomlException {
    do {
      cursor.skipBlanks();
      cursor.skipComment();
    } while (cursor.skipLineEnd());
  }

  private Span spanFrom(int start) {
    return new Span(start, cursor.offset());
  }
}
