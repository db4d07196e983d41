package dev.cmdai.api.model;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that is known about a model, once for programs and once for people.
 *
 * @param name lower-case letters, digits and underscores, such as {@code context_length}: a key in
 *     JSON, and with spaces a label in a table
 * @param value for programs: a {@link String}, {@link Boolean}, {@link Integer}, {@link Long} or
 *     finite {@link Double}, or a collection of such values, or a map from strings to them
 * @param text for people, in one line, such as {@code 32,768 tokens}
 */
public record Fact(String name, Object value, String text) {
  /** Deeper values are circles. */
  private static final int MOST_LEVELS = 8;

  /** Checks name and value. */
  public Fact {
    requireName(name);
    requireJson(name, value, MOST_LEVELS);
    Objects.requireNonNull(text, "text");
  }

  static void requireName(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "name '" + name + "' must be lower-case letters, digits and underscores");
    }
  }

  private static void requireJson(String name, Object value, int levels) {
    boolean fits =
        levels > 0
            && switch (value) {
              case String _, Boolean _, Integer _, Long _ -> true;
              case Double number -> Double.isFinite(number);
              case Collection<?> elements -> {
                elements.forEach(element -> requireJson(name, element, levels - 1));
                yield true;
              }
              case Map<?, ?> map -> {
                map.values().forEach(element -> requireJson(name, element, levels - 1));
                yield map.keySet().stream().allMatch(String.class::isInstance);
              }
              default -> false;
            };
    if (!fits) {
      throw new IllegalArgumentException(name + " has a value without a JSON form: " + value);
    }
  }
}
