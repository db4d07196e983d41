package dev.cmdai.execute;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.shell.Shell;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program of a shell on this machine.
 *
 * @param shell whose program it is
 * @param path where it lies
 */
record ShellProgram(Shell shell, Path path) {

  /**
   * Looks for a shell's program.
   *
   * @param searchPath the variable {@code PATH}
   * @return empty when this machine has none
   */
  static Optional<ShellProgram> find(
      Shell shell, OperatingSystem system, @Nullable String searchPath) {
    if (searchPath == null) {
      return Optional.empty();
    }
    for (String name : names(shell, system)) {
      for (String folder : searchPath.split(File.pathSeparator, -1)) {
        // An empty entry means the current folder: whatever lies there is not the user's shell.
        Path path = folder.isEmpty() ? null : file(folder, name);
        if (path != null && path.isAbsolute() && isProgram(path)) {
          return Optional.of(new ShellProgram(shell, path));
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Path file(String folder, String name) {
    try {
      return Path.of(folder, name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static List<String> names(Shell shell, OperatingSystem system) {
    boolean isWindows = system == OperatingSystem.WINDOWS;
    return switch (shell) {
      case POWERSHELL -> isWindows ? List.of("pwsh.exe", "powershell.exe") : List.of("pwsh");
      case CMD -> List.of("cmd.exe");
      case BASH, ZSH, FISH, SH -> List.of(isWindows ? shell.id() + ".exe" : shell.id());
    };
  }

  /** What starts this shell with a command, as a list of arguments. */
  List<String> running(String command) {
    String program = path.toString();
    return switch (shell) {
      case BASH, ZSH, FISH, SH -> List.of(program, "-c", command);
      case POWERSHELL -> List.of(program, "-NoLogo", "-NoProfile", "-Command", command);
      // With /s, cmd takes off the outer quotes and nothing else; /d leaves out AutoRun.
      case CMD -> List.of(program, "/d", "/s", "/c", '"' + command + '"');
    };
  }
}
