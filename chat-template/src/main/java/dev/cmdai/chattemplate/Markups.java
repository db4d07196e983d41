package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;

/** What can be done to {@link Markup}: what escapes or keeps the mark in a way that is known. */
final class Markups {
  private Markups() {}

  static Markup add(Run run, Object a, Object b) {
    if (!Values.isText(a) || !Values.isText(b)) {
      throw new Failure(
          "unsupported operand types for +: '"
              + Values.typeName(a)
              + "' and '"
              + Values.typeName(b)
              + "'");
    }
    String left = escaped(run, a);
    String right = escaped(run, b);
    run.makes((long) left.length() + right.length());
    return new Markup(left.concat(right));
  }

  static String escaped(Run run, Object value) {
    if (value instanceof Markup markup) {
      return markup.text();
    }
    String text = Printing.string(run, value);
    run.makes(text.length());
    String escaped = Markup.escape(text);
    run.makes(escaped.length());
    return escaped;
  }

  static Object method(Run run, Markup markup, String name, Arguments arguments) {
    return switch (name) {
      case "strip", "lstrip", "rstrip", "upper", "lower", "capitalize", "title" ->
          new Markup(Values.text(TextMethods.call(run, markup.text(), name, arguments), name));
      case "startswith", "endswith", "find", "index", "count", "isdigit", "isspace" ->
          TextMethods.call(run, markup.text(), name, arguments);
      default -> throw new Unsupported("the method '" + name + "' of text marked as safe");
    };
  }
}
