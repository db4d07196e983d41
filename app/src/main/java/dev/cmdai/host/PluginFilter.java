package dev.cmdai.host;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which plugins the user lets in for this run: the way out when a plugin makes trouble.
 *
 * <p>{@code off} leaves only what came with the program; a comma-separated list of ids leaves only
 * those.
 */
public final class PluginFilter {
  /** Lets every plugin in. */
  public static final PluginFilter ALL = new PluginFilter(false, null);

  private final boolean isOff;
  private final @Nullable Set<String> ids;

  private PluginFilter(boolean isOff, @Nullable Set<String> ids) {
    this.isOff = isOff;
    this.ids = ids;
  }

  /**
   * Reads the value of {@code CMDAI_PLUGINS}.
   *
   * @param value {@code off}, ids separated by commas, or nothing
   * @return {@link #ALL} for null or blank
   */
  public static PluginFilter parse(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return ALL;
    }
    if (value.strip().equalsIgnoreCase("off")) {
      return new PluginFilter(true, null);
    }
    return new PluginFilter(
        false,
        Arrays.stream(value.split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a folder of that origin is looked at. */
  boolean reads(PluginOrigin origin) {
    return !isOff || origin == PluginOrigin.BUNDLED;
  }

  /** Whether the plugin may be used; a jar that does not tell its id is not on any list. */
  boolean admits(@Nullable String pluginId) {
    return ids == null || (pluginId != null && ids.contains(pluginId));
  }
}
