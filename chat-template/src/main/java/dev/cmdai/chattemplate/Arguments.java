package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values a function, method, filter or test is called with. */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /**
   * Sorts the values by parameter.
   *
   * @param what the callee, for messages
   * @param required how many of the parameters must be given
   * @param parameters their names, in order
   * @return one value for each parameter, null where none was given
   */
  @Nullable Object[] bind(String what, int required, String... parameters) {
    if (positional.size() > parameters.length) {
      throw new Failure(
          what + " takes at most " + parameters.length + " arguments, got " + positional.size());
    }
    @Nullable Object[] values = new @Nullable Object[parameters.length];
    int used = 0;
    for (int i = 0; i < parameters.length; i++) {
      if (i < positional.size()) {
        values[i] = positional.get(i);
      } else if (named.containsKey(parameters[i])) {
        values[i] = named.get(parameters[i]);
        used++;
      } else if (i < required) {
        throw new Failure(what + " needs the argument '" + parameters[i] + "'");
      }
    }
    if (used < named.size()) {
      throw new Failure(what + " got unexpected or repeated arguments among " + named.keySet());
    }
    return values;
  }

  /** The single required value. */
  Object one(String what, String parameter) {
    @Nullable Object value = bind(what, 1, parameter)[0];
    return Objects.requireNonNull(value);
  }

  void none(String what) {
    bind(what, 0);
  }

  /** All but the first {@code count} positional values. */
  Arguments without(int count) {
    return new Arguments(positional.subList(count, positional.size()), named);
  }
}
