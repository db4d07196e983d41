package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, together with the scope it was defined in. */
record Macro(Definition definition, Scope outer) {

  /** A macro as it stands in the source; the flags say which of the special names it uses. */
  record Definition(
      String name,
      List<String> parameters,
      List<Expression> defaults,
      List<Statement> body,
      boolean usesVarargs,
      boolean usesKwargs,
      boolean usesCaller) {}

  Object call(Run run, Arguments arguments) {
    Scope inner = new Scope(outer);
    List<Object> positional = arguments.positional();
    Map<String, Object> rest = new LinkedHashMap<>(arguments.named());
    List<String> parameters = definition.parameters;
    int required = parameters.size() - definition.defaults.size();
    Scope before = run.scope();
    run.enter(inner);
    for (int i = 0; i < parameters.size(); i++) {
      String name = parameters.get(i);
      @Nullable Object value = i < positional.size() ? positional.get(i) : rest.remove(name);
      if (value == null) {
        value =
            i < required
                ? new Undefined("parameter '" + name + "' was not provided")
                : run.evaluate(definition.defaults.get(i - required));
      }
      inner.set(name, value);
    }
    run.enter(before);
    specialNames(inner, positional, rest);
    return run.capture(inner, definition.body);
  }

  private void specialNames(Scope inner, List<Object> positional, Map<String, Object> rest) {
    int count = definition.parameters.size();
    if (definition.usesCaller && !definition.parameters.contains("caller")) {
      @Nullable Object caller = rest.remove("caller");
      inner.set("caller", caller == null ? new Undefined("no caller defined") : caller);
    }
    if (definition.usesKwargs) {
      inner.set("kwargs", new LinkedHashMap<Object, Object>(rest));
    } else if (!rest.isEmpty()) {
      throw new Failure(
          "macro '" + definition.name + "' takes no keyword argument " + rest.keySet());
    }
    if (definition.usesVarargs) {
      inner.set(
          "varargs",
          new Tuple(
              List.copyOf(
                  positional.subList(Math.min(count, positional.size()), positional.size()))));
    } else if (positional.size() > count) {
      throw new Failure(
          "macro '" + definition.name + "' takes not more than " + count + " argument(s)");
    }
  }
}
