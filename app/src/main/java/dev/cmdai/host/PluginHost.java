package dev.cmdai.host;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.names.NearestNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The door to everything that plugins offer: what is installed, how well it works, which backend to
 * use, and who reads a model file.
 *
 * <p>What is wrong with a plugin is data ({@link #rejected()}, {@link BackendStatus#failure()}), an
 * exception only when there is no other, and never printed. Not thread-safe.
 */
public final class PluginHost {
  /**
   * A plugin that needs more than a second is broken or would make every run slow, so another one
   * is used; but the only one there is may be on a cold disk, or the machine busy.
   */
  private static final Prober.Limits LIMITS =
      new Prober.Limits(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final PluginCatalog catalog;
  private final PluginShelf plugins;
  private final Prober.Limits limits;
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
    plugins = new PluginShelf(catalog);
    this.limits = limits;
    prober = new Prober(plugins, limits);
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
    List<List<InstalledBackend>> lines = lines(contexts);
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
    return new BackendSelection(prober, lines(contexts), contexts);
  }

  /** Each use of each backend with those that stand in for it. */
  private List<List<InstalledBackend>> lines(ProbeContexts contexts) {
    List<List<InstalledBackend>> lines = new ArrayList<>();
    for (InstalledBackend backend : catalog.backends()) {
      addUses(lines, catalog.line(backend), contexts);
    }
    return lines;
  }

  private static void addUses(
      List<List<InstalledBackend>> lines, List<InstalledBackend> line, ProbeContexts contexts) {
    for (String profile : contexts.profiles(line.getFirst())) {
      List<InstalledBackend> use = new ArrayList<>();
      for (InstalledBackend backend : line) {
        use.add(backend.withProfile(profile));
      }
      lines.add(use);
    }
  }

  /**
   * Looks at one backend only, the one that the user asks for, in whichever plugin it works; at all
   * its uses when the user names none of them.
   *
   * @param backendId what the user typed
   * @param contexts what the backend is told
   * @return hands out that backend if it is ready
   * @throws UnknownBackendException when no usable plugin offers it
   */
  public BackendSelection select(String backendId, ProbeContexts contexts)
      throws UnknownBackendException {
    List<List<InstalledBackend>> lines = new ArrayList<>();
    List<InstalledBackend> line = catalog.line(offerId(backendId));
    if (!line.isEmpty()) {
      addUses(lines, line, contexts);
      lines.removeIf(use -> !use.getFirst().isCalled(backendId));
    }
    if (lines.isEmpty()) {
      List<String> ids =
          lines(contexts).stream().map(List::getFirst).map(InstalledBackend::id).toList();
      throw new UnknownBackendException(backendId, NearestNames.of(backendId, ids));
    }
    return new BackendSelection(prober, lines, contexts);
  }

  private static String offerId(String backendId) {
    int colon = backendId.indexOf(':');
    return colon < 0 ? backendId : backendId.substring(0, colon);
  }

  /** Whether somebody who types that means a backend that asks servers for their models. */
  public boolean isRemote(String backendId) {
    List<InstalledBackend> line = catalog.line(offerId(backendId));
    return !line.isEmpty() && line.getFirst().formats().isEmpty();
  }

  /**
   * Opens the tokenizer of a model file with the first plugin that can. Loads only plugins whose
   * manifests list the format.
   *
   * @param file a file or folder, which may be missing
   * @param format such as {@code gguf}
   * @param environments what each plugin is told of this program
   * @param warn told what is wrong with plugins that were tried in vain
   * @throws BackendException when there is no such plugin, or none can open it
   */
  public OpenTokenizer openTokenizer(
      Path file, String format, PluginEnvironments environments, Consumer<String> warn)
      throws BackendException {
    return read(FileReader.tokenizers(environments), file, format, warn);
  }

  /**
   * Finds out what a model file holds; otherwise as {@link #openTokenizer}.
   *
   * @param file a file or folder, which may be missing
   * @param format such as {@code gguf}
   * @param warn told what is wrong with plugins that were tried in vain
   * @throws BackendException when there is no such plugin, or none can read it
   */
  public ModelFacts inspect(Path file, String format, Consumer<String> warn)
      throws BackendException {
    return read(FileReader.INSPECTORS, file, format, warn);
  }

  private <T, R> R read(FileReader<T, R> reader, Path file, String format, Consumer<String> warn)
      throws BackendException {
    List<List<PluginFile>> lines = catalog.readers(format, reader.formats());
    if (lines.isEmpty()) {
      throw new BackendException.Unsupported(
          "no plugin here reads the %s in files of format %s: %s"
              .formatted(reader.result(), format, file),
          "Choose a file of another format, or put a plugin for this one into the plugins folder.",
          null);
    }
    return new FileReading<>(reader, plugins, limits, file).read(lines, warn);
  }
}
