package dev.cmdai.context;

import java.util.Optional;

/** An operating system that commands are written for. */
public enum OperatingSystem {
  /** Linux with GNU tools, unless told otherwise. */
  LINUX("linux", "Linux"),
  /** macOS with BSD tools. */
  MACOS("macos", "macOS"),
  /** Windows. */
  WINDOWS("windows", "Windows");

  private final String id;
  private final String displayName;

  OperatingSystem(String id, String displayName) {
    this.id = id;
    this.displayName = displayName;
  }

  /** What users type after {@code --os}, and what JSON output says. */
  public String id() {
    return id;
  }

  /** The name in prose. */
  public String displayName() {
    return displayName;
  }

  /** The operating system with that id, if there is one. */
  public static Optional<OperatingSystem> byId(String id) {
    for (OperatingSystem system : values()) {
      if (system.id.equals(id)) {
        return Optional.of(system);
      }
    }
    return Optional.empty();
  }
}
