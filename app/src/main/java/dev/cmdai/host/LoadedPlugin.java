package dev.cmdai.host;

import dev.cmdai.api.InferenceBackend;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginState;

/**
 * A plugin whose classes can run. Never unloaded: native libraries do not survive that.
 *
 * <p>Thread-safe; a plugin that hangs in a constructor keeps the callers of this plugin waiting,
 * and nobody else.
 */
final class LoadedPlugin {
  private final PluginFile plugin;
  private final PluginRealm realm;
  private final List<PluginFault> backendFaults = new ArrayList<>();

  /** By profile, then by id. */
  private final Map<String, Map<String, GuardedBackend>> backends = new HashMap<>();

  private LoadedPlugin(PluginFile plugin, PluginRealm realm) {
    this.plugin = plugin;
    this.realm = realm;
  }

  /**
   * Starts a plugin and those that it needs.
   *
   * @param inOrder the plugins that it needs, each after those it needs itself; at the end the
   *     plugin
   */
  static LoadedPlugin load(List<PluginFile> inOrder, SharedClasses shared) throws PluginFault {
    PluginFile plugin = inOrder.getLast();
    try {
      PluginRealm realm = new PluginRealm(inOrder, shared);
      for (PluginFile file : inOrder) {
        start(realm, file);
      }
      return new LoadedPlugin(plugin, realm);
    } catch (Throwable thrown) {
      throw Faults.of(plugin, "it cannot be started", thrown);
    }
  }

  private static void start(PluginRealm realm, PluginFile file) throws Throwable {
    PluginState state;
    try (ContextLoader _ = ContextLoader.of(realm.getPluginClassLoader(file.id()))) {
      state = realm.startPlugin(file.id());
    }
    Throwable failure = realm.getPlugin(file.id()).getFailedException();
    if (!state.isStarted()) {
      throw failure == null ? new IllegalStateException("pf4j left it " + state) : failure;
    }
  }

  /** That use of the backend, created at the first call: each use has an instance of its own. */
  synchronized GuardedBackend backend(InstalledBackend installed) throws PluginFault {
    Map<String, GuardedBackend> created = backends.get(installed.profile());
    if (created == null) {
      created = createBackends();
      backends.put(installed.profile(), created);
    }
    String id = installed.offer().id();
    GuardedBackend backend = created.get(id);
    if (backend != null) {
      return backend;
    }
    if (!backendFaults.isEmpty()) {
      throw backendFaults.getFirst();
    }
    throw new PluginFault(
        "its manifest offers backend '%s', but its extension classes are: %s"
            .formatted(id, String.join(", ", plugin.extensionClasses())),
        "Ask its author for a correct jar, or " + Faults.switchOff(plugin));
  }

  private Map<String, GuardedBackend> createBackends() {
    Map<String, GuardedBackend> created = new LinkedHashMap<>();
    for (String className : plugin.extensionClasses()) {
      try {
        InferenceBackend backend = instance(InferenceBackend.class, className);
        if (backend != null) {
          GuardedBackend guarded = GuardedBackend.of(plugin, loader(), backend);
          created.putIfAbsent(guarded.descriptor().id(), guarded);
        }
      } catch (PluginFault fault) {
        backendFaults.add(fault);
      }
    }
    return created;
  }

  /**
   * New instances of the extension classes of a type.
   *
   * @throws PluginFault when there is none
   */
  synchronized <T> List<T> extensions(Class<T> type) throws PluginFault {
    List<T> created = new ArrayList<>();
    PluginFault first = null;
    for (String className : plugin.extensionClasses()) {
      try {
        T extension = instance(type, className);
        if (extension != null) {
          created.add(extension);
        }
      } catch (PluginFault fault) {
        first = first == null ? fault : first;
      }
    }
    if (!created.isEmpty()) {
      return created;
    }
    throw first != null
        ? first
        : new PluginFault(
            "its manifest promises a %s, but its extension classes are: %s"
                .formatted(type.getSimpleName(), String.join(", ", plugin.extensionClasses())),
            "Ask its author for a correct jar, or " + Faults.switchOff(plugin));
  }

  /** A new instance of an extension class, or null when it extends something else. */
  private <T> @Nullable T instance(Class<T> type, String className) throws PluginFault {
    try (ContextLoader _ = ContextLoader.of(loader())) {
      Class<?> extension = loader().loadClass(className);
      return type.isAssignableFrom(extension)
          ? type.cast(realm.getExtensionFactory().create(extension))
          : null;
    } catch (Throwable thrown) {
      throw Faults.of(plugin, "its extension " + className + " cannot be created", thrown);
    }
  }

  ClassLoader loader() {
    return realm.getPluginClassLoader(plugin.id());
  }
}
