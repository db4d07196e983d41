package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.List;
import java.util.Map;

/** The printed forms of values: Python's {@code str} and {@code repr}. */
final class Printing {
  private Printing() {}

  static String string(Run run, Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    if (value instanceof Undefined) {
      return "";
    }
    return repr(run, value);
  }

  static String repr(Run run, Object value) {
    StringBuilder text = new StringBuilder();
    repr(run, value, text);
    return text.toString();
  }

  private static void repr(Run run, Object value, StringBuilder out) {
    run.steps(1);
    int before = out.length();
    if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Boolean truth) {
      out.append(truth ? "True" : "False");
    } else if (value instanceof Long number) {
      out.append(number.longValue());
    } else if (value instanceof Double number) {
      out.append(real(number));
    } else if (value == None.NONE) {
      out.append("None");
    } else if (value instanceof Undefined) {
      out.append("Undefined");
    } else if (value instanceof Range range) {
      out.append("range(").append(range.start).append(", ").append(range.stop);
      out.append(range.step == 1 ? ")" : ", " + range.step + ")");
    } else {
      run.deeper();
      nested(run, value, out);
      run.back();
      return;
    }
    run.makes(out.length() - before);
  }

  private static void nested(Run run, Object value, StringBuilder out) {
    if (value instanceof Namespace namespace) {
      out.append("<Namespace ");
      repr(run, namespace.values(), out);
      out.append('>');
    } else if (value instanceof Tuple tuple) {
      items(run, tuple, "(", tuple.size() == 1 ? ",)" : ")", out);
    } else if (value instanceof List<?> list) {
      items(run, list, "[", "]", out);
    } else if (value instanceof View view) {
      items(run, view.items(), view.type() + "([", "])", out);
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        repr(run, entry.getKey(), out);
        out.append(": ");
        repr(run, entry.getValue(), out);
        run.makes(4);
        separator = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else {
      throw new Unsupported("printing a " + Values.typeName(value));
    }
  }

  private static void items(Run run, List<?> items, String open, String close, StringBuilder out) {
    out.append(open);
    for (int i = 0; i < items.size(); i++) {
      run.makes(2);
      if (i > 0) {
        out.append(", ");
      }
      repr(run, items.get(i), out);
    }
    out.append(close);
  }

  private static void quote(String text, StringBuilder out) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\').append(quote);
          } else if ((c >= ' ' && c < 0x7f) || (c > 0x7f && Characters.isPrintable(c))) {
            out.appendCodePoint(c);
          } else if (c < 0x100) {
            hexadecimal(out, "\\x", c, 2);
          } else if (c < 0x10000) {
            hexadecimal(out, "\\u", c, 4);
          } else {
            hexadecimal(out, "\\U", c, 8);
          }
        }
      }
    }
    out.append(quote);
  }

  static void hexadecimal(StringBuilder out, String prefix, int value, int digits) {
    out.append(prefix);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit((value >> shift) & 15, 16));
    }
  }

  /** The shortest digits that read back as the same number, laid out as Python does. */
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String java = Double.toString(value);
    double size = Math.abs(value);
    if (value == 0 || (size >= 1e-3 && size < 1e7)) {
      return java;
    }
    int e = java.indexOf('E');
    int exponent = Integer.parseInt(java.substring(e + 1));
    String sign = value < 0 ? "-" : "";
    String mantissa = java.substring(sign.length(), e);
    String digits = mantissa.replace(".", "");
    while (digits.length() > 1 && digits.endsWith("0")) {
      digits = digits.substring(0, digits.length() - 1);
    }
    if (exponent >= 16 || exponent < -4) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
      return sign + digits.charAt(0) + fraction + "e" + power + Math.abs(exponent);
    }
    if (exponent < 0) {
      return sign + "0." + "0".repeat(-exponent - 1) + digits;
    }
    return digits.length() <= exponent + 1
        ? sign + digits + "0".repeat(exponent + 1 - digits.length()) + ".0"
        : sign + digits.substring(0, exponent + 1) + "." + digits.substring(exponent + 1);
  }
}
