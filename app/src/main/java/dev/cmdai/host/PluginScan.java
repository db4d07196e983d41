package dev.cmdai.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Looks through the plugin folders and settles who is used when several plugins offer the same. */
final class PluginScan {
  private final HostFacts host;
  private final PluginFilter filter;
  private final List<PluginFile> found = new ArrayList<>();
  private final List<SetAside> setAside = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  private PluginScan(HostFacts host, PluginFilter filter) {
    this.host = host;
    this.filter = filter;
  }

  static PluginCatalog of(List<PluginFolder> folders, HostFacts host, PluginFilter filter) {
    PluginScan scan = new PluginScan(host, filter);
    for (PluginFolder folder : folders) {
      if (filter.reads(folder.origin())) {
        scan.read(folder);
      }
    }
    List<PluginFile> plugins = scan.withoutUseless(scan.onePerId());
    List<InstalledBackend> backends = scan.backends(plugins);
    return new PluginCatalog(plugins, backends, scan.setAside, scan.rejections);
  }

  private void read(PluginFolder folder) {
    for (Path path : jars(folder.path())) {
      switch (PluginJar.read(path, folder.origin(), host)) {
        case PluginFile plugin when filter.admits(plugin.id()) -> found.add(plugin);
        case PluginFile plugin ->
            setAside.add(new SetAside(plugin, "not among the plugins chosen for this run"));
        case Rejection rejection -> {
          if (filter.admits(rejection.pluginId())) {
            rejections.add(rejection);
          }
        }
      }
    }
  }

  /** In the order of their names, so that every run and every machine sees the same order. */
  private List<Path> jars(Path folder) {
    List<Path> jars = new ArrayList<>();
    if (Files.notExists(folder)) {
      return jars;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PluginScan::isJarName)) {
      files.forEach(jars::add);
    } catch (IOException | DirectoryIteratorException e) {
      rejections.add(
          new Rejection(
              folder,
              null,
              "the plugin folder " + folder + " cannot be read (" + e + ")",
              "Give yourself permission to read it.",
              e));
    }
    jars.sort(Comparator.comparing(Path::toString));
    return jars;
  }

  /** Installers and editors write under hidden names or with a tilde until they are done. */
  private static boolean isJarName(Path path) {
    String name = OneLine.fileName(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".jar") && !name.startsWith(".") && !name.startsWith("~");
  }

  /** The user's plugin before the bundled one; among those of one origin, the higher version. */
  private List<PluginFile> onePerId() {
    Map<String, List<PluginFile>> byId = new TreeMap<>();
    found.forEach(file -> byId.computeIfAbsent(file.id(), id -> new ArrayList<>()).add(file));
    Comparator<PluginFile> precedence =
        Comparator.comparing(PluginFile::origin)
            .thenComparing(file -> file.manifest().version(), PluginVersions.ORDER.reversed());
    List<PluginFile> used = new ArrayList<>();
    for (List<PluginFile> rivals : byId.values()) {
      rivals.sort(precedence);
      PluginFile winner = rivals.getFirst();
      used.add(winner);
      for (PluginFile loser : rivals.subList(1, rivals.size())) {
        String why = winner.origin() == loser.origin() ? "version" : "your version";
        setAside.add(
            new SetAside(
                loser, why + " " + winner.manifest().version() + " is used: " + winner.path()));
      }
    }
    return used;
  }

  /** A plugin without extensions still has a use when another one needs its classes. */
  private List<PluginFile> withoutUseless(List<PluginFile> plugins) {
    Set<String> required = new HashSet<>();
    for (PluginFile plugin : plugins) {
      plugin.manifest().requiredPlugins().forEach(other -> required.add(other.id()));
    }
    List<PluginFile> useful = new ArrayList<>();
    for (PluginFile plugin : plugins) {
      if (plugin.manifest().offersSomething() || required.contains(plugin.id())) {
        useful.add(plugin);
      } else {
        rejections.add(
            Rejection.of(
                plugin,
                new PluginFault(
                    "has neither Cmdai-Backends nor Cmdai-Tokenizers in its manifest",
                    "Its author must add one, such as: Cmdai-Backends: "
                        + plugin.id().toLowerCase(Locale.ROOT)
                        + ":gguf")));
      }
    }
    return useful;
  }

  private List<InstalledBackend> backends(List<PluginFile> plugins) {
    Comparator<PluginFile> precedence =
        Comparator.comparingInt((PluginFile plugin) -> plugin.manifest().priority())
            .reversed()
            .thenComparing(PluginFile::origin)
            .thenComparing(PluginFile::id);
    Map<String, InstalledBackend> byId = new HashMap<>();
    for (PluginFile plugin : plugins.stream().sorted(precedence).toList()) {
      for (BackendOffer offer : plugin.manifest().backends()) {
        InstalledBackend backend = new InstalledBackend(offer, plugin);
        InstalledBackend earlier = byId.putIfAbsent(offer.id(), backend);
        if (earlier != null) {
          rejections.add(Rejection.of(plugin, duplicate(offer, earlier.plugin())));
        }
      }
    }
    return new TreeMap<>(byId).values().stream().toList();
  }

  private static PluginFault duplicate(BackendOffer offer, PluginFile winner) {
    return new PluginFault(
        "its backend '%s' is already offered by plugin %s (%s)"
            .formatted(offer.id(), winner.id(), winner.fileName()),
        "Keep one of the two: cmdai plugins disable ID");
  }
}
