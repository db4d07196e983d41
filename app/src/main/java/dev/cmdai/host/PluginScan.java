package dev.cmdai.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks through the plugin folders and settles who is used when several plugins offer the same.
 *
 * <p>Every run does this first, so it is plain loops: the first pattern switch, stream or equality
 * of records in a run costs more than reading ten jars.
 */
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
      JarFinding finding = PluginJar.read(path, folder.origin(), host);
      if (finding instanceof Rejection rejection) {
        if (filter.admits(rejection.pluginId())) {
          rejections.add(rejection);
        }
      } else if (finding instanceof PluginFile plugin) {
        if (filter.admits(plugin.id())) {
          found.add(plugin);
        } else {
          setAside.add(new SetAside(plugin, "not among the plugins chosen for this run"));
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
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (isJarName(file)) {
          jars.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      rejections.add(
          new Rejection(
              folder,
              null,
              "the plugin folder " + folder + " cannot be read (" + e + ")",
              "Give yourself permission to read it.",
              e));
    }
    Collections.sort(jars);
    return jars;
  }

  /** Installers and editors write under hidden names or with a tilde until they are done. */
  private static boolean isJarName(Path path) {
    String name = OneLine.fileName(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".jar") && !name.startsWith(".") && !name.startsWith("~");
  }

  /** The user's plugin before the bundled one; among those of one origin, the higher version. */
  private List<PluginFile> onePerId() {
    Map<String, PluginFile> byId = new TreeMap<>();
    for (PluginFile plugin : found) {
      PluginFile rival = byId.get(plugin.id());
      if (rival == null || isUsedInsteadOf(rival, plugin)) {
        byId.put(plugin.id(), plugin);
      }
    }
    for (PluginFile plugin : found) {
      PluginFile used = byId.getOrDefault(plugin.id(), plugin);
      if (!used.path().equals(plugin.path())) {
        String why = used.origin() == plugin.origin() ? "version" : "your version";
        setAside.add(
            new SetAside(
                plugin, why + " " + used.manifest().version() + " is used: " + used.path()));
      }
    }
    return List.copyOf(byId.values());
  }

  private static boolean isUsedInsteadOf(PluginFile earlier, PluginFile later) {
    int byOrigin = later.origin().compareTo(earlier.origin());
    return byOrigin < 0
        || (byOrigin == 0
            && PluginVersions.compare(later.manifest().version(), earlier.manifest().version())
                > 0);
  }

  /** A plugin without extensions still has a use when another one needs its classes. */
  private List<PluginFile> withoutUseless(List<PluginFile> plugins) {
    Set<String> required = new HashSet<>();
    for (PluginFile plugin : plugins) {
      for (RequiredPlugin other : plugin.manifest().requiredPlugins()) {
        required.add(other.id());
      }
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
    List<PluginFile> inOrder = new ArrayList<>(plugins);
    inOrder.sort(PluginScan::comparePrecedence);
    Map<String, InstalledBackend> byId = new TreeMap<>();
    for (PluginFile plugin : inOrder) {
      for (BackendOffer offer : plugin.manifest().backends()) {
        InstalledBackend earlier =
            byId.putIfAbsent(offer.id(), new InstalledBackend(offer, plugin));
        if (earlier != null) {
          rejections.add(Rejection.of(plugin, duplicate(offer, earlier.plugin())));
        }
      }
    }
    return List.copyOf(byId.values());
  }

  /** The higher priority first, then the user's plugin, then the order of the ids. */
  private static int comparePrecedence(PluginFile a, PluginFile b) {
    int byPriority = Integer.compare(b.manifest().priority(), a.manifest().priority());
    if (byPriority != 0) {
      return byPriority;
    }
    int byOrigin = a.origin().compareTo(b.origin());
    return byOrigin != 0 ? byOrigin : a.id().compareTo(b.id());
  }

  private static PluginFault duplicate(BackendOffer offer, PluginFile winner) {
    return new PluginFault(
        "its backend '%s' is already offered by plugin %s (%s)"
            .formatted(offer.id(), winner.id(), winner.fileName()),
        "Keep one of the two: cmdai plugins disable ID");
  }
}
