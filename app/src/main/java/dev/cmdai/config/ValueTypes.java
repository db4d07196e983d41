package dev.cmdai.config;

import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The kinds of values of which a setting has one. */
final class ValueTypes {
  private ValueTypes() {}

  /** A text with something in it. */
  record Name(String description) implements ValueType.Text {
    @Override
    public String parse(String text) throws BadValueException {
      if (text.isBlank()) {
        throw new BadValueException("is blank");
      }
      return text;
    }
  }

  /** One word of a fixed set. */
  record Choice(List<String> words) implements ValueType.Text {
    @Override
    public String description() {
      int last = words.size() - 1;
      return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    @Override
    public String parse(String text) throws BadValueException {
      if (!words.contains(text)) {
        throw new BadValueException("is unknown");
      }
      return text;
    }
  }

  /** A time of more than nothing. */
  record Time() implements ValueType<Duration> {
    @Override
    public String description() {
      return "a time such as 500ms, 30s or 2m";
    }

    @Override
    public Duration parse(String text) throws BadValueException {
      try {
        Duration time = Durations.parse(text.strip());
        if (time.isPositive()) {
          return time;
        }
      } catch (NumberFormatException | ArithmeticException e) {
        throw new BadValueException("is no time");
      }
      throw new BadValueException("must be more than nothing");
    }

    @Override
    public Duration read(TomlValue value) throws BadValueException {
      if (value instanceof TomlValue.Whole whole) {
        return parse(String.valueOf(whole.number()));
      }
      if (value instanceof TomlValue.Decimal decimal) {
        return parse(String.valueOf(decimal.number()));
      }
      return parse(string(value));
    }

    @Override
    public String text(Duration value) {
      return Durations.text(value);
    }

    @Override
    public Object plain(Duration value) {
      return text(value);
    }

    @Override
    public String toml(Duration value) {
      return TomlText.string(text(value));
    }
  }

  /** A whole number from a range. */
  record Count(int least, int most) implements ValueType<Integer> {
    @Override
    public String description() {
      return "a whole number from " + least + (most == Integer.MAX_VALUE ? " on" : " to " + most);
    }

    @Override
    public Integer parse(String text) throws BadValueException {
      try {
        return inRange(Long.parseLong(text.strip()));
      } catch (NumberFormatException e) {
        throw new BadValueException("is no whole number");
      }
    }

    @Override
    public Integer read(TomlValue value) throws BadValueException {
      if (value instanceof TomlValue.Whole whole) {
        return inRange(whole.number());
      }
      throw wrongKind(value);
    }

    private Integer inRange(long number) throws BadValueException {
      if (number < least || number > most) {
        throw new BadValueException("is out of range");
      }
      return (int) number;
    }

    @Override
    public String text(Integer value) {
      return value.toString();
    }

    @Override
    public Object plain(Integer value) {
      return value;
    }

    @Override
    public String toml(Integer value) {
      return value.toString();
    }
  }

  /** A number from a range. */
  record Decimal(float least, float most) implements ValueType<Float> {
    @Override
    public String description() {
      return "a number from " + number(least) + " to " + number(most);
    }

    @Override
    public Float parse(String text) throws BadValueException {
      try {
        return inRange(Double.parseDouble(text.strip()));
      } catch (NumberFormatException e) {
        throw new BadValueException("is no number");
      }
    }

    @Override
    public Float read(TomlValue value) throws BadValueException {
      if (value instanceof TomlValue.Whole whole) {
        return inRange((double) whole.number());
      }
      if (value instanceof TomlValue.Decimal decimal) {
        return inRange(decimal.number());
      }
      throw wrongKind(value);
    }

    private Float inRange(double number) throws BadValueException {
      if (number >= least && number <= most) {
        return (float) number;
      }
      throw new BadValueException("is out of range");
    }

    @Override
    public String text(Float value) {
      return number(value);
    }

    @Override
    public Object plain(Float value) {
      return Double.valueOf(value.toString());
    }

    @Override
    public String toml(Float value) {
      return number(value);
    }

    private static String number(float value) {
      return value == Math.rint(value) ? String.valueOf((int) value) : String.valueOf(value);
    }
  }

  /** A switch. */
  record YesOrNo() implements ValueType<Boolean> {
    @Override
    public String description() {
      return "true or false";
    }

    @Override
    public Boolean parse(String text) throws BadValueException {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on", "1" -> true;
        case "false", "no", "off", "0" -> false;
        default -> throw new BadValueException("is unknown");
      };
    }

    @Override
    public Boolean read(TomlValue value) throws BadValueException {
      if (value instanceof TomlValue.Flag flag) {
        return flag.isTrue();
      }
      throw wrongKind(value);
    }

    @Override
    public String text(Boolean value) {
      return value.toString();
    }

    @Override
    public Object plain(Boolean value) {
      return value;
    }

    @Override
    public String toml(Boolean value) {
      return value.toString();
    }
  }

  static String string(TomlValue value) throws BadValueException {
    if (value instanceof TomlValue.Text text) {
      return text.text();
    }
    throw wrongKind(value);
  }

  static BadValueException wrongKind(TomlValue value) {
    return new BadValueException("is " + value.kind());
  }
}
