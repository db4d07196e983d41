package dev.cmdai.host;

import java.util.List;

/**
 * A backend that could be used, and the plugin that offers it. Nothing of it is loaded yet.
 *
 * @param offer what the manifest says about the backend
 * @param plugin the plugin
 */
public record InstalledBackend(BackendOffer offer, PluginFile plugin) {
  /** What users type after {@code --backend}. */
  public String id() {
    return offer.id();
  }

  /** The model formats that it opens; empty for a remote backend. */
  public List<String> formats() {
    return offer.formats();
  }
}
