package dev.cmdai.host;

import java.util.List;
import java.util.Optional;

/**
 * Every plugin found in the plugin folders, known from manifests and indexes alone. Immutable.
 *
 * @param plugins the plugins that may be used, one for each id, in the order of their ids
 * @param backends the backends they offer, one for each id, in the order of their ids
 * @param setAside the plugins that are fine but not used
 * @param rejections what is wrong with the rest
 */
public record PluginCatalog(
    List<PluginFile> plugins,
    List<InstalledBackend> backends,
    List<SetAside> setAside,
    List<Rejection> rejections) {

  /** Copies the lists. */
  public PluginCatalog {
    plugins = List.copyOf(plugins);
    backends = List.copyOf(backends);
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
}
