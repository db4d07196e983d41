package dev.cmdai.toml;

import dev.cmdai.toml.TomlValue.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table while its text is being read. Holds the rules about what may be defined where (TOML 1.0,
 * sections Table, Inline Table and Array of Tables).
 */
final class TableBuilder {
  /** How a table came about decides who may still add to it. */
  private enum Kind {
    /** Named on the way to another: a header or dotted keys may still define it. */
    IMPLICIT,
    /** Has a header. */
    DEFINED,
    /** Made by dotted keys: only those of the same section may add keys. */
    DOTTED
  }

  /** Two definitions that cannot both stand. */
  static final class Clash extends Exception {
    private static final long serialVersionUID = 1;

    Clash(String message) {
      super(message);
    }
  }

  /** An array of tables while it grows. */
  private record Rows(List<TableBuilder> tables, int start) {}

  private final Map<String, Object> entries = new LinkedHashMap<>();
  private final int start;
  private Kind kind;

  private TableBuilder(Kind kind, int start) {
    this.kind = kind;
    this.start = start;
  }

  static TableBuilder root() {
    return new TableBuilder(Kind.DEFINED, 0);
  }

  static TableBuilder inline(int start) {
    return new TableBuilder(Kind.DEFINED, start);
  }

  /** The table that a header {@code [path]} begins. */
  TableBuilder define(List<String> path, int at) throws Clash {
    TableBuilder parent = parent(path, at);
    String name = path.getLast();
    Object present = parent.entries.get(name);
    if (present == null) {
      TableBuilder table = new TableBuilder(Kind.DEFINED, at);
      parent.entries.put(name, table);
      return table;
    }
    if (present instanceof TableBuilder table && table.kind == Kind.IMPLICIT) {
      table.kind = Kind.DEFINED;
      return table;
    }
    throw twice(path);
  }

  /** The table that a header {@code [[path]]} begins. */
  TableBuilder append(List<String> path, int at) throws Clash {
    TableBuilder parent = parent(path, at);
    TableBuilder table = new TableBuilder(Kind.DEFINED, at);
    switch (parent.entries.get(path.getLast())) {
      case null -> {
        List<TableBuilder> tables = new ArrayList<>(List.of(table));
        parent.entries.put(path.getLast(), new Rows(tables, at));
      }
      case Rows rows -> rows.tables.add(table);
      default -> throw twice(path);
    }
    return table;
  }

  private TableBuilder parent(List<String> path, int at) throws Clash {
    TableBuilder table = this;
    for (String name : path.subList(0, path.size() - 1)) {
      table =
          switch (table.entries.get(name)) {
            case null -> {
              TableBuilder made = new TableBuilder(Kind.IMPLICIT, at);
              table.entries.put(name, made);
              yield made;
            }
            case TableBuilder next -> next;
            case Rows rows -> rows.tables.getLast();
            default -> throw new Clash("'" + name + "' has a value, it cannot be a table as well");
          };
    }
    return table;
  }

  /** Gives a key of this table a value. */
  void assign(List<String> key, int at, TomlValue value) throws Clash {
    TableBuilder table = this;
    for (String name : key.subList(0, key.size() - 1)) {
      table =
          switch (table.entries.get(name)) {
            case null -> {
              TableBuilder made = new TableBuilder(Kind.DOTTED, at);
              table.entries.put(name, made);
              yield made;
            }
            case TableBuilder next when next.kind != Kind.DEFINED -> {
              next.kind = Kind.DOTTED;
              yield next;
            }
            default ->
                throw new Clash("'" + name + "' is defined already, elsewhere or as a value");
          };
    }
    if (table.entries.putIfAbsent(key.getLast(), value) != null) {
      throw twice(key);
    }
  }

  private static Clash twice(List<String> path) {
    return new Clash("'" + String.join(".", path) + "' is defined a second time");
  }

  TomlValue.Table build(Span span) {
    Map<String, TomlValue> values = new LinkedHashMap<>();
    entries.forEach((name, entry) ->
        values.put(
            name,
            switch (entry) {
              case TableBuilder table -> table.build();
              case Rows rows ->
                  new TomlValue.Items(
                      rows.tables.stream().<TomlValue>map(TableBuilder::build).toList(),
                      new Span(rows.start, rows.start));
              default -> (TomlValue) entry;
            }));
    return new TomlValue.Table(Collections.unmodifiableMap(values), span);
  }

  private TomlValue.Table build() {
    return build(new Span(start, start));
  }
}
