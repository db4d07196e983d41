package dev.cmdai.host;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells each plugin of this run: the folders and limits are the same for all, the settings its own.
 *
 * <p>A setting is an environment variable {@code CMDAI_PLUGIN_KEY}: {@code CMDAI_ONNX_PROVIDER=cpu}
 * tells the plugin {@code onnx} that {@code provider} is {@code cpu}.
 */
public final class PluginEnvironments {
  private static final String PREFIX = "CMDAI_";

  /** Variables of the program itself, which no plugin's id may claim. */
  private static final List<String> OWN = List.of("CMDAI_HOME", "CMDAI_PLUGINS", "CMDAI_JAVA_HOME");

  private final Path cache;
  private final boolean offline;
  private final Diagnostics diagnostics;
  private final Map<String, String> variables;
  private final Map<String, Map<String, Map<String, String>>> profiles;
  private final List<PluginFile> plugins;

  /**
   * The environments of a run.
   *
   * @param cache the folder for unpacked libraries and saved prefixes
   * @param offline whether only loopback may be contacted
   * @param diagnostics where plugins speak
   * @param variables the environment variables
   * @param profiles the uses of backends that the user has named: by the backend's id, then by the
   *     use's name, its settings
   * @param catalog the plugins, since the id of one may begin like that of another
   */
  public PluginEnvironments(
      Path cache,
      boolean offline,
      Diagnostics diagnostics,
      Map<String, String> variables,
      Map<String, Map<String, Map<String, String>>> profiles,
      PluginCatalog catalog) {
    this.cache = cache;
    this.offline = offline;
    this.diagnostics = diagnostics;
    this.variables = Map.copyOf(variables);
    this.profiles = Map.copyOf(profiles);
    plugins = catalog.plugins();
  }

  /** Where plugins speak. */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** What a plugin is told. */
  public HostEnvironment of(PluginFile plugin) {
    return HostEnvironment.builder(cache)
        .offline(offline)
        .diagnostics(diagnostics)
        .settings(settings(plugin))
        .build();
  }

  /** What a backend is told: of a use with a name, what the user says about that. */
  public HostEnvironment of(InstalledBackend backend) {
    return backend.profile().isEmpty()
        ? of(backend.plugin())
        : HostEnvironment.builder(cache)
            .offline(offline)
            .diagnostics(diagnostics)
            .profile(backend.profile())
            .settings(
                profiles
                    .getOrDefault(backend.offer().id(), Map.of())
                    .getOrDefault(backend.profile(), Map.of()))
            .build();
  }

  /**
   * The uses of a backend: those that the user has named, and one without a name where there are
   * none, or the plugin's own settings say what it is.
   */
  public List<String> profiles(InstalledBackend backend) {
    List<String> names =
        new ArrayList<>(profiles.getOrDefault(backend.offer().id(), Map.of()).keySet());
    if (names.isEmpty() || !settings(backend.plugin()).isEmpty()) {
      names.addFirst("");
    }
    return names;
  }

  private Map<String, String> settings(PluginFile plugin) {
    String prefix = prefix(plugin);
    Map<String, String> settings = new HashMap<>();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(prefix)
          && name.length() > prefix.length()
          && !variable.getValue().isEmpty() // as good as not set
          && !OWN.contains(name)
          && !isOfLongerId(name, prefix)) {
        String key = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
        settings.put(key, variable.getValue());
      }
    }
    return settings;
  }

  /** {@code CMDAI_ONNX_WEB_URL} is {@code url} of {@code onnx-web}, not {@code web_url} of onnx. */
  private boolean isOfLongerId(String name, String prefix) {
    for (PluginFile other : plugins) {
      String longer = prefix(other);
      if (longer.length() > prefix.length() && name.startsWith(longer)) {
        return true;
      }
    }
    return false;
  }

  private static String prefix(PluginFile plugin) {
    String id = plugin.id().toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    return PREFIX + id + "_";
  }
}
