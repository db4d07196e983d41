package dev.cmdai.chattemplate;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of one block, loop pass or macro call, and the scope around it. */
final class Scope {
  private final @Nullable Scope parent;
  private final Map<String, Object> values = new HashMap<>();

  Scope(@Nullable Scope parent) {
    this.parent = parent;
  }

  @Nullable Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Object value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Sets a name here; a scope never changes those around it. */
  void set(String name, Object value) {
    values.put(name, value);
  }
}
