package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Filters that make or take numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    }
    return switch (name) {
      case "int" -> integer(run, value, arguments);
      case "float" -> {
        Object fallback = arguments.bind(name, 0, "default")[0];
        Double number = real(run, value);
        yield number != null ? number : fallback != null ? fallback : (Object) 0.0;
      }
      case "abs" -> {
        arguments.none(name);
        yield absolute(value);
      }
      default -> round(value, arguments);
    };
  }

  private static Object absolute(Object value) {
    if (value instanceof Double number) {
      return Math.abs(number);
    }
    if (!Values.isWhole(value)) {
      throw new Failure("bad operand type for abs(): '" + Values.typeName(value) + "'");
    }
    long number = Values.whole(value);
    return number < 0 ? Arithmetic.sign(true, number) : (Object) number;
  }

  private static Object integer(Run run, Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("int", 0, "default", "base");
    if (Values.isWhole(value)) {
      return Values.whole(value);
    }
    int base = values[1] == null ? 10 : Values.count(values[1], "bases");
    if (Values.isText(value)) {
      if (base != 10 && base != 16 && base != 8 && base != 2) {
        throw new Unsupported("the filter 'int' with base " + base);
      }
      Long number = parsed(run, Values.text(value, "int"), base);
      if (number != null) {
        return number;
      }
    }
    Double number = value instanceof Double real ? real : real(run, value);
    if (number == null || number.isNaN() || number.isInfinite()) {
      return values[0] == null ? (Object) 0L : values[0];
    }
    if (Math.abs(number) >= 0x1p63) {
      throw tooBig();
    }
    return number.longValue();
  }

  /** Digits with sign, white space and single underscores, or null. */
  private static @Nullable Long parsed(Run run, String text, int base) {
    String digits = underscored(Texts.strip(run, text, null, true, true));
    if (digits == null) {
      return null;
    }
    int sign = digits.startsWith("-") || digits.startsWith("+") ? 1 : 0;
    if (base != 10 && digits.length() > sign + 2 && digits.charAt(sign) == '0') {
      char letter = Character.toLowerCase(digits.charAt(sign + 1));
      if ((base == 16 && letter == 'x')
          || (base == 8 && letter == 'o')
          || (base == 2 && letter == 'b')) {
        digits = digits.substring(0, sign) + digits.substring(sign + 2);
      }
    }
    if (digits.length() == sign) {
      return null;
    }
    for (int i = sign; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), base) < 0) {
        return null;
      }
    }
    try {
      return Long.parseLong(digits, base);
    } catch (NumberFormatException e) {
      throw tooBig();
    }
  }

  private static LimitExceeded tooBig() {
    return new LimitExceeded(Limits.INTEGER_BITS + " bits for an integer");
  }

  /** The text without its underscores, which must stand between digits; null otherwise. */
  private static @Nullable String underscored(String text) {
    if (text.indexOf('_') < 0) {
      return text;
    }
    for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
      if (i == 0
          || i + 1 == text.length()
          || !Character.isLetterOrDigit(text.charAt(i - 1))
          || !Character.isLetterOrDigit(text.charAt(i + 1))) {
        return null;
      }
    }
    return text.replace("_", "");
  }

  /** What Python's {@code float} makes of a value, or null. */
  private static @Nullable Double real(Run run, Object value) {
    if (Values.isNumber(value)) {
      return Values.real(value);
    }
    if (!Values.isText(value)) {
      return null;
    }
    run.steps(Values.text(value, "float").length() >> 6);
    String text = underscored(Texts.strip(run, Values.text(value, "float"), null, true, true));
    if (text == null || text.isEmpty()) {
      return null;
    }
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String size = Casing.apply("lower", signed ? text.substring(1) : text);
    switch (size) {
      case "inf", "infinity" -> {
        return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {}
    }
    for (int i = 0; i < size.length(); i++) {
      // Java also takes 1d, 1f and 0x1p3.
      if ("0123456789.e+-".indexOf(size.charAt(i)) < 0) {
        return null;
      }
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Object round(Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("round", 0, "precision", "method");
    int precision = values[0] == null ? 0 : Values.count(values[0], "precisions");
    String method = values[1] == null ? "common" : Values.text(values[1], "round");
    if (!Values.isNumber(value)) {
      throw new Failure("type " + Values.typeName(value) + " cannot be rounded");
    }
    if (Math.abs((long) precision) > 300) {
      throw new Unsupported("rounding to " + precision + " places");
    }
    return switch (method) {
      case "common" -> nearest(value, precision);
      case "ceil", "floor" -> {
        if (precision < 0) {
          throw new Unsupported("rounding to tens");
        }
        double scale = Math.pow(10, precision);
        double scaled = Values.real(value) * scale;
        yield (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale + 0.0;
      }
      default -> throw new Failure("method must be common, ceil or floor");
    };
  }

  /** Half goes to even, judged by the exact binary value, as in Python. */
  private static Object nearest(Object value, int precision) {
    if (value instanceof Double number) {
      if (number.isNaN() || number.isInfinite()) {
        return number;
      }
      BigDecimal rounded = new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN);
      return Math.copySign(rounded.doubleValue(), number);
    }
    if (precision < 0) {
      throw new Unsupported("rounding an integer to tens");
    }
    return Values.whole(value);
  }
}
