package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may stand behind {@code |}: finds the filter and the values that it works on. */
final class Filters {
  private Filters() {}

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    run.steps(1);
    return switch (name) {
      case "tojson" -> Json.write(run, value, arguments);
      case "default", "d" -> defaulted(name, value, arguments);
      case "length", "count" -> {
        arguments.none(name);
        yield Sequences.length(run, value);
      }
      case "string" -> {
        arguments.none(name);
        yield value instanceof Markup ? value : Printing.string(run, value);
      }
      case "safe" -> {
        arguments.none(name);
        yield value instanceof Markup ? value : new Markup(Printing.string(run, value));
      }
      case "escape", "e" -> {
        arguments.none(name);
        yield new Markup(Markups.escaped(run, value));
      }
      case "forceescape" -> {
        arguments.none(name);
        yield new Markup(Markups.escaped(run, Printing.string(run, value)));
      }
      case "trim",
          "upper",
          "lower",
          "capitalize",
          "title",
          "replace",
          "indent",
          "center",
          "truncate",
          "wordcount",
          "format" ->
          TextFilters.apply(run, name, value, arguments);
      case "int", "float", "abs", "round" -> NumberFilters.apply(run, name, value, arguments);
      case "list",
          "first",
          "last",
          "join",
          "reverse",
          "items",
          "batch",
          "slice",
          "sum",
          "map",
          "select",
          "reject",
          "selectattr",
          "rejectattr",
          "attr" ->
          SequenceFilters.apply(run, name, value, arguments);
      case "sort", "dictsort", "unique", "min", "max" ->
          OrderFilters.apply(run, name, value, arguments);
      default -> throw new Unsupported("the filter '" + name + "'");
    };
  }

  private static Object defaulted(String name, Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind(name, 0, "default_value", "boolean");
    boolean replaceFalse = values[1] != null && Values.isTrue(values[1]);
    if (value instanceof Undefined || (replaceFalse && !Values.isTrue(value))) {
      return values[0] == null ? "" : values[0];
    }
    return value;
  }

  /** {@code attribute="a.b.0"}: members of members, items before attributes. */
  static Object member(Run run, Object value, Object path) {
    if (Values.isWhole(path)) {
      return Members.item(run, value, path);
    }
    Object member = value;
    for (Object part : Texts.split(run, Values.text(path, "attribute"), ".", -1, false)) {
      String name = (String) part;
      boolean isIndex = Casing.is("isdigit", name);
      member = Members.item(run, member, isIndex ? (Object) Long.valueOf(name) : name);
    }
    return member;
  }

  static boolean flag(@Nullable Object value) {
    return value != null && Values.isTrue(value);
  }

  static Map<?, ?> mapping(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new Failure("can only get item pairs from a mapping, not " + Values.typeName(value));
  }

  static Generator generator(List<Object> values) {
    return new Generator(new ArrayList<>(values).iterator());
  }
}
