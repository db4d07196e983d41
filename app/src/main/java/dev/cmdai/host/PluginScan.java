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
import org.jspecify.annotations.Nullable;

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
    Map<String, List<PluginFile>> byId = byId(scan.useful());
    List<PluginFile> plugins = scan.firsts(byId);
    Map<String, List<InstalledBackend>> standIns = new TreeMap<>();
    List<InstalledBackend> backends = scan.backends(plugins, byId, standIns);
    return new PluginCatalog(plugins, backends, standIns, scan.setAside, scan.rejections);
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
          setAside.add(new SetAside(plugin, "not in CMDAI_PLUGINS"));
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
      rejections.add(unreadable(folder, e));
    }
    Collections.sort(jars);
    return jars;
  }

  private static Rejection unreadable(Path folder, Exception e) {
    return Files.isDirectory(folder)
        ? new Rejection(
            folder,
            null,
            "the plugin folder " + folder + " cannot be read: " + Faults.inWords(e),
            "Give yourself permission to read it.",
            e)
        : new Rejection(
            folder,
            null,
            "the plugin folder " + folder + " is a file",
            "Move that file away; plugins go into a folder of that name.",
            e);
  }

  /** Installers and editors write under hidden names or with a tilde until they are done. */
  private static boolean isJarName(Path path) {
    String name = OneLine.fileName(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".jar") && !name.startsWith(".") && !name.startsWith("~");
  }

  /**
   * The plugins of each id: the user's before the bundled one; among those of one origin, the
   * higher version first.
   */
  private static Map<String, List<PluginFile>> byId(List<PluginFile> plugins) {
    Map<String, List<PluginFile>> byId = new TreeMap<>();
    for (PluginFile plugin : plugins) {
      List<PluginFile> rivals = byId.get(plugin.id());
      if (rivals == null) {
        rivals = new ArrayList<>();
        byId.put(plugin.id(), rivals);
      }
      int place = 0;
      while (place < rivals.size() && !isUsedInsteadOf(rivals.get(place), plugin)) {
        place++;
      }
      rivals.add(place, plugin);
    }
    return byId;
  }

  private List<PluginFile> firsts(Map<String, List<PluginFile>> byId) {
    List<PluginFile> firsts = new ArrayList<>();
    for (List<PluginFile> rivals : byId.values()) {
      PluginFile used = rivals.getFirst();
      firsts.add(used);
      for (PluginFile plugin : rivals) {
        if (!used.path().equals(plugin.path())) {
          String why = used.origin() == plugin.origin() ? "version" : "your version";
          setAside.add(
              new SetAside(
                  plugin, why + " " + used.manifest().version() + " is used: " + used.path()));
        }
      }
    }
    return firsts;
  }

  private static boolean isUsedInsteadOf(PluginFile earlier, PluginFile later) {
    int byOrigin = later.origin().compareTo(earlier.origin());
    return byOrigin < 0
        || (byOrigin == 0
            && PluginVersions.compare(later.manifest().version(), earlier.manifest().version())
                > 0);
  }

  /** A plugin without extensions still has a use when another one needs its classes. */
  private List<PluginFile> useful() {
    Set<String> required = new HashSet<>();
    for (PluginFile plugin : found) {
      for (RequiredPlugin other : plugin.manifest().requiredPlugins()) {
        required.add(other.id());
      }
    }
    List<PluginFile> useful = new ArrayList<>();
    for (PluginFile plugin : found) {
      if (plugin.manifest().offersSomething() || required.contains(plugin.id())) {
        useful.add(plugin);
      } else {
        rejections.add(
            Rejection.of(
                plugin,
                new PluginFault(
                    "has no Cmdai-Backends, Cmdai-Tokenizers or Cmdai-Inspectors in its manifest",
                    "Its author must add one, such as: Cmdai-Backends: "
                        + plugin.id().toLowerCase(Locale.ROOT)
                        + ":gguf")));
      }
    }
    return useful;
  }

  /**
   * The best offer for each id. The others stand in: first other versions of the same plugin, then
   * other plugins.
   */
  private List<InstalledBackend> backends(
      List<PluginFile> plugins,
      Map<String, List<PluginFile>> byId,
      Map<String, List<InstalledBackend>> standIns) {
    List<PluginFile> inOrder = new ArrayList<>(plugins);
    inOrder.sort(PluginScan::comparePrecedence);
    Map<String, InstalledBackend> best = new TreeMap<>();
    for (PluginFile plugin : inOrder) {
      for (BackendOffer offer : plugin.manifest().backends()) {
        InstalledBackend backend = new InstalledBackend(offer, plugin);
        InstalledBackend earlier = best.putIfAbsent(offer.id(), backend);
        if (earlier != null) {
          rejections.add(Rejection.of(plugin, duplicate(plugin, offer, earlier.plugin())));
          addStandIn(standIns, offer.id(), backend);
        }
        for (PluginFile rival : byId.getOrDefault(plugin.id(), List.of())) {
          BackendOffer same = offer(rival, offer.id());
          if (same != null && !rival.path().equals(plugin.path())) {
            addStandIn(standIns, offer.id(), new InstalledBackend(same, rival));
          }
        }
      }
    }
    addOnlyOffers(plugins, byId, best, standIns);
    return List.copyOf(best.values());
  }

  /**
   * A backend that only a plugin set aside offers stands in for the first one of the plugin that is
   * used instead: a broken plugin that names its backends otherwise must not hide it.
   */
  private static void addOnlyOffers(
      List<PluginFile> plugins,
      Map<String, List<PluginFile>> byId,
      Map<String, InstalledBackend> best,
      Map<String, List<InstalledBackend>> standIns) {
    for (PluginFile plugin : plugins) {
      for (PluginFile rival : byId.getOrDefault(plugin.id(), List.of())) {
        for (BackendOffer offer : rival.manifest().backends()) {
          if (!best.containsKey(offer.id()) && !plugin.manifest().backends().isEmpty()) {
            String first = plugin.manifest().backends().getFirst().id();
            addStandIn(standIns, first, new InstalledBackend(offer, rival));
          }
        }
      }
    }
  }

  private static void addStandIn(
      Map<String, List<InstalledBackend>> standIns, String id, InstalledBackend backend) {
    List<InstalledBackend> line = standIns.get(id);
    if (line == null) {
      line = new ArrayList<>();
      standIns.put(id, line);
    }
    line.add(backend);
  }

  private static @Nullable BackendOffer offer(PluginFile plugin, String id) {
    for (BackendOffer offer : plugin.manifest().backends()) {
      if (offer.id().equals(id)) {
        return offer;
      }
    }
    return null;
  }

  /**
   * The higher priority first, then the user's plugin, then the higher version, then the order of
   * the ids.
   */
  static int comparePrecedence(PluginFile a, PluginFile b) {
    int byPriority = Integer.compare(b.manifest().priority(), a.manifest().priority());
    if (byPriority != 0) {
      return byPriority;
    }
    int byOrigin = a.origin().compareTo(b.origin());
    if (byOrigin != 0) {
      return byOrigin;
    }
    int byVersion = PluginVersions.compare(b.manifest().version(), a.manifest().version());
    return byVersion != 0 ? byVersion : a.id().compareTo(b.id());
  }

  private static PluginFault duplicate(PluginFile plugin, BackendOffer offer, PluginFile winner) {
    return new PluginFault(
        "its backend '%s' is already offered by plugin %s (%s)"
            .formatted(offer.id(), winner.id(), winner.fileName()),
        "Keep one of the two: move " + plugin.path() + " or " + winner.path() + " elsewhere.");
  }
}
