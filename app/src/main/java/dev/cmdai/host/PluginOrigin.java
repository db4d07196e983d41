package dev.cmdai.host;

/** Who put a plugin where it lies. In order of precedence: what the user installed comes first. */
public enum PluginOrigin {
  /** The user, into the plugin folder of the home. */
  USER,
  /** It came with the program. */
  BUNDLED
}
