package dev.cmdai.context;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where facts about this machine are read from, so that a test can describe another one.
 *
 * @param osName the system property {@code os.name}
 * @param environment the environment variables
 * @param workingDirectory the folder that the program was started in
 * @param root the folder that stands for {@code /} when {@code /etc} and {@code /proc} are read
 */
public record Machine(
    String osName, Map<String, String> environment, Path workingDirectory, Path root) {
  /** The machine that this program runs on. */
  public static Machine current() {
    return new Machine(
        System.getProperty("os.name", ""),
        System.getenv(),
        Path.of(System.getProperty("user.dir", ".")),
        Path.of("/"));
  }

  /** The operating system; one that is neither macOS nor Windows counts as Linux. */
  public OperatingSystem operatingSystem() {
    if (osName.startsWith("Windows")) {
      return OperatingSystem.WINDOWS;
    }
    return osName.startsWith("Mac") ? OperatingSystem.MACOS : OperatingSystem.LINUX;
  }

  /** A variable's value, or nothing. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
