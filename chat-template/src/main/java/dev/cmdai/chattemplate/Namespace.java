package dev.cmdai.chattemplate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one value that a template may change: {@code {% set ns.name = … %}}. */
final class Namespace {
  private final Map<String, Object> values = new LinkedHashMap<>();

  @Nullable Object get(String name) {
    return values.get(name);
  }

  Map<String, Object> values() {
    return values;
  }

  void set(String name, Object value) {
    values.put(name, value);
  }
}
