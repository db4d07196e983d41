package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dict: keys that are equal as numbers are one key, and methods that only read. */
final class Dicts {
  private Dicts() {}

  static @Nullable Object get(Run run, Map<?, ?> dict, Object key) {
    Object stored = storedKey(run, dict, key);
    return stored == null ? null : dict.get(stored);
  }

  static void put(Run run, Map<Object, Object> dict, Object key, Object value) {
    Object stored = storedKey(run, dict, key);
    dict.put(stored == null ? key : stored, value);
  }

  /** The key under which an entry stands, since 1, 1.0 and true are one key in Python. */
  private static @Nullable Object storedKey(Run run, Map<?, ?> dict, Object key) {
    if (key instanceof String) {
      return dict.containsKey(key) ? key : null;
    }
    requireHashable(key);
    for (Object stored : dict.keySet()) {
      if (Comparing.equal(run, stored, key)) {
        return stored;
      }
    }
    return null;
  }

  static void requireHashable(Object key) {
    if (!isHashable(key)) {
      throw new Failure("unhashable type: '" + Values.typeName(key) + "'");
    }
  }

  static boolean isHashable(Object key) {
    if (key instanceof Tuple tuple) {
      for (Object item : tuple) {
        if (!isHashable(item)) {
          return false;
        }
      }
      return true;
    }
    return key instanceof Range
        || !(key instanceof Map || key instanceof List || key instanceof View);
  }

  static boolean hasMethod(String name) {
    return switch (name) {
      case "get", "items", "keys", "values", "copy", "fromkeys" -> true;
      default -> false;
    };
  }

  static boolean isMutator(String name) {
    return switch (name) {
      case "clear", "pop", "popitem", "setdefault", "update" -> true;
      default -> false;
    };
  }

  static View keys(Run run, Map<?, ?> dict) {
    run.makesEntries(dict.size());
    return new View("dict_keys", new ArrayList<>(dict.keySet()));
  }

  static View values(Run run, Map<?, ?> dict) {
    run.makesEntries(dict.size());
    return new View("dict_values", new ArrayList<>(dict.values()));
  }

  static View items(Run run, Map<?, ?> dict) {
    run.makesEntries(3L * dict.size());
    List<Object> pairs = new ArrayList<>(dict.size());
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      pairs.add(Tuple.pair(entry.getKey(), entry.getValue()));
    }
    return new View("dict_items", pairs);
  }

  static Object call(Run run, Map<Object, Object> dict, String name, Arguments arguments) {
    return switch (name) {
      case "get" -> {
        @Nullable Object[] values = arguments.bind("get", 1, "key", "default");
        Object value = values[0] == null ? null : get(run, dict, values[0]);
        yield value != null ? value : values[1] != null ? values[1] : None.NONE;
      }
      case "items" -> {
        arguments.none(name);
        yield items(run, dict);
      }
      case "keys" -> {
        arguments.none(name);
        yield keys(run, dict);
      }
      case "values" -> {
        arguments.none(name);
        yield values(run, dict);
      }
      case "copy" -> {
        run.makesEntries(2L * dict.size());
        yield new LinkedHashMap<>(dict);
      }
      default -> throw new Unsupported("the dict method '" + name + "'");
    };
  }
}
