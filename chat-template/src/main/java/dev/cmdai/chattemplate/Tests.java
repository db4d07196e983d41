package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.List;
import java.util.Map;

/** What may stand behind {@code is}. */
final class Tests {
  private Tests() {}

  static boolean holds(Run run, String name, Object value, Arguments arguments) {
    return switch (name) {
      case "defined" -> plain(name, arguments, !(value instanceof Undefined));
      case "undefined" -> plain(name, arguments, value instanceof Undefined);
      case "none" -> plain(name, arguments, value == None.NONE);
      case "string" -> plain(name, arguments, Values.isText(value));
      case "boolean" -> plain(name, arguments, value instanceof Boolean);
      case "true" -> plain(name, arguments, Boolean.TRUE.equals(value));
      case "false" -> plain(name, arguments, Boolean.FALSE.equals(value));
      case "integer" -> plain(name, arguments, value instanceof Long);
      case "float" -> plain(name, arguments, value instanceof Double);
      case "number" -> plain(name, arguments, Values.isNumber(value));
      case "mapping" -> plain(name, arguments, value instanceof Map);
      case "iterable" -> plain(name, arguments, Sequences.isIterable(value));
      case "sequence" ->
          plain(
              name,
              arguments,
              value instanceof List
                  || value instanceof Map
                  || value instanceof Undefined
                  || Values.isText(value));
      case "callable" ->
          plain(
              name,
              arguments,
              value instanceof Macro
                  || value instanceof Function
                  || value instanceof BoundMethod
                  || value instanceof Loop
                  || value instanceof Undefined);
      case "lower" -> {
        String text = Printing.string(run, value);
        run.steps(text.length() >> 3);
        yield plain(name, arguments, Casing.is("islower", text));
      }
      case "upper" -> {
        String text = Printing.string(run, value);
        run.steps(text.length() >> 3);
        yield plain(name, arguments, Casing.is("isupper", text));
      }
      case "escaped" -> plain(name, arguments, value instanceof Markup);
      case "odd" -> plain(name, arguments, isRemainder(run, value, 2L, 1L));
      case "even" -> plain(name, arguments, isRemainder(run, value, 2L, 0L));
      case "divisibleby" -> isRemainder(run, value, arguments.one(name, "num"), 0L);
      case "equalto", "eq", "==" -> compare(run, "==", value, arguments);
      case "ne", "!=" -> compare(run, "!=", value, arguments);
      case "lt", "lessthan", "<" -> compare(run, "<", value, arguments);
      case "le", "<=" -> compare(run, "<=", value, arguments);
      case "gt", "greaterthan", ">" -> compare(run, ">", value, arguments);
      case "ge", ">=" -> compare(run, ">=", value, arguments);
      case "in" -> compare(run, "in", value, arguments);
      case "sameas" -> isSame(value, arguments.one(name, "other"));
      default -> throw new Unsupported("the test '" + name + "'");
    };
  }

  private static boolean plain(String name, Arguments arguments, boolean holds) {
    arguments.none(name);
    return holds;
  }

  private static boolean isRemainder(Run run, Object value, Object divisor, long remainder) {
    return Comparing.equal(run, Arithmetic.binary(run, "%", value, divisor), remainder);
  }

  private static boolean compare(Run run, String operator, Object value, Arguments arguments) {
    return Comparing.holds(run, operator, value, arguments.one(operator, "other"));
  }

  /** Identity is only told where Python guarantees it: none, true, false and containers. */
  private static boolean isSame(Object value, Object other) {
    if (value instanceof Boolean || value == None.NONE || other instanceof Boolean) {
      return value.equals(other);
    }
    if (!Values.typeName(value).equals(Values.typeName(other))) {
      return false;
    }
    if (Values.isNumber(value) || Values.isText(value)) {
      throw new Unsupported("the test 'sameas' of strings and numbers");
    }
    return Comparing.isSame(value, other);
  }
}
