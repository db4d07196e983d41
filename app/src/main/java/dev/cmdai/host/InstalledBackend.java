package dev.cmdai.host;

import java.util.List;

/**
 * A backend that could be used, and the plugin that offers it. Nothing of it is loaded yet.
 *
 * @param offer what the manifest says about the backend
 * @param plugin the plugin
 * @param profile the user's name for this use of it; empty for the one without a name
 */
public record InstalledBackend(BackendOffer offer, PluginFile plugin, String profile) {
  /** A backend of which there is one use. */
  public InstalledBackend(BackendOffer offer, PluginFile plugin) {
    this(offer, plugin, "");
  }

  /** Another use of the same backend. */
  InstalledBackend withProfile(String name) {
    return new InstalledBackend(offer, plugin, name);
  }

  /** What users type after {@code --backend}: {@code onnx}, or {@code remote:lab}. */
  public String id() {
    return profile.isEmpty() ? offer.id() : offer.id() + ":" + profile;
  }

  /** Whether a user who types that means this one: by its id, or as any use of its backend. */
  public boolean isCalled(String name) {
    return name.equals(id()) || name.equals(offer.id());
  }

  /** The model formats that it opens; empty for a remote backend. */
  public List<String> formats() {
    return offer.formats();
  }
}
