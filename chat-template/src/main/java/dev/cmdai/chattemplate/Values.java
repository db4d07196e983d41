package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.List;
import java.util.Map;

/**
 * What kinds of value there are, and Python's view of them: {@link String}, {@link Markup}, {@link
 * Boolean}, {@link Long}, {@link Double}, {@link None}, {@link Undefined}, lists ({@link Tuple} and
 * {@link Range} among them), maps, and what can be called or walked.
 */
final class Values {
  private Values() {}

  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Markup markup) {
      return !markup.text().isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof Double number) {
      return number != 0;
    }
    if (value instanceof View view) {
      return !view.items().isEmpty();
    }
    return value != None.NONE && !(value instanceof Undefined);
  }

  static String typeName(Object value) {
    if (value instanceof String) {
      return "str";
    }
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof Map) {
      return "dict";
    }
    if (value instanceof List) {
      return value instanceof Tuple ? "tuple" : value instanceof Range ? "range" : "list";
    }
    if (value instanceof View view) {
      return view.type();
    }
    if (value instanceof BoundMethod) {
      return "builtin_function_or_method";
    }
    if (value instanceof Loop) {
      return "LoopContext";
    }
    return value == None.NONE ? "NoneType" : value.getClass().getSimpleName();
  }

  static boolean isText(Object value) {
    return value instanceof String || value instanceof Markup;
  }

  /** Booleans are whole numbers in Python. */
  static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Boolean;
  }

  static boolean isNumber(Object value) {
    return isWhole(value) || value instanceof Double;
  }

  static long whole(Object value) {
    return value instanceof Boolean truth ? (truth ? 1 : 0) : (Long) value;
  }

  static double real(Object value) {
    return value instanceof Double number ? number : (double) whole(value);
  }

  /** A whole number that an argument must be. */
  static long index(Object value, String what) {
    if (!isWhole(value)) {
      throw value instanceof Undefined undefined
          ? undefined.used()
          : new Failure(what + " must be integers, not " + typeName(value));
    }
    return whole(value);
  }

  /** A whole number that counts something; beyond 32 bits all counts are alike. */
  static int count(Object value, String what) {
    return Math.clamp(index(value, what), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A text that an argument must be. */
  static String text(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup markup) {
      return markup.text();
    }
    throw value instanceof Undefined undefined
        ? undefined.used()
        : new Failure(what + " needs a string, got " + typeName(value));
  }
}
