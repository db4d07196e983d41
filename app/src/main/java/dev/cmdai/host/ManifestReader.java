package dev.cmdai.host;

import dev.cmdai.api.ApiVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.regex.Pattern;

/** Turns the main section of a manifest into a {@link PluginManifest}, and says why it cannot. */
final class ManifestReader {
  private static final Pattern PLUGIN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern BACKEND_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
  private static final int LONGEST_VERSION = 100;
  private static final String ASK_THE_AUTHOR = "Ask its author for a correct jar, or remove it.";

  private final Attributes attributes;

  private ManifestReader(Attributes attributes) {
    this.attributes = attributes;
  }

  /** The plugin's id. */
  static String id(Attributes attributes) throws PluginFault {
    String id = new ManifestReader(attributes).text("Plugin-Id");
    if (id.isEmpty()) {
      throw new PluginFault(
          "has no Plugin-Id in its manifest, so it is no plugin",
          "Remove it from the plugin folder.");
    }
    if (!PLUGIN_ID.matcher(id).matches()) {
      throw new PluginFault(
          "has the Plugin-Id '"
              + id
              + "', which must be letters, digits, dots, hyphens and"
              + " underscores",
          ASK_THE_AUTHOR);
    }
    return id;
  }

  /** The whole manifest, measured against this host. */
  static PluginManifest read(String id, Attributes attributes, HostFacts host) throws PluginFault {
    ManifestReader reader = new ManifestReader(attributes);
    String version = reader.version();
    reader.checkApi();
    String requires = reader.requires(host);
    List<String> platforms = reader.platforms(host);
    return new PluginManifest(
        id,
        version,
        requires,
        reader.text("Plugin-Provider"),
        reader.text("Plugin-Description"),
        reader.text("Plugin-License"),
        reader.text("Plugin-Class"),
        reader.backends(),
        reader.names("Cmdai-Tokenizers"),
        reader.names("Cmdai-Inspectors"),
        platforms,
        reader.priority(),
        reader.requiredPlugins());
  }

  private String version() throws PluginFault {
    String version = text("Plugin-Version");
    if (version.isEmpty()) {
      throw new PluginFault("has no Plugin-Version in its manifest", ASK_THE_AUTHOR);
    }
    if (version.length() > LONGEST_VERSION) {
      throw new PluginFault(
          "has a Plugin-Version of more than " + LONGEST_VERSION + " characters", ASK_THE_AUTHOR);
    }
    return version;
  }

  private void checkApi() throws PluginFault {
    String api = text("Cmdai-Api");
    if (api.isEmpty()) {
      throw new PluginFault(
          "has no Cmdai-Api in its manifest, so it is no plugin for cmdai",
          "Its author must add: Cmdai-Api: " + ApiVersion.CURRENT);
    }
    int number = integer("Cmdai-Api", api);
    if (number > ApiVersion.CURRENT) {
      throw new PluginFault(builtFor(number), "Update cmdai.");
    }
    if (number < ApiVersion.CURRENT) {
      throw new PluginFault(builtFor(number), "Update the plugin.");
    }
  }

  private static String builtFor(int api) {
    return "is built for API " + api + ", this cmdai speaks " + ApiVersion.CURRENT;
  }

  private String requires(HostFacts host) throws PluginFault {
    String requires = text("Plugin-Requires");
    if (requires.isEmpty()) {
      return VersionRange.ANY;
    }
    try {
      if (VersionRange.holdsHost(requires, host.version())) {
        return requires;
      }
    } catch (IllegalArgumentException e) {
      throw new PluginFault(
          "has a Plugin-Requires that is no version range: '" + requires + "'",
          "Its author must write it like >=0.1.0 & <0.2.0",
          e);
    }
    throw new PluginFault(
        "needs cmdai " + requires + ", this is " + host.version(), "Update the plugin or cmdai.");
  }

  private List<String> platforms(HostFacts host) throws PluginFault {
    List<String> platforms = names("Cmdai-Platforms");
    if (!platforms.isEmpty() && !platforms.contains(host.platform())) {
      throw new PluginFault(
          "is built for " + String.join(", ", platforms) + ", this is " + host.platform(),
          "Install the plugin's jar for " + host.platform() + ".");
    }
    return platforms;
  }

  /** For example {@code llamacpp:gguf, other:onnx+safetensors, remote}. */
  private List<BackendOffer> backends() throws PluginFault {
    List<BackendOffer> offers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String item : items("Cmdai-Backends")) {
      int colon = item.indexOf(':');
      String id = colon < 0 ? item : item.substring(0, colon).strip();
      String formats = colon < 0 ? "" : item.substring(colon + 1);
      if (!BACKEND_ID.matcher(id).matches() || !ids.add(id) || (colon >= 0 && formats.isBlank())) {
        throw notReadable("Cmdai-Backends", "llamacpp:gguf, other:onnx+safetensors");
      }
      List<String> names = new ArrayList<>();
      for (String format : formats.isBlank() ? new String[0] : formats.split("\\+", -1)) {
        String name = format.strip();
        if (!NAME.matcher(name).matches()) {
          throw notReadable("Cmdai-Backends", "llamacpp:gguf, other:onnx+safetensors");
        }
        names.add(name);
      }
      offers.add(new BackendOffer(id, names));
    }
    return offers;
  }

  private int priority() throws PluginFault {
    String priority = text("Cmdai-Priority");
    return priority.isEmpty() ? 0 : integer("Cmdai-Priority", priority);
  }

  /** In pf4j's form: {@code id@range, optional-id?@range}. */
  private List<RequiredPlugin> requiredPlugins() throws PluginFault {
    List<RequiredPlugin> required = new ArrayList<>();
    for (String item : items("Plugin-Dependencies")) {
      int at = item.indexOf('@');
      String name = at < 0 ? item : item.substring(0, at);
      String range = at < 0 ? "" : item.substring(at + 1).strip();
      boolean isOptional = name.endsWith("?");
      String id = isOptional ? name.substring(0, name.length() - 1) : name;
      if (!PLUGIN_ID.matcher(id).matches()) {
        throw notReadable("Plugin-Dependencies", "first@>=1.0.0, second?");
      }
      required.add(new RequiredPlugin(id, range.isEmpty() ? VersionRange.ANY : range, isOptional));
    }
    return required;
  }

  private List<String> names(String key) throws PluginFault {
    List<String> names = items(key);
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw notReadable(key, "names separated by commas");
      }
    }
    return names;
  }

  private List<String> items(String key) {
    List<String> items = new ArrayList<>();
    for (String item : text(key).split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return items;
  }

  private int integer(String key, String value) throws PluginFault {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new PluginFault("has a " + key + " that is no number: '" + value + "'", ASK_THE_AUTHOR);
    }
  }

  private PluginFault notReadable(String key, String example) {
    return new PluginFault(
        "has a " + key + " that cannot be read: '" + text(key) + "'",
        "Its author must write it like " + example);
  }

  private String text(String key) {
    String value = attributes.getValue(key);
    return value == null ? "" : OneLine.of(value);
  }
}
