package dev.cmdai.config;

import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;

/**
 * The values that a setting takes: how they are written on a command line, in the environment and
 * in the file.
 *
 * @param <T> what they are in the program
 */
public sealed interface ValueType<T>
    permits ValueType.Text,
        ValueTypes.Time,
        ValueTypes.Count,
        ValueTypes.Decimal,
        ValueTypes.YesOrNo,
        SizeType,
        ModelFiles,
        FreeTypes.Anything,
        FreeTypes.Entries {

  /** What a value has to be, for messages and documentation: {@code a time such as 30s}. */
  String description();

  /** Reads what stands on a command line or in an environment variable. */
  T parse(String text) throws BadValueException;

  /** Reads what stands in the file. */
  T read(TomlValue value) throws BadValueException;

  /** The value for people, and for a command line. */
  String text(T value);

  /** The value in JSON and YAML: text, number, boolean, list or map. */
  Object plain(T value);

  /** The value for the file. */
  String toml(T value);

  /** Values that are text everywhere, so that only what they may hold differs. */
  sealed interface Text extends ValueType<String>
      permits Address, ValueTypes.Name, ValueTypes.Choice {
    @Override
    default String read(TomlValue value) throws BadValueException {
      return parse(ValueTypes.string(value));
    }

    @Override
    default String text(String value) {
      return value;
    }

    @Override
    default Object plain(String value) {
      return value;
    }

    @Override
    default String toml(String value) {
      return TomlText.string(value);
    }
  }
}
