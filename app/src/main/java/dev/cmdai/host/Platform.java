package dev.cmdai.host;

import java.util.Locale;

/** Names the platform that plugins with native code are built for. */
public final class Platform {
  private Platform() {}

  /**
   * The platform that this program runs on.
   *
   * @return such as {@code linux-x64}, {@code mac-arm64} or {@code win-x64}
   */
  public static String current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static String of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("mac") ? "mac" : os.startsWith("windows") ? "win" : os.replace(' ', '-');
    String processor =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "x64" -> "x64";
          case "aarch64", "arm64" -> "arm64";
          case String other -> other;
        };
    return system + "-" + processor;
  }
}
