package dev.cmdai.context;

import dev.cmdai.shell.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command is written for: the operating system and shell and, where that is this machine,
 * its distribution, the folder it runs in and the tools it has. Immutable.
 */
public final class Context {
  private final OperatingSystem operatingSystem;
  private final Shell shell;
  private final String distribution;
  private final @Nullable Path workingDirectory;
  private final InstalledTools tools;

  Context(
      OperatingSystem operatingSystem,
      Shell shell,
      String distribution,
      @Nullable Path workingDirectory,
      InstalledTools tools) {
    this.operatingSystem = Objects.requireNonNull(operatingSystem, "operatingSystem");
    this.shell = Objects.requireNonNull(shell, "shell");
    this.distribution = Objects.requireNonNull(distribution, "distribution");
    this.workingDirectory = workingDirectory;
    this.tools = tools;
  }

  /** Another machine than this one: nothing is known about its distribution, folders and tools. */
  public static Context elsewhere(OperatingSystem operatingSystem, Shell shell) {
    return new Context(operatingSystem, shell, "", null, InstalledTools.UNKNOWN);
  }

  /** The operating system that the command runs on. */
  public OperatingSystem operatingSystem() {
    return operatingSystem;
  }

  /** The shell that reads the command. */
  public Shell shell() {
    return shell;
  }

  /** The Linux distribution in its own words, such as {@code Debian GNU/Linux 12}; else empty. */
  public String distribution() {
    return distribution;
  }

  /** The folder that the command runs in; empty when the command is for another machine. */
  public Optional<Path> workingDirectory() {
    return Optional.ofNullable(workingDirectory);
  }

  /**
   * Which of the tools that change what a good command is exist here, sorted; empty when unknown.
   * The first call lists the folders of {@code PATH} (some milliseconds), later ones do not.
   */
  public List<String> tools() {
    return tools.names();
  }
}
