package dev.cmdai.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What the host offers every plugin: folders, settings and a way to speak. Immutable. */
public final class HostEnvironment {
  private final Path nativeCache;
  private final Path prefixCache;
  private final boolean offline;
  private final String profile;
  private final Map<String, String> settings;
  private final Diagnostics diagnostics;

  private HostEnvironment(Builder builder) {
    nativeCache = builder.nativeCache;
    prefixCache = builder.prefixCache;
    offline = builder.offline;
    profile = builder.profile;
    settings = Map.copyOf(builder.settings);
    diagnostics = builder.diagnostics;
  }

  /**
   * Starts an environment.
   *
   * @param cacheFolder the folder under which {@code native} and {@code prefix} lie; need not exist
   * @return a builder: online, without settings, silent
   */
  public static Builder builder(Path cacheFolder) {
    return new Builder(cacheFolder);
  }

  /**
   * The folder where a plugin keeps unpacked native libraries, each plugin and version in a
   * subfolder of its own. It may not exist yet, and it may not be writable.
   *
   * @return an absolute path
   */
  public Path nativeCache() {
    return nativeCache;
  }

  /**
   * The folder where a plugin keeps the state of prompt prefixes, each plugin in a subfolder of its
   * own. It may not exist yet, and it may not be writable.
   *
   * @return an absolute path
   */
  public Path prefixCache() {
    return prefixCache;
  }

  /**
   * Whether only loopback addresses may be contacted.
   *
   * @return true with {@code --offline}
   */
  public boolean isOffline() {
    return offline;
  }

  /**
   * Which of several uses of a backend this is. Where the user sets a backend up more than once,
   * such as for several servers, the host makes an instance for each, with settings of its own.
   *
   * @return the user's name for it; empty for the one use that has no name
   */
  public String profile() {
    return profile;
  }

  /**
   * The user's settings for this plugin, or for this {@link #profile()} of its backend; keys
   * without the plugin's prefix.
   *
   * @return an immutable map, empty when there are none
   */
  public Map<String, String> settings() {
    return settings;
  }

  /**
   * Where to say what the user should know.
   *
   * @return never silent about warnings unless the user asked for that
   */
  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Builds a {@link HostEnvironment}. Not thread-safe. */
  public static final class Builder {
    private final Path nativeCache;
    private final Path prefixCache;
    private boolean offline;
    private String profile = "";
    private Map<String, String> settings = Map.of();
    private Diagnostics diagnostics = Diagnostics.NONE;

    private Builder(Path cacheFolder) {
      nativeCache = cacheFolder.resolve("native").toAbsolutePath();
      prefixCache = cacheFolder.resolve("prefix").toAbsolutePath();
    }

    /**
     * Allows loopback addresses only.
     *
     * @param value true to stay offline
     * @return this builder
     */
    public Builder offline(boolean value) {
      offline = value;
      return this;
    }

    /**
     * Names the use of the backend.
     *
     * @param value the user's name for it; empty for none
     * @return this builder
     */
    public Builder profile(String value) {
      profile = Objects.requireNonNull(value, "profile");
      return this;
    }

    /**
     * Sets the plugin's settings.
     *
     * @param value keys without the plugin's prefix
     * @return this builder
     */
    public Builder settings(Map<String, String> value) {
      settings = Objects.requireNonNull(value, "settings");
      return this;
    }

    /**
     * Sets where the plugin speaks.
     *
     * @param value receives warnings and details
     * @return this builder
     */
    public Builder diagnostics(Diagnostics value) {
      diagnostics = Objects.requireNonNull(value, "diagnostics");
      return this;
    }

    /**
     * Builds the environment.
     *
     * @return the environment
     */
    public HostEnvironment build() {
      return new HostEnvironment(this);
    }
  }
}
