package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers in a given form, for both of Python's format languages. */
final class NumberFormat {
  private NumberFormat() {}

  /**
   * The absolute value as digits.
   *
   * @param type d, x, X, o, b, f or F
   * @param precision digits behind the point, for f
   */
  static String digits(Run run, Object value, char type, int precision) {
    return switch (type) {
      case 'f', 'F' -> real(run, Math.abs(Values.real(value)), type, precision);
      case 'd', 'x', 'X', 'o', 'b' -> whole(value, type);
      default -> throw new Unsupported("the number format '" + type + "'");
    };
  }

  private static String real(Run run, double number, char type, int precision) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      String name = Printing.real(number);
      return type == 'F' ? name.toUpperCase(Locale.ROOT) : name;
    }
    run.makes(precision + 320L);
    return new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String whole(Object value, char type) {
    if (!Values.isWhole(value)) {
      throw new Failure("format " + type + " requires an integer, not " + Values.typeName(value));
    }
    long number = Values.whole(value);
    if (number == Long.MIN_VALUE) {
      throw new Unsupported("formatting this number");
    }
    int radix = type == 'd' ? 10 : type == 'o' ? 8 : type == 'b' ? 2 : 16;
    String digits = Long.toString(Math.abs(number), radix);
    return type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
  }

  static boolean isNegative(Object value) {
    return value instanceof Double number
        ? number < 0 || (number == 0 && 1 / number < 0)
        : Values.whole(value) < 0;
  }

  static String padded(Run run, String text, int width, char align, String fill) {
    int missing = width - Texts.length(run, text);
    if (missing <= 0) {
      return text;
    }
    run.makes(text.length());
    return switch (align) {
      case '<' -> text + Texts.repeated(run, fill, missing);
      case '>' -> Texts.repeated(run, fill, missing) + text;
      default ->
          Texts.repeated(run, fill, missing / 2)
              + text
              + Texts.repeated(run, fill, missing - missing / 2);
    };
  }
}
