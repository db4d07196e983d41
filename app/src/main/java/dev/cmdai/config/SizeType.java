package dev.cmdai.config;

import dev.cmdai.toml.TomlText;
import dev.cmdai.toml.TomlValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, with or without a unit; a kilobyte is 1000 bytes. */
record SizeType() implements ValueType<Long> {
  /** Not of the class, which every run loads: a pattern that no run needs would cost time. */
  private static final String FORM = "([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([kmgt]?)b?";

  @Override
  public String description() {
    return "a size such as 900MB or 1.5GB";
  }

  @Override
  public Long parse(String text) throws BadValueException {
    Matcher form = Pattern.compile(FORM).matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new BadValueException("is no size");
    }
    int digits =
        switch (form.group(2)) {
          case "k" -> 3;
          case "m" -> 6;
          case "g" -> 9;
          case "t" -> 12;
          default -> 0;
        };
    try {
      long bytes = new BigDecimal(form.group(1)).scaleByPowerOfTen(digits).longValueExact();
      if (bytes > 0) {
        return bytes;
      }
    } catch (ArithmeticException e) {
      throw new BadValueException("is no size");
    }
    throw new BadValueException("must be more than nothing");
  }

  @Override
  public Long read(TomlValue value) throws BadValueException {
    return parse(
        value instanceof TomlValue.Whole whole
            ? String.valueOf(whole.number())
            : ValueTypes.string(value));
  }

  @Override
  public String text(Long value) {
    return value.toString();
  }

  @Override
  public Object plain(Long value) {
    return value;
  }

  @Override
  public String toml(Long value) {
    return value < Integer.MAX_VALUE ? value.toString() : TomlText.string(value.toString());
  }
}
