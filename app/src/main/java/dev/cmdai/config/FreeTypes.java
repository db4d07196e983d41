package dev.cmdai.config;

import dev.cmdai.toml.TomlDocument;
import dev.cmdai.toml.TomlException;
import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The kinds of values that hold several, or of which somebody else knows what they mean. */
final class FreeTypes {
  private FreeTypes() {}

  /** Any single value, or a list of such, where somebody else knows what it means. */
  record Anything() implements ValueType<Object> {
    @Override
    public String description() {
      return "a string, number, boolean, or a list of these";
    }

    /** What TOML takes for a value is one; any other text is a string. */
    @Override
    public Object parse(String text) throws BadValueException {
      String assignment = "v = " + text;
      TomlValue value;
      try {
        value = TomlDocument.parse(assignment).find(List.of("v")).orElseThrow();
      } catch (TomlException e) {
        return text;
      }
      return value.span().end() == assignment.length() ? read(value) : text;
    }

    @Override
    public Object read(TomlValue value) throws BadValueException {
      if (value instanceof TomlValue.Items items) {
        List<Object> elements = new ArrayList<>();
        for (TomlValue element : items.elements()) {
          elements.add(single(element));
        }
        return List.copyOf(elements);
      }
      return single(value);
    }

    private static Object single(TomlValue value) throws BadValueException {
      if (value instanceof TomlValue.Text text) {
        return text.text();
      }
      if (value instanceof TomlValue.Whole whole) {
        return whole.number();
      }
      if (value instanceof TomlValue.Decimal decimal) {
        return decimal.number();
      }
      if (value instanceof TomlValue.Flag flag) {
        return flag.isTrue();
      }
      if (value instanceof TomlValue.Moment moment) {
        return moment.text();
      }
      throw ValueTypes.wrongKind(value);
    }

    @Override
    public String text(Object value) {
      return value instanceof List<?> list
          ? list.stream().map(Object::toString).collect(Collectors.joining(","))
          : value.toString();
    }

    @Override
    public Object plain(Object value) {
      return value;
    }

    @Override
    public String toml(Object value) {
      return switch (value) {
        case String text -> TomlText.string(text);
        case List<?> list ->
            list.stream().map(this::toml).collect(Collectors.joining(", ", "[", "]"));
        case Double number when number.isNaN() -> "nan";
        case Double number when number.isInfinite() -> number > 0 ? "inf" : "-inf";
        default -> value.toString();
      };
    }
  }

  /** Tables of texts, with one of some fields each. */
  record Entries(List<String> fields) implements ValueType<List<Map<String, String>>> {
    @Override
    public String description() {
      return "tables with " + String.join(", ", fields) + " (a string, one of them)";
    }

    @Override
    public List<Map<String, String>> parse(String text) throws BadValueException {
      throw new BadValueException("is a list of tables; write it into the file by hand");
    }

    @Override
    public List<Map<String, String>> read(TomlValue value) throws BadValueException {
      if (!(value instanceof TomlValue.Items items)) {
        throw ValueTypes.wrongKind(value);
      }
      List<Map<String, String>> rows = new ArrayList<>();
      for (TomlValue element : items.elements()) {
        if (!(element instanceof TomlValue.Table table)) {
          throw ValueTypes.wrongKind(element);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (Map.Entry<String, TomlValue> entry : table.entries().entrySet()) {
          if (!fields.contains(entry.getKey())) {
            throw new BadValueException("holds the unknown field '" + entry.getKey() + "'");
          }
          row.put(entry.getKey(), ValueTypes.string(entry.getValue()));
        }
        if (row.size() != 1) {
          throw new BadValueException(
              row.isEmpty() ? "holds a table without a field" : "holds a table with two fields");
        }
        rows.add(row);
      }
      return List.copyOf(rows);
    }

    @Override
    public String text(List<Map<String, String>> value) {
      return value.stream().map(Map::toString).collect(Collectors.joining(","));
    }

    @Override
    public Object plain(List<Map<String, String>> value) {
      return value;
    }

    @Override
    public String toml(List<Map<String, String>> value) {
      throw new UnsupportedOperationException("tables are written by hand");
    }
  }
}
