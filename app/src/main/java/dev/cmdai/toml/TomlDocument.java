package dev.cmdai.toml;

import dev.cmdai.toml.TomlValue.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A TOML text and what it says. A change makes a new one. */
public final class TomlDocument {
  private final String text;
  private final List<Line> lines;
  private final TomlValue.Table root;
  private int @Nullable [] lineEnds;

  private TomlDocument(String text, List<Line> lines, TomlValue.Table root) {
    this.text = text;
    this.lines = lines;
    this.root = root;
  }

  /**
   * Reads a text, which may begin with a byte order mark.
   *
   * @throws TomlException at the first thing that is no TOML 1.0
   */
  public static TomlDocument parse(String text) throws TomlException {
    Cursor cursor = new Cursor(text);
    ValueReader values = new ValueReader(cursor);
    TableBuilder root = TableBuilder.root();
    TableBuilder table = root;
    List<Line> lines = new ArrayList<>();
    while (!cursor.isAtEnd()) {
      int lineStart = cursor.offset();
      cursor.skipBlanks();
      int at = cursor.offset();
      try {
        if (cursor.peek() == '[') {
          Line.Header header = readHeader(cursor, values, lineStart);
          table =
              header.isRepeated() ? root.append(header.path(), at) : root.define(header.path(), at);
          lines.add(header);
        } else if (isAtContent(cursor)) {
          List<String> key = values.readKey();
          values.readEquals(key);
          TomlValue value = values.readValue();
          table.assign(key, at, value);
          endLine(cursor);
          lines.add(new Line.Assignment(key, value, new Span(lineStart, cursor.offset())));
        } else {
          endLine(cursor);
        }
      } catch (TableBuilder.Clash e) {
        throw cursor.error(at, String.valueOf(e.getMessage()));
      }
    }
    return new TomlDocument(text, List.copyOf(lines), root.build(new Span(0, text.length())));
  }

  private static Line.Header readHeader(Cursor cursor, ValueReader values, int lineStart)
      throws TomlException {
    boolean isRepeated = cursor.startsWith("[[");
    cursor.skip(isRepeated ? 2 : 1);
    List<String> path = values.readKey();
    for (int i = isRepeated ? 2 : 1; i > 0; i--) {
      if (!cursor.skipIf(']')) {
        throw cursor.error("expected ] behind the table's name instead of " + cursor.shown());
      }
    }
    endLine(cursor);
    return new Line.Header(path, isRepeated, new Span(lineStart, cursor.offset()));
  }

  private static boolean isAtContent(Cursor cursor) {
    return !cursor.isAtEnd() && !cursor.isAtLineEnd() && cursor.peek() != '#';
  }

  private static void endLine(Cursor cursor) throws TomlException {
    cursor.skipBlanks();
    cursor.skipComment();
    if (!cursor.skipLineEnd() && !cursor.isAtEnd()) {
      throw cursor.error("expected the end of the line instead of " + cursor.shown());
    }
  }

  /** The text as it was read. */
  public String text() {
    return text;
  }

  /** Everything that the text defines. */
  public TomlValue.Table root() {
    return root;
  }

  /** The value under a path of keys; the root for an empty one. */
  public Optional<TomlValue> find(List<String> path) {
    TomlValue value = root;
    for (String key : path) {
      TomlValue next = value instanceof TomlValue.Table table ? table.entries().get(key) : null;
      if (next == null) {
        return Optional.empty();
      }
      value = next;
    }
    return Optional.of(value);
  }

  /** The line, from 1, on which a value of this document begins. */
  public int line(TomlValue value) {
    if (lineEnds == null) {
      lineEnds = IntStream.range(0, text.length()).filter(i -> text.charAt(i) == '\n').toArray();
    }
    int found = Arrays.binarySearch(lineEnds, value.span().start());
    return found < 0 ? -found : found + 1;
  }

  /**
   * This text with a key set to a value. A key that is there keeps its line, its comment and its
   * place; a new one joins its table; no other line changes.
   *
   * @param path the key, from the root
   * @param value what to write, as TOML
   * @throws UneditableException when the key cannot have a value
   */
  public TomlDocument with(List<String> path, String value) throws UneditableException {
    return edited(new TomlEdit(this).set(path, value), path);
  }

  /**
   * This text without a key and its line; the same when there is no such key.
   *
   * @throws UneditableException when the key is a table with a header of its own
   */
  public TomlDocument without(List<String> path) throws UneditableException {
    return find(path).isEmpty() ? this : edited(new TomlEdit(this).remove(path), path);
  }

  private static TomlDocument edited(String text, List<String> path) throws UneditableException {
    try {
      return parse(text);
    } catch (TomlException e) {
      throw new UneditableException(path, "cannot be changed here: " + e.getMessage(), e);
    }
  }

  List<Line> lines() {
    return lines;
  }
}
