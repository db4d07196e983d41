package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter {@code tojson} of transformers: {@code json.dumps} with its arguments. */
final class Json {
  private final Run run;
  private final StringBuilder out = new StringBuilder();
  private final boolean asciiOnly;
  private final @Nullable String indent;
  private final String itemSeparator;
  private final String keySeparator;
  private final boolean sortKeys;

  private Json(Run run, @Nullable Object[] options) {
    this.run = run;
    this.asciiOnly = isTrue(options[0]);
    this.indent = indent(options[1]);
    Object separators = options[2];
    if (separators == null || separators == None.NONE) {
      this.itemSeparator = indent == null ? ", " : ",";
      this.keySeparator = ": ";
    } else {
      List<Object> pair = Sequences.items(run, separators);
      if (pair.size() != 2) {
        throw new Failure("tojson needs two separators");
      }
      this.itemSeparator = Values.text(pair.get(0), "tojson");
      this.keySeparator = Values.text(pair.get(1), "tojson");
    }
    this.sortKeys = isTrue(options[3]);
  }

  static String write(Run run, Object value, Arguments arguments) {
    @Nullable Object[] options =
        arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
    Json json = new Json(run, options);
    json.value(value, 0);
    return json.out.toString();
  }

  private static boolean isTrue(@Nullable Object option) {
    return option != null && Values.isTrue(option);
  }

  private static @Nullable String indent(@Nullable Object option) {
    if (option == null || option == None.NONE) {
      return null;
    }
    return Values.isText(option)
        ? Values.text(option, "tojson")
        : " ".repeat(Math.clamp(Values.index(option, "indents"), 0, 1000));
  }

  private void value(Object value, int level) {
    run.steps(1);
    int before = out.length();
    if (Values.isText(value)) {
      string(Values.text(value, "tojson"));
    } else if (value instanceof Map<?, ?> map) {
      object(map, level);
      return;
    } else if (value instanceof List<?> list && !(value instanceof Range)) {
      array(list, level);
      return;
    } else {
      out.append(scalar(value));
    }
    run.makes(out.length() - before);
  }

  private static String scalar(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "true" : "false";
    }
    if (value instanceof Long number) {
      return Long.toString(number);
    }
    if (value instanceof Double number) {
      return number.isNaN()
          ? "NaN"
          : number.isInfinite() ? (number > 0 ? "Infinity" : "-Infinity") : Printing.real(number);
    }
    if (value == None.NONE) {
      return "null";
    }
    throw new Failure("Object of type " + Values.typeName(value) + " is not JSON serializable");
  }

  private void array(List<?> list, int level) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    run.deeper();
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(itemSeparator);
      }
      newLine(level + 1);
      value(list.get(i), level + 1);
    }
    newLine(level);
    out.append(']');
    run.back();
  }

  private void object(Map<?, ?> map, int level) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    run.deeper();
    List<Object> keys = new ArrayList<>(map.keySet());
    if (sortKeys) {
      keys.sort((a, b) -> Comparing.compare(run, a, b));
    }
    out.append('{');
    for (int i = 0; i < keys.size(); i++) {
      if (i > 0) {
        out.append(itemSeparator);
      }
      newLine(level + 1);
      Object key = keys.get(i);
      string(Values.isText(key) ? Values.text(key, "tojson") : scalar(key));
      out.append(keySeparator);
      Object value = map.get(key);
      value(value == null ? None.NONE : value, level + 1);
    }
    newLine(level);
    out.append('}');
    run.back();
  }

  private void newLine(int level) {
    run.makes(4);
    if (indent != null) {
      run.makes((long) indent.length() * level);
      out.append('\n').append(indent.repeat(level));
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || (asciiOnly && c > 0x7e)) {
            Printing.hexadecimal(out, "\\u", c, 4);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
