package dev.cmdai.host;

import dev.cmdai.names.NearestNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The door to everything that plugins offer: what is installed, how well it works, and which
 * backend to use.
 *
 * <p>What is wrong with a plugin is data ({@link #rejected()}, {@link BackendStatus#failure()}),
 * never an exception, and never printed. Not thread-safe.
 */
public final class PluginHost {
  /**
   * A plugin that needs more than a second is broken or would make every run slow, so another one
   * is used; but the only one there is may be on a cold disk, or the machine busy.
   */
  private static final Prober.Limits LIMITS =
      new Prober.Limits(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final PluginCatalog catalog;
  private final Prober prober;

  /**
   * Looks at the jars in the plugin folders; loads no plugin.
   *
   * @param folders where plugins may lie
   * @param hostVersion the version of this program; what follows {@code x.y.z} is ignored
   * @param platform what plugins with native code must be built for: {@link Platform#current()}
   * @param filter which plugins the user lets in
   */
  public PluginHost(
      List<PluginFolder> folders, String hostVersion, String platform, PluginFilter filter) {
    this(folders, hostVersion, platform, filter, LIMITS);
  }

  PluginHost(
      List<PluginFolder> folders,
      String hostVersion,
      String platform,
      PluginFilter filter,
      Prober.Limits limits) {
    catalog = PluginScan.of(folders, new HostFacts(hostVersion, platform), filter);
    prober = new Prober(new PluginShelf(catalog), limits);
  }

  /** Everything that was found. */
  public PluginCatalog catalog() {
    return catalog;
  }

  /** The jars that cannot be used: one warning each. */
  public List<Rejection> rejected() {
    return catalog.rejections();
  }

  /**
   * Loads every plugin with a backend and probes all backends at the same time; then those that
   * stand in for the ones that failed.
   *
   * @param contexts what each backend is told
   * @return all backends that were probed, the best one first: one that failed is there beside the
   *     one that took its place, which mostly has the same id
   */
  public List<BackendStatus> statuses(ProbeContexts contexts) {
    List<BackendStatus> statuses = new ArrayList<>();
    List<List<InstalledBackend>> lines = lines();
    while (!lines.isEmpty()) {
      List<Prober.Running> running =
          lines.stream()
              .map(List::getFirst)
              .map(backend -> prober.start(backend, contexts.contextFor(backend)))
              .toList();
      List<List<InstalledBackend>> standIns = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        Prober.Running probe = running.get(i);
        BackendStatus status = probe.await().orElseGet(probe::giveUp);
        statuses.add(status);
        List<InstalledBackend> line = lines.get(i);
        if (status.failure().isPresent() && line.size() > 1) {
          standIns.add(line.subList(1, line.size()));
        }
      }
      lines = standIns;
    }
    return BackendRanking.ranked(statuses);
  }

  /**
   * Starts looking for the best backend for a request.
   *
   * @param contexts what each backend is told
   * @return hands out ready backends one after the other
   */
  public BackendSelection select(ProbeContexts contexts) {
    return new BackendSelection(prober, lines(), contexts);
  }

  private List<List<InstalledBackend>> lines() {
    List<List<InstalledBackend>> lines = new ArrayList<>();
    for (InstalledBackend backend : catalog.backends()) {
      lines.add(catalog.line(backend));
    }
    return lines;
  }

  /**
   * Looks at one backend only, the one that the user asks for, in whichever plugin it works.
   *
   * @param backendId what the user typed
   * @param contexts what the backend is told
   * @return hands out that backend if it is ready
   * @throws UnknownBackendException when no usable plugin offers it
   */
  public BackendSelection select(String backendId, ProbeContexts contexts)
      throws UnknownBackendException {
    List<InstalledBackend> line = catalog.line(backendId);
    if (line.isEmpty()) {
      List<String> ids = catalog.backends().stream().map(InstalledBackend::id).toList();
      throw new UnknownBackendException(backendId, NearestNames.of(backendId, ids));
    }
    return new BackendSelection(prober, List.of(line), contexts);
  }
}
