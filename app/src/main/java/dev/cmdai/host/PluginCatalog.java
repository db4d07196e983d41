package dev.cmdai.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every plugin found in the plugin folders, known from manifests and indexes alone. Immutable.
 *
 * @param plugins the plugins that may be used, one for each id, in the order of their ids
 * @param backends the backends they offer, one for each id, in the order of their ids
 * @param standIns by the id of a backend, who takes its place when its plugin fails, the next best
 *     first; no entry where there is nobody
 * @param setAside the plugins that are fine but not used, or only as stand-ins
 * @param rejections what is wrong with the rest
 */
public record PluginCatalog(
    List<PluginFile> plugins,
    List<InstalledBackend> backends,
    Map<String, List<InstalledBackend>> standIns,
    List<SetAside> setAside,
    List<Rejection> rejections) {

  /** Copies the lists and the map. */
  public PluginCatalog {
    plugins = List.copyOf(plugins);
    backends = List.copyOf(backends);
    standIns = Map.copyOf(standIns);
    setAside = List.copyOf(setAside);
    rejections = List.copyOf(rejections);
  }

  /** The usable plugin with that id, if there is one. */
  public Optional<PluginFile> plugin(String id) {
    return plugins.stream().filter(plugin -> plugin.id().equals(id)).findFirst();
  }

  /** The usable backend with that id, if there is one. */
  public Optional<InstalledBackend> backend(String id) {
    return backends.stream().filter(backend -> backend.id().equals(id)).findFirst();
  }

  /** The usable backend and its stand-ins, in the order in which they are tried. */
  List<InstalledBackend> line(InstalledBackend backend) {
    List<InstalledBackend> line = new ArrayList<>();
    line.add(backend);
    line.addAll(standIns.getOrDefault(backend.id(), List.of()));
    return line;
  }

  /**
   * Everything that offers the backend, in the order in which it is tried; one that only stands in
   * for a backend with another id is found by its own.
   */
  List<InstalledBackend> line(String backendId) {
    Optional<InstalledBackend> usable = backend(backendId);
    return usable.isPresent()
        ? line(usable.get())
        : standIns.values().stream()
            .flatMap(List::stream)
            .filter(standIn -> standIn.id().equals(backendId))
            .toList();
  }
}
