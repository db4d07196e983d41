package dev.cmdai.host;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Loads each plugin of a catalogue at most once, when it is first wanted. Thread-safe. */
final class PluginShelf {
  private final PluginCatalog catalog;
  private final SharedClasses shared = new SharedClasses();
  private final Map<Path, FutureTask<LoadedPlugin>> loading = new ConcurrentHashMap<>();

  PluginShelf(PluginCatalog catalog) {
    this.catalog = catalog;
  }

  /** The plugin, loaded by this thread or by the one that asked first. */
  LoadedPlugin loaded(PluginFile plugin) throws PluginFault, InterruptedException {
    FutureTask<LoadedPlugin> task =
        loading.computeIfAbsent(
            plugin.path(),
            _ -> new FutureTask<>(() -> LoadedPlugin.load(withRequired(plugin), shared)));
    task.run();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw Faults.of(plugin, "it cannot be started", e);
    }
  }

  private List<PluginFile> withRequired(PluginFile plugin) throws PluginFault {
    Map<String, PluginFile> inOrder = new LinkedHashMap<>();
    collect(plugin, inOrder, new LinkedHashSet<>());
    return List.copyOf(inOrder.values());
  }

  private void collect(PluginFile plugin, Map<String, PluginFile> inOrder, Set<String> path)
      throws PluginFault {
    if (!path.add(plugin.id())) {
      throw new PluginFault(
          "it needs itself: " + String.join(" → ", path) + " → " + plugin.id(),
          "Ask its author for a correct jar, or " + Faults.switchOff(plugin));
    }
    for (RequiredPlugin required : plugin.manifest().requiredPlugins()) {
      Optional<PluginFile> other = catalog.plugin(required.id());
      if (other.isPresent() && isInRange(plugin, required, other.get())) {
        collect(other.get(), inOrder, path);
      } else if (!required.isOptional()) {
        throw missing(required, other);
      }
    }
    path.remove(plugin.id());
    inOrder.put(plugin.id(), plugin);
  }

  private static boolean isInRange(PluginFile plugin, RequiredPlugin required, PluginFile other)
      throws PluginFault {
    try {
      return VersionRange.holds(required.range(), other.manifest().version());
    } catch (IllegalArgumentException e) {
      throw new PluginFault(
          "it needs plugin %s, which cannot be compared with version %s"
              .formatted(required, other.manifest().version()),
          "Ask its author for a correct jar, or " + Faults.switchOff(plugin),
          e);
    }
  }

  private static PluginFault missing(RequiredPlugin required, Optional<PluginFile> other) {
    String instead =
        other
            .map(file -> "version " + file.manifest().version() + " is installed")
            .orElse("which is not installed");
    return new PluginFault(
        "it needs plugin " + required + ", " + instead,
        "Put a jar of " + required + " into the plugins folder.");
  }
}
