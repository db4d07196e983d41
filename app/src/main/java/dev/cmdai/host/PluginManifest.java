package dev.cmdai.host;

import java.util.List;

/**
 * What a plugin's manifest says, checked: all that the host knows before a class of it is loaded.
 *
 * @param id the plugin's id: letters, digits, dots, hyphens and underscores
 * @param version the plugin's version; usually a semantic version, but any text is taken
 * @param requires the versions of the host that will do; {@code *} for all
 * @param provider who made it; empty when unknown
 * @param description what it is for; empty when unknown
 * @param license its licence; empty when unknown
 * @param pluginClass the class that pf4j starts; empty for none
 * @param backends the backends that it offers
 * @param tokenizerFormats the model formats whose tokenizers it opens
 * @param inspectorFormats the model formats that it can tell about
 * @param platforms where it runs, such as {@code linux-x64}; empty for everywhere
 * @param priority decides between equals, higher first; 0 when not named
 * @param requiredPlugins the plugins whose classes it uses
 */
public record PluginManifest(
    String id,
    String version,
    String requires,
    String provider,
    String description,
    String license,
    String pluginClass,
    List<BackendOffer> backends,
    List<String> tokenizerFormats,
    List<String> inspectorFormats,
    List<String> platforms,
    int priority,
    List<RequiredPlugin> requiredPlugins) {

  /** Copies the lists. */
  public PluginManifest {
    backends = List.copyOf(backends);
    tokenizerFormats = List.copyOf(tokenizerFormats);
    inspectorFormats = List.copyOf(inspectorFormats);
    platforms = List.copyOf(platforms);
    requiredPlugins = List.copyOf(requiredPlugins);
  }

  /** Whether it offers anything that the host can use directly. */
  public boolean offersSomething() {
    return !backends.isEmpty() || !tokenizerFormats.isEmpty() || !inspectorFormats.isEmpty();
  }
}
