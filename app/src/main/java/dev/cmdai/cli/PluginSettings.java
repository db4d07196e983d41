package dev.cmdai.cli;

import dev.cmdai.config.Config;
import dev.cmdai.config.Setting;
import dev.cmdai.config.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives plugins what {@code [plugins.ID]} says, in the one form that settings of plugins have: as
 * the environment variable that would say the same, which goes before the file.
 */
final class PluginSettings {
  private PluginSettings() {}

  /**
   * The variables to look for plugins' settings in.
   *
   * @param environment the variables that are really set
   */
  static Map<String, String> variables(Config config, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    config
        .tables(Settings.PLUGINS)
        .forEach((id, settings) ->
            settings.forEach((key, value) -> variables.put(variable(id, key), text(value))));
    environment.forEach((name, value) -> {
      // A variable that is set to nothing is as good as not set.
      if (!value.isEmpty()) {
        variables.put(name, value);
      }
    });
    // A plugin called "max" is not told CMDAI_MAX_TOKENS.
    Settings.ALL.forEach(setting -> variables.remove(setting.variable()));
    return variables;
  }

  /** The servers of {@code [remote.NAME]}: uses of the backend {@code remote}. */
  static Map<String, Map<String, Map<String, String>>> profiles(Config config) {
    Map<String, Map<String, String>> servers = new LinkedHashMap<>();
    for (Setting<?> setting : Settings.REMOTES) {
      for (Map.Entry<List<String>, String> member : config.members(setting).entrySet()) {
        List<String> path = member.getKey();
        Map<String, String> server = servers.get(path.get(1));
        if (server == null) {
          server = new HashMap<>();
          servers.put(path.get(1), server);
        }
        server.put(String.join(".", path.subList(2, path.size())), member.getValue());
      }
    }
    return servers.isEmpty() ? Map.of() : Map.of("remote", servers);
  }

  private static String variable(String id, String key) {
    return "CMDAI_" + upper(id) + "_" + upper(key);
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  private static String text(Object value) {
    return value instanceof List<?> elements
        ? elements.stream().map(Object::toString).collect(Collectors.joining(","))
        : value.toString();
  }
}
