package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;

/** {@code '{} {name!r:>5}'.format(…)}: Python's newer format language. */
final class BraceFormat {
  private final Run run;
  private final String format;
  private final Arguments arguments;
  private final StringBuilder out = new StringBuilder();
  private int automatic;
  private boolean numbered;

  private BraceFormat(Run run, String format, Arguments arguments) {
    this.run = run;
    this.format = format;
    this.arguments = arguments;
  }

  static String format(Run run, String format, Arguments arguments) {
    return new BraceFormat(run, format, arguments).text();
  }

  private String text() {
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      boolean doubled = i + 1 < format.length() && format.charAt(i + 1) == c;
      if ((c != '{' && c != '}') || doubled) {
        run.makes(1);
        out.append(c);
        i += c == '{' || c == '}' ? 2 : 1;
        continue;
      }
      int end = c == '{' ? format.indexOf('}', i) : -1;
      if (end < 0) {
        throw new Failure("single '" + c + "' encountered in format string");
      }
      String field = format.substring(i + 1, end);
      if (field.indexOf('{') >= 0) {
        throw new Unsupported("a format field within a format field");
      }
      field(field);
      i = end + 1;
    }
    return out.toString();
  }

  private void field(String field) {
    int colon = field.indexOf(':');
    String spec = colon < 0 ? "" : field.substring(colon + 1);
    String head = colon < 0 ? field : field.substring(0, colon);
    int bang = head.indexOf('!');
    Object value = value(bang < 0 ? head : head.substring(0, bang));
    if (bang >= 0) {
      value =
          switch (head.substring(bang + 1)) {
            case "s" -> Printing.string(run, value);
            case "r" -> Printing.repr(run, value);
            default -> throw new Unsupported("the format conversion '" + head + "'");
          };
    }
    String text = spec.isEmpty() ? Printing.string(run, value) : formatted(value, spec);
    run.makes(text.length());
    out.append(text);
  }

  private Object value(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    String name = path.substring(0, end);
    Object value;
    if (name.isEmpty() || Casing.is("isdigit", name)) {
      numbered |= !name.isEmpty();
      if (name.isEmpty() ? numbered : automatic > 0) {
        throw new Failure("cannot mix automatic and manual field numbers");
      }
      long index = name.isEmpty() ? automatic++ : index(name);
      if (index >= arguments.positional().size()) {
        throw new Failure("replacement index " + index + " out of range for format arguments");
      }
      value = arguments.positional().get((int) index);
    } else {
      Object named = arguments.named().get(name);
      if (named == null) {
        throw new Failure("format has no argument '" + name + "'");
      }
      value = named;
    }
    return member(value, path.substring(end));
  }

  private static long index(String digits) {
    if (digits.length() > 9) {
      throw new Failure("too many decimal digits in format string");
    }
    return Long.parseLong(digits);
  }

  private Object member(Object owner, String path) {
    Object value = owner;
    int i = 0;
    while (i < path.length()) {
      boolean isItem = path.charAt(i) == '[';
      int end = isItem ? path.indexOf(']', i) : i + 1;
      while (!isItem && end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
        end++;
      }
      if (end < 0 || (!isItem && path.charAt(i) != '.')) {
        throw new Failure("malformed format field");
      }
      String name = path.substring(i + 1, end);
      boolean isIndex = isItem && !name.isEmpty() && Casing.is("isdigit", name);
      value =
          isItem
              ? Members.item(run, value, isIndex ? (Object) index(name) : name)
              : Members.attribute(run, value, name);
      i = isItem ? end + 1 : end;
    }
    return value;
  }

  /** {@code [[fill]align][sign][0][width][,][.precision][type]}. */
  private String formatted(Object value, String spec) {
    int i = 0;
    String fill = " ";
    char align = 0;
    int first = spec.offsetByCodePoints(0, 1);
    if (first < spec.length() && "<>^=".indexOf(spec.charAt(first)) >= 0) {
      fill = spec.substring(0, first);
      align = spec.charAt(first);
      i = first + 1;
    } else if ("<>^=".indexOf(spec.charAt(0)) >= 0) {
      align = spec.charAt(0);
      i = 1;
    }
    char sign = i < spec.length() && "+- ".indexOf(spec.charAt(i)) >= 0 ? spec.charAt(i++) : '-';
    boolean zero = i < spec.length() && spec.charAt(i) == '0';
    if (zero) {
      i++;
      fill = align == 0 ? "0" : fill;
      align = align == 0 ? '=' : align;
    }
    int width = 0;
    while (i < spec.length() && Character.isDigit(spec.charAt(i))) {
      width = Math.min(width * 10 + spec.charAt(i++) - '0', 100_000_000);
    }
    boolean grouped = i < spec.length() && spec.charAt(i) == ',';
    i += grouped ? 1 : 0;
    int precision = -1;
    if (i < spec.length() && spec.charAt(i) == '.') {
      precision = 0;
      i++;
      while (i < spec.length() && Character.isDigit(spec.charAt(i))) {
        precision = Math.min(precision * 10 + spec.charAt(i++) - '0', 100_000_000);
      }
    }
    char type = i < spec.length() ? spec.charAt(i++) : 0;
    if (i < spec.length() || (grouped && zero)) {
      throw new Unsupported("the format specification '" + spec + "'");
    }
    if (Values.isText(value) && (type == 0 || type == 's')) {
      if (align == '=' || grouped || sign != '-') {
        throw new Unsupported("the format specification '" + spec + "' for text");
      }
      String text = Values.text(value, "format");
      boolean cut = precision >= 0 && Texts.length(run, text) > precision;
      String shown = cut ? Texts.slice(run, text, 0, precision, 1) : text;
      return NumberFormat.padded(run, shown, width, align == 0 ? '<' : align, fill);
    }
    if (!Values.isNumber(value) || (value instanceof Boolean && type == 0)) {
      throw new Unsupported(
          "the format specification '" + spec + "' for " + Values.typeName(value));
    }
    return number(value, spec, fill, align, sign, width, grouped, precision, type);
  }

  private String number(
      Object value,
      String spec,
      String fill,
      char align,
      char sign,
      int width,
      boolean grouped,
      int precision,
      char type) {
    String digits;
    if (type == 0 && value instanceof Double number && precision < 0) {
      digits = Printing.real(Math.abs(number));
    } else if (type == 0 && value instanceof Long) {
      digits = NumberFormat.digits(run, value, 'd', 0);
    } else if (type == '%') {
      Object scaled = Values.real(value) * 100;
      digits = NumberFormat.digits(run, scaled, 'f', precision < 0 ? 6 : precision) + "%";
    } else if (type == 0 || (precision >= 0 && type != 'f' && type != 'F')) {
      throw new Unsupported("the format specification '" + spec + "'");
    } else {
      digits = NumberFormat.digits(run, value, type, precision < 0 ? 6 : precision);
    }
    if (grouped) {
      digits = grouped(digits);
    }
    String shownSign =
        NumberFormat.isNegative(value) ? "-" : sign == '-' ? "" : String.valueOf(sign);
    if (align == '=') {
      int missing = width - shownSign.length() - digits.length();
      return shownSign + Texts.repeated(run, fill, missing) + digits;
    }
    return NumberFormat.padded(run, shownSign + digits, width, align == 0 ? '>' : align, fill);
  }

  private static String grouped(String digits) {
    int end = 0;
    while (end < digits.length() && Character.isDigit(digits.charAt(end))) {
      end++;
    }
    StringBuilder grouped = new StringBuilder(digits);
    for (int at = end - 3; at > 0; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }
}
