package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Equality, order and membership as Python has them. */
final class Comparing {
  private Comparing() {}

  static boolean holds(Run run, String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> equal(run, left, right);
      case "!=" -> !equal(run, left, right);
      case "in" -> contains(run, right, left);
      case "not in" -> !contains(run, right, left);
      case "<" -> ordered("<", left, right) && compare(run, left, right) < 0;
      case "<=" -> ordered("<=", left, right) && compare(run, left, right) <= 0;
      case ">" -> ordered(">", left, right) && compare(run, left, right) > 0;
      default -> ordered(">=", left, right) && compare(run, left, right) >= 0;
    };
  }

  static boolean equal(Run run, Object a, Object b) {
    run.steps(1);
    if (a instanceof String x && b instanceof String y) {
      run.steps(Math.min(x.length(), y.length()) >> 10);
      return x.equals(y);
    }
    if (Values.isText(a) && Values.isText(b)) {
      return equal(run, Values.text(a, "=="), Values.text(b, "=="));
    }
    if (Values.isNumber(a) && Values.isNumber(b)) {
      return !isNan(a) && !isNan(b) && compareNumbers(a, b) == 0;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return Values.typeName(a).equals(Values.typeName(b)) && equalItems(run, x, y);
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return equalEntries(run, x, y);
    }
    if (a instanceof Undefined) {
      return b instanceof Undefined;
    }
    if (a instanceof View && b instanceof View) {
      throw new Unsupported("comparing views of dicts");
    }
    return isSame(a, b) || (a instanceof Function && a.equals(b));
  }

  /** Whether it is one and the same object, as for values that have no other equality. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isSame(Object a, Object b) {
    return a == b;
  }

  private static boolean isNan(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static boolean equalItems(Run run, List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    run.deeper();
    boolean equal = true;
    for (int i = 0; i < a.size() && equal; i++) {
      equal = equal(run, a.get(i), b.get(i));
    }
    run.back();
    return equal;
  }

  private static boolean equalEntries(Run run, Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    run.deeper();
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object other = Dicts.get(run, b, entry.getKey());
      if (other == null || !equal(run, entry.getValue(), other)) {
        run.back();
        return false;
      }
    }
    run.back();
    return true;
  }

  /** Fails where Python's order operators do. NaN is comparable, but never in order. */
  private static boolean ordered(String operator, Object a, Object b) {
    if (a instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (b instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (a instanceof View && b instanceof View) {
      throw new Unsupported("comparing views of dicts");
    }
    boolean lists =
        a instanceof List && !(a instanceof Range) && Values.typeName(a).equals(Values.typeName(b));
    boolean numbers = Values.isNumber(a) && Values.isNumber(b);
    if (!numbers && !lists && !(Values.isText(a) && Values.isText(b))) {
      throw new Failure(
          "'"
              + operator
              + "' not supported between instances of '"
              + Values.typeName(a)
              + "' and '"
              + Values.typeName(b)
              + "'");
    }
    return !isNan(a) && !isNan(b);
  }

  /** The order of two values, for sorting as well. */
  static int compare(Run run, Object a, Object b) {
    run.steps(1);
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    ordered("<", a, b);
    if (Values.isNumber(a)) {
      return compareNumbers(a, b);
    }
    if (Values.isText(a)) {
      return compareTexts(run, Values.text(a, "<"), Values.text(b, "<"));
    }
    List<?> x = (List<?>) a;
    List<?> y = (List<?>) b;
    run.deeper();
    int order = Integer.compare(x.size(), y.size());
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      if (!equal(run, x.get(i), y.get(i))) {
        order = compare(run, x.get(i), y.get(i));
        break;
      }
    }
    run.back();
    return order;
  }

  private static int compareNumbers(Object a, Object b) {
    if (Values.isWhole(a) && Values.isWhole(b)) {
      return Long.compare(Values.whole(a), Values.whole(b));
    }
    double x = Values.real(a);
    double y = Values.real(b);
    if (x != y || Double.isInfinite(x) || (a instanceof Double && b instanceof Double)) {
      return x < y ? -1 : x > y ? 1 : 0;
    }
    // A whole number may have lost digits on its way to double.
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double real
        ? new BigDecimal(real)
        : BigDecimal.valueOf(Values.whole(number));
  }

  /** By code point: Java compares surrogates below U+E000, Python does not. */
  private static int compareTexts(Run run, String a, String b) {
    int length = Math.min(a.length(), b.length());
    run.steps(length >> 8);
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xHigh = Character.isSurrogate(x);
        return xHigh == Character.isSurrogate(y) ? x - y : xHigh ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  static boolean contains(Run run, Object container, Object value) {
    if (Values.isText(container)) {
      if (!Values.isText(value)) {
        throw new Failure(
            "'in <string>' requires string as left operand, not " + Values.typeName(value));
      }
      String text = Values.text(container, "in");
      String part = Values.text(value, "in");
      run.searches(text, part);
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      return Dicts.get(run, map, value) != null;
    }
    for (Object item : Sequences.items(run, container)) {
      if (equal(run, item, value)) {
        return true;
      }
    }
    return false;
  }
}
