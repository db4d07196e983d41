package dev.cmdai.context;

import dev.cmdai.shell.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a command is written for from files and variables of one machine; what the user
 * asked for comes first.
 */
public final class ContextDetector {
  private final Machine machine;

  /** Looks at the given machine. */
  public ContextDetector(Machine machine) {
    this.machine = machine;
  }

  /**
   * The context of a command. The Windows command prompt brings Windows with it where no operating
   * system was asked for.
   *
   * @param operatingSystem what the user asked for; null for this machine's own
   * @param shell what the user asked for; null for the one that the user works in
   */
  public Context detect(@Nullable OperatingSystem operatingSystem, @Nullable Shell shell) {
    OperatingSystem here = machine.operatingSystem();
    OperatingSystem target = operatingSystem;
    if (target == null) {
      target = shell == Shell.CMD ? OperatingSystem.WINDOWS : here;
    }
    if (target != here) {
      return Context.elsewhere(target, shell != null ? shell : defaultShell(target));
    }
    return new Context(
        here,
        shell != null ? shell : new ShellDetector(machine).shell(),
        here == OperatingSystem.LINUX ? Distribution.name(machine.root()) : "",
        machine.workingDirectory(),
        InstalledTools.in(pathFolders(here), here == OperatingSystem.WINDOWS));
  }

  /** The shell that a new account on that system gets. */
  static Shell defaultShell(OperatingSystem operatingSystem) {
    return switch (operatingSystem) {
      case LINUX -> Shell.BASH;
      case MACOS -> Shell.ZSH;
      case WINDOWS -> Shell.POWERSHELL;
    };
  }

  private List<Path> pathFolders(OperatingSystem here) {
    String path = machine.variable("PATH");
    if (path.isEmpty()) {
      path = machine.variable("Path");
    }
    List<Path> folders = new ArrayList<>();
    char separator = here == OperatingSystem.WINDOWS ? ';' : ':';
    int start = 0;
    while (start <= path.length()) {
      int end = path.indexOf(separator, start);
      if (end < 0) {
        end = path.length();
      }
      String folder = path.substring(start, end);
      if (!folder.isEmpty() && !(here == OperatingSystem.LINUX && isWindowsDrive(folder))) {
        folders.add(Path.of(folder));
      }
      start = end + 1;
    }
    return folders;
  }

  /**
   * Under WSL the Windows folders of PATH are slow to list, and hold nothing a Linux shell wants.
   */
  private static boolean isWindowsDrive(String folder) {
    return folder.startsWith("/mnt/")
        && folder.length() > 5
        && (folder.length() == 6 || folder.charAt(6) == '/');
  }
}
