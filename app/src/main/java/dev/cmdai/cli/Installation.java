package dev.cmdai.cli;

import dev.cmdai.folders.Folders;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Finds the folder in which the program is installed, and those of its user. */
final class Installation {
  private Installation() {}

  /** The folders of this run. */
  static Folders folders() {
    return Folders.of(System.getenv(), Path.of(System.getProperty("user.home")), folder());
  }

  /** The user's own folder: what a tilde stands for. */
  static Path userHome() {
    return Folders.userHome(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** As the launcher says, or else the folder above the one that holds this program's jar. */
  static Path folder() {
    String named = System.getProperty("cmdai.install", "");
    if (!named.isEmpty()) {
      return Path.of(named).toAbsolutePath().normalize();
    }
    try {
      // lib/cmdai.jar: two folders up.
      Path jar =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.toAbsolutePath().resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own jar has no path", e);
    }
  }
}
