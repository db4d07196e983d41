package dev.cmdai.toml;

import java.util.List;
import java.util.Map;

/** A value in a TOML text, with its place. */
public sealed interface TomlValue {
  /** Where it stands; for a table with a header of its own, where its name stands. */
  Span span();

  /** What it is, for messages: {@code a string}. */
  String kind();

  /**
   * A piece of the text.
   *
   * @param start the first character's offset
   * @param end the offset behind the last
   */
  record Span(int start, int end) {}

  /** A string, without its quotes and escapes. */
  record Text(String text, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** An integer. */
  record Whole(long number, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "an integer";
    }
  }

  /** A float. */
  record Decimal(double number, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "a float";
    }
  }

  /** A boolean. */
  record Flag(boolean isTrue, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** A date, a time or both, as it is written. */
  record Moment(String text, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "a date or time";
    }
  }

  /** An array, also one of tables. */
  record Items(List<TomlValue> elements, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "an array";
    }
  }

  /** A table, in the order of the text. */
  record Table(Map<String, TomlValue> entries, Span span) implements TomlValue {
    @Override
    public String kind() {
      return "a table";
    }
  }
}
