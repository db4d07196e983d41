package dev.cmdai.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

  /**
   * Who reads files of a format: for each plugin id the plugin that is used and, after it, the set
   * aside ones of that id, as far as they offer it; the ids in the order in which they are asked.
   *
   * @param formats what a manifest offers
   */
  List<List<PluginFile>> readers(String format, Function<PluginManifest, List<String>> formats) {
    List<List<PluginFile>> lines = new ArrayList<>();
    for (PluginFile used : plugins) {
      List<PluginFile> line = new ArrayList<>();
      line.add(used);
      for (SetAside aside : setAside) {
        if (aside.plugin().id().equals(used.id())) {
          line.add(aside.plugin());
        }
      }
      line.removeIf(plugin -> !formats.apply(plugin.manifest()).contains(format));
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    lines.sort((a, b) -> PluginScan.comparePrecedence(a.getFirst(), b.getFirst()));
    return lines;
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
