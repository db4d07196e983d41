package dev.cmdai.toml;

import dev.cmdai.toml.TomlValue.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes a single key of a text and leaves every other line as it is. */
final class TomlEdit {
  private final TomlDocument document;
  private final String text;
  private final String lineEnd;

  TomlEdit(TomlDocument document) {
    this.document = document;
    text = document.text();
    int first = text.indexOf('\n');
    lineEnd = first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /** The text with the key set. */
  String set(List<String> path, String value) throws UneditableException {
    TomlValue present = document.find(path).orElse(null);
    if (present != null) {
      requireWritten(present, path);
      return replaced(present.span(), value);
    }
    TomlValue.Table inline = enclosing(path);
    if (inline != null) {
      return intoInline(inline, path, value);
    }
    return addedLine(path, value);
  }

  /** The innermost table written in braces that would hold the key, if one would. */
  private TomlValue.@Nullable Table enclosing(List<String> path) throws UneditableException {
    TomlValue.Table inline = null;
    for (int depth = 1; depth < path.size(); depth++) {
      switch (document.find(path.subList(0, depth)).orElse(null)) {
        case null -> {
          return inline;
        }
        case TomlValue.Table table -> inline = isWritten(table) ? table : inline;
        case TomlValue other ->
            throw new UneditableException(
                path, "cannot be set: '" + path.get(depth - 1) + "' is " + other.kind());
      }
    }
    return inline;
  }

  private String intoInline(TomlValue.Table inline, List<String> path, String value) {
    List<String> prefix = new ArrayList<>();
    for (String part : path) {
      prefix.add(part);
      if (inline.equals(document.find(prefix).orElse(null))) {
        break;
      }
    }
    String entry = TomlText.key(path.subList(prefix.size(), path.size())) + " = " + value;
    List<TomlValue> written = writtenIn(inline);
    if (written.isEmpty()) {
      return replaced(inline.span(), "{ " + entry + " }");
    }
    int end = written.getLast().span().end();
    return replaced(new Span(end, end), ", " + entry);
  }

  private String addedLine(List<String> path, String value) {
    List<String> table = path.subList(0, path.size() - 1);
    List<String> section = List.of();
    Line afterDotted = null;
    List<String> dottedSection = List.of();
    Line afterSection = null;
    for (Line line : document.lines()) {
      if (line instanceof Line.Header header) {
        section = header.path();
      }
      if (line instanceof Line.Assignment assignment
          && section.size() < table.size()
          && startsWith(joined(section, assignment.key()), table)
          && section.size() + assignment.key().size() > table.size()) {
        afterDotted = line;
        dottedSection = section;
      }
      if (section.equals(table)) {
        afterSection = line;
      }
    }
    if (afterDotted != null) {
      // A table made by dotted keys must not have a header too.
      List<String> key = path.subList(dottedSection.size(), path.size());
      return after(afterDotted, TomlText.key(key) + " = " + value);
    }
    String assignment = TomlText.key(path.subList(table.size(), path.size())) + " = " + value;
    if (afterSection != null) {
      return after(afterSection, assignment);
    }
    return table.isEmpty() ? beforeTables(assignment) : newTable(table, assignment);
  }

  private String after(Line line, String assignment) {
    int at = line.whole().end();
    String indent = line instanceof Line.Assignment ? indent(line.whole().start()) : "";
    return replaced(
        new Span(at, at), missingLineEnd(text.substring(0, at)) + indent + assignment + lineEnd);
  }

  private String indent(int lineStart) {
    int end = lineStart;
    while (text.charAt(end) == ' ' || text.charAt(end) == '\t') {
      end++;
    }
    return text.substring(lineStart, end);
  }

  /** The first key of the root table; the comment right above a header stays with it. */
  private String beforeTables(String assignment) {
    if (document.lines().isEmpty()) {
      return text + missingLineEnd(text) + assignment + lineEnd;
    }
    int first = text.startsWith("\uFEFF") ? 1 : 0;
    int at = document.lines().getFirst().whole().start();
    while (at > first) {
      int above = Math.max(text.lastIndexOf('\n', at - 2) + 1, first);
      if (!text.substring(above, at).stripLeading().startsWith("#")) {
        break;
      }
      at = above;
    }
    return replaced(new Span(at, at), assignment + lineEnd + lineEnd);
  }

  private String newTable(List<String> table, String assignment) {
    String gap = text.isBlank() || text.equals("\uFEFF") ? "" : lineEnd;
    String header = "[" + TomlText.key(table) + "]";
    return text + missingLineEnd(text) + gap + header + lineEnd + assignment + lineEnd;
  }

  private String missingLineEnd(String before) {
    boolean isMissing = !before.isEmpty() && !before.equals("\uFEFF") && !before.endsWith("\n");
    return isMissing ? lineEnd : "";
  }

  /** The text without the key, which is there. */
  String remove(List<String> path) throws UneditableException {
    TomlValue present = document.find(path).orElseThrow();
    requireWritten(present, path);
    for (Line line : document.lines()) {
      if (line instanceof Line.Assignment assignment && assignment.value().equals(present)) {
        return replaced(line.whole(), "");
      }
    }
    for (int depth = path.size() - 1; depth > 0; depth--) {
      if (document.find(path.subList(0, depth)).orElse(null) instanceof TomlValue.Table table
          && isWritten(table)) {
        return withoutEntry(table, present);
      }
    }
    throw new UneditableException(path, "cannot be removed from where it stands");
  }

  private String withoutEntry(TomlValue.Table inline, TomlValue entry) {
    List<TomlValue> written = writtenIn(inline);
    int index = written.indexOf(entry);
    if (written.size() == 1) {
      return replaced(inline.span(), "{}");
    }
    if (index > 0) {
      return replaced(new Span(written.get(index - 1).span().end(), entry.span().end()), "");
    }
    int comma = text.indexOf(',', entry.span().end());
    return replaced(new Span(inline.span().start() + 1, comma + 1), "");
  }

  /** The values that stand in an inline table with a key each, in their order. */
  private static List<TomlValue> writtenIn(TomlValue.Table inline) {
    List<TomlValue> written = new ArrayList<>();
    for (TomlValue value : inline.entries().values()) {
      if (value instanceof TomlValue.Table table && !isWritten(table)) {
        written.addAll(writtenIn(table));
      } else {
        written.add(value);
      }
    }
    written.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
    return written;
  }

  private static void requireWritten(TomlValue value, List<String> path)
      throws UneditableException {
    if (!isWritten(value)) {
      throw new UneditableException(path, "is " + value.kind() + ", not a single value");
    }
  }

  /** Whether a value stands in one place; a table may be spread over many. */
  private static boolean isWritten(TomlValue value) {
    return value.span().end() > value.span().start();
  }

  private String replaced(Span span, String replacement) {
    return text.substring(0, span.start()) + replacement + text.substring(span.end());
  }

  private static List<String> joined(List<String> section, List<String> key) {
    List<String> path = new ArrayList<>(section);
    path.addAll(key);
    return path;
  }

  private static boolean startsWith(List<String> path, List<String> prefix) {
    return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
  }
}
