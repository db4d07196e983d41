package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code owner.name} and {@code owner[key]} as Jinja's sandbox resolves them: the first looks at
 * Python attributes before entries, the second at entries before attributes, and neither finds what
 * would change a value.
 */
final class Members {
  private Members() {}

  static Object attribute(Run run, Object owner, String name) {
    Object value = pythonAttribute(owner, name);
    if (value == null && owner instanceof Map<?, ?> map) {
      value = map.get(name);
    }
    return value == null ? Undefined.member(owner, name) : value;
  }

  static Object item(Run run, Object owner, Object key) {
    if (owner instanceof Undefined undefined) {
      throw undefined.used();
    }
    Object value = null;
    if (owner instanceof Map<?, ?> map) {
      value = Dicts.isHashable(key) ? Dicts.get(run, map, key) : null;
    } else if (Values.isWhole(key)) {
      if (owner instanceof List<?> list) {
        value = Sequences.at(list, Values.whole(key));
      } else if (Values.isText(owner)) {
        value = Texts.at(run, Values.text(owner, "[]"), Values.whole(key));
      }
    }
    if (value == null && Values.isText(key)) {
      value = pythonAttribute(owner, Values.text(key, "[]"));
    }
    return value == null ? Undefined.member(owner, key) : value;
  }

  private static @Nullable Object pythonAttribute(Object owner, String name) {
    if (owner instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (name.startsWith("__") && name.endsWith("__")) {
      return Undefined.unsafe(owner, name);
    }
    if (owner instanceof Map) {
      return Dicts.isMutator(name)
          ? Undefined.unsafe(owner, name)
          : Dicts.hasMethod(name) ? new BoundMethod(owner, name) : null;
    }
    if (Values.isText(owner)) {
      return TextMethods.exists(name) ? new BoundMethod(owner, name) : null;
    }
    if (owner instanceof Range range) {
      return rangeAttribute(range, name);
    }
    if (owner instanceof List) {
      boolean isList = !(owner instanceof Tuple);
      return isList && Sequences.isMutator(name)
          ? Undefined.unsafe(owner, name)
          : Sequences.hasMethod(name, isList) ? new BoundMethod(owner, name) : null;
    }
    if (owner instanceof Loop loop) {
      return loop.attribute(name);
    }
    if (owner instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (owner instanceof Macro macro && name.equals("name")) {
      return macro.definition().name();
    }
    if (owner == None.NONE || !isPythonAttribute(owner, name)) {
      return null;
    }
    throw new Unsupported("the attribute '" + name + "' of " + Values.typeName(owner) + " objects");
  }

  /** Whether Python has an attribute that is not known here, to tell it from a missing one. */
  private static boolean isPythonAttribute(Object owner, String name) {
    if (Values.isNumber(owner)) {
      return switch (name) {
        case "real",
            "imag",
            "numerator",
            "denominator",
            "conjugate",
            "bit_length",
            "bit_count",
            "to_bytes",
            "from_bytes",
            "as_integer_ratio",
            "is_integer",
            "hex",
            "fromhex" ->
            true;
        default -> false;
      };
    }
    if (owner instanceof View) {
      return name.equals("mapping") || name.equals("isdisjoint");
    }
    if (owner instanceof Generator) {
      return name.equals("send") || name.equals("throw") || name.equals("close");
    }
    return true;
  }

  private static @Nullable Object rangeAttribute(Range range, String name) {
    return switch (name) {
      case "start" -> range.start;
      case "stop" -> range.stop;
      case "step" -> range.step;
      case "index", "count" -> new BoundMethod(range, name);
      default -> null;
    };
  }
}
