package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.List;
import java.util.Map;

/** Calls whatever in a template can be called. */
final class Calls {
  private Calls() {}

  static Object call(Run run, Object target, Arguments arguments) {
    if (target instanceof BoundMethod method) {
      return method(run, method.receiver(), method.name(), arguments);
    }
    if (target instanceof Macro macro) {
      return macro.call(run, arguments);
    }
    if (target instanceof Function function) {
      return function.call(run, arguments);
    }
    if (target instanceof Loop loop) {
      return loop.recurse(run, arguments);
    }
    if (target instanceof Undefined undefined) {
      throw undefined.used();
    }
    throw new Failure("'" + Values.typeName(target) + "' object is not callable");
  }

  @SuppressWarnings("unchecked") // every map and list in here was made in this package
  private static Object method(Run run, Object receiver, String name, Arguments arguments) {
    if (receiver instanceof String text) {
      return TextMethods.call(run, text, name, arguments);
    }
    if (receiver instanceof Markup markup) {
      return Markups.method(run, markup, name, arguments);
    }
    if (receiver instanceof Map<?, ?> map) {
      return Dicts.call(run, (Map<Object, Object>) map, name, arguments);
    }
    if (receiver instanceof Loop loop) {
      return loop.method(run, name, arguments);
    }
    return Sequences.call(run, (List<Object>) receiver, name, arguments);
  }
}
