package dev.cmdai.kit.machine;

import java.util.Locale;

/** Names the operating system and processor of this JVM as the plugin's manifest does. */
public final class Platform {
  private Platform() {}

  /**
   * This JVM's platform.
   *
   * @return such as {@code linux-x64}; an unknown system or processor keeps the JDK's name for it
   */
  public static String current() {
    return name(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String name(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("linux")
            ? "linux"
            : os.startsWith("mac") ? "mac" : os.startsWith("windows") ? "win" : os;
    String processor =
        switch (osArch) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> osArch;
        };
    return system + "-" + processor;
  }
}
