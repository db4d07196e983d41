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
    Object present = parent.entries.get(path.getLast());
    if (present == null) {
      parent.entries.put(path.getLast(), new Rows(new ArrayList<>(List.of(table)), at));
    } else if (present instanceof Rows rows) {
      rows.tables.add(table);
    } else {
      throw twice(path);
    }
    return table;
  }

  private TableBuilder parent(List<String> path, int at) throws Clash {
    TableBuilder table = this;
    for (String name : path.subList(0, path.size() - 1)) {
      Object present = table.entries.get(name);
      if (present == null) {
        TableBuilder made = new TableBuilder(Kind.IMPLICIT, at);
        table.entries.put(name, made);
        table = made;
      } else if (present instanceof TableBuilder next) {
        table = next;
      } else if (present instanceof Rows rows) {
        table = rows.tables.getLast();
      } else {
        throw new Clash("'" + name + "' has a value, it cannot be a table as well");
      }
    }
    return table;
  }

  /** Gives a key of this table a value. */
  void assign(List<String> key, int at, TomlValue value) throws Clash {
    TableBuilder table = this;
    for (String name : key.subList(0, key.size() - 1)) {
      Object present = table.entries.get(name);
      if (present == null) {
        TableBuilder made = new TableBuilder(Kind.DOTTED, at);
        table.entries.put(name, made);
        table = made;
      } else if (present instanceof TableBuilder next && next.kind != Kind.DEFINED) {
        next.kind = Kind.DOTTED;
        table = next;
      } else {
        throw new Clash("'" + name + "' is defined already, elsewhere or as a value");
      }
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
    for (Map.Entry<String, Object> entry : entries.entrySet()) {
      values.put(entry.getKey(), build(entry.getValue()));
    }
    return new TomlValue.Table(Collections.unmodifiableMap(values), span);
  }

  private TomlValue.Table build() {
    return build(new Span(start, start));
  }

  private static TomlValue build(Object entry) {
    if (entry instanceof TableBuilder table) {
      return table.build();
    }
    if (entry instanceof Rows rows) {
      List<TomlValue> tables = new ArrayList<>();
      for (TableBuilder table : rows.tables) {
        tables.add(table.build());
      }
      return new TomlValue.Items(List.copyOf(tables), new Span(rows.start, rows.start));
    }
    return (TomlValue) entry;
  }
}
