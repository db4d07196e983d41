package dev.cmdai.folders;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folders of one run.
 *
 * @param home configuration and the user's plugins
 * @param cache what can be fetched or made again: models, native libraries, prompt prefixes
 * @param install what ships with the program
 */
public record Folders(Path home, Path cache, Path install) {

  /**
   * The folders for a user: everything under {@code CMDAI_HOME} when that is set, otherwise {@code
   * ~/.cmdai} and the platform's cache folder.
   *
   * @param environment the environment variables
   * @param userHome the user's home folder as the system knows it; {@code HOME} goes before it
   * @param install what ships with the program
   */
  public static Folders of(Map<String, String> environment, Path userHome, Path install) {
    String home = environment.get("CMDAI_HOME");
    if (isSet(home)) {
      Path folder = Path.of(home).toAbsolutePath();
      return new Folders(folder, folder.resolve("cache"), install);
    }
    Path user = userHome(environment, userHome);
    return new Folders(user.resolve(".cmdai"), cacheFolder(environment, user), install);
  }

  /** The user's own folder: {@code HOME}, or else as the system knows it. */
  public static Path userHome(Map<String, String> environment, Path userHome) {
    String variable = environment.get("HOME");
    return isSet(variable) && Path.of(variable).isAbsolute() ? Path.of(variable) : userHome;
  }

  private static Path cacheFolder(Map<String, String> environment, Path userHome) {
    String xdg = environment.get("XDG_CACHE_HOME");
    // The XDG specification: a relative path is to be ignored.
    if (isSet(xdg) && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, "cmdai");
    }
    String local = environment.get("LOCALAPPDATA");
    if (isSet(local)) {
      return Path.of(local, "cmdai", "cache");
    }
    return userHome.resolve(".cache").resolve("cmdai");
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /** What the user has settled for every run. */
  public Path config() {
    return home.resolve("config.toml");
  }

  /** Plugins that the user dropped in. */
  public Path userPlugins() {
    return home.resolve("plugins");
  }

  /** Plugins that ship with the program. */
  public Path bundledPlugins() {
    return install.resolve("plugins");
  }

  /** Models that the user fetched or put there. */
  public Path userModels() {
    return cache.resolve("models");
  }

  /** Models that ship with the program. */
  public Path bundledModels() {
    return install.resolve("models");
  }
}
