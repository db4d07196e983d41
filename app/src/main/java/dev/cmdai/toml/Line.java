package dev.cmdai.toml;

import dev.cmdai.toml.TomlValue.Span;
import java.util.List;

/** A line of a text that says something; a value may make it span several. */
sealed interface Line {
  /** From the beginning of the line to behind its line end, if it has one. */
  Span whole();

  /**
   * A table's header.
   *
   * @param path the table
   * @param isRepeated whether it begins one more table of an array
   */
  record Header(List<String> path, boolean isRepeated, Span whole) implements Line {}

  /**
   * A key with its value.
   *
   * @param key as it is written, below the header that it stands under
   * @param value what it is given
   */
  record Assignment(List<String> key, TomlValue value, Span whole) implements Line {}
}
