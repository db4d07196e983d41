package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.List;
import java.util.Map;

/** {@code '%s: %05.1f' % values}: Python's older format language. */
final class PercentFormat {
  private final Run run;
  private final String format;
  private final Object values;
  private final StringBuilder out = new StringBuilder();
  private int position;
  private int used;
  private boolean byName;

  private PercentFormat(Run run, String format, Object values) {
    this.run = run;
    this.format = format;
    this.values = values;
  }

  static String format(Run run, String format, Object values) {
    return new PercentFormat(run, format, values).text();
  }

  private String text() {
    while (position < format.length()) {
      int percent = format.indexOf('%', position);
      if (percent < 0) {
        percent = format.length();
      }
      run.makes(percent - position);
      out.append(format, position, percent);
      position = percent + 1;
      if (percent < format.length()) {
        field();
      }
    }
    int available = values instanceof Tuple tuple ? tuple.size() : 1;
    // What can be subscripted may hold more than the format asks for.
    boolean mayIgnore =
        byName
            || values instanceof Map
            || values instanceof Undefined
            || (values instanceof List && !(values instanceof Tuple));
    if (used < available && !mayIgnore) {
      throw new Failure("not all arguments converted during string formatting");
    }
    return out.toString();
  }

  private char peek() {
    if (position >= format.length()) {
      throw new Failure("incomplete format");
    }
    return format.charAt(position);
  }

  private void field() {
    Object named = null;
    if (peek() == '(') {
      int end = format.indexOf(')', position);
      if (end < 0 || !(values instanceof Map<?, ?> map)) {
        throw new Failure("format requires a mapping");
      }
      String key = format.substring(position + 1, end);
      named = map.get(key);
      if (named == null) {
        throw new Failure("format key '" + key + "' is missing");
      }
      byName = true;
      position = end + 1;
    }
    int flagsStart = position;
    while ("-+ 0#".indexOf(peek()) >= 0) {
      position++;
    }
    String flags = format.substring(flagsStart, position);
    int width = number("width");
    int precision = -1;
    if (peek() == '.') {
      position++;
      precision = number("precision");
    }
    char type = peek();
    position++;
    if (type == '%') {
      out.append('%');
      return;
    }
    if (flags.contains("#")) {
      throw new Unsupported("the format flag '#'");
    }
    Object value = named == null ? next() : named;
    String text = converted(value, type, flags, width, precision);
    String padded = NumberFormat.padded(run, text, width, flags.contains("-") ? '<' : '>', " ");
    run.makes(padded.length());
    out.append(padded);
  }

  private int number(String what) {
    if (peek() == '*') {
      throw new Unsupported("the format " + what + " '*'");
    }
    int number = 0;
    while (peek() >= '0' && peek() <= '9') {
      number = Math.min(number * 10 + peek() - '0', 100_000_000);
      position++;
    }
    return number;
  }

  private Object next() {
    List<?> all = values instanceof Tuple tuple ? tuple : List.of(values);
    if (used >= all.size()) {
      throw new Failure("not enough arguments for format string");
    }
    return all.get(used++);
  }

  private String converted(Object value, char type, String flags, int width, int precision) {
    return switch (type) {
      case 's' -> cut(Printing.string(run, value), precision);
      case 'r' -> cut(Printing.repr(run, value), precision);
      case 'd', 'i', 'u', 'x', 'X', 'o', 'f', 'F' -> number(value, type, flags, width, precision);
      default -> throw new Unsupported("the format '%" + type + "'");
    };
  }

  private String cut(String text, int precision) {
    return precision >= 0 && Texts.length(run, text) > precision
        ? Texts.slice(run, text, 0, precision, 1)
        : text;
  }

  private String number(Object value, char type, String flags, int width, int precision) {
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (!Values.isNumber(value)) {
      throw new Failure("%" + type + " format: a number is required");
    }
    boolean isReal = type == 'f' || type == 'F';
    boolean isDecimal = type == 'd' || type == 'i' || type == 'u';
    Object number = isDecimal && value instanceof Double real ? (Object) truncated(real) : value;
    if (!isReal && precision >= 0) {
      throw new Unsupported("a precision for integers");
    }
    String digits =
        NumberFormat.digits(run, number, isDecimal ? 'd' : type, precision < 0 ? 6 : precision);
    String sign =
        NumberFormat.isNegative(number)
            ? "-"
            : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    int missing = width - sign.length() - digits.length();
    boolean zeros = flags.contains("0") && !flags.contains("-") && missing > 0;
    return sign + (zeros ? Texts.repeated(run, "0", missing) : "") + digits;
  }

  private static long truncated(double value) {
    if (!(Math.abs(value) < 0x1p63)) {
      throw new Failure("cannot convert " + Printing.real(value) + " to integer");
    }
    return (long) value;
  }
}
