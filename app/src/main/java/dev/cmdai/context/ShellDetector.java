package dev.cmdai.context;

import dev.cmdai.shell.Shell;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shell that the user works in: the nearest interactive shell among the ancestors of this
 * process where {@code /proc} shows them, else what the variables say.
 */
final class ShellDetector {
  /** A launcher script, make and the like may stand between this process and the shell. */
  private static final int ANCESTORS = 5;

  private final Machine machine;

  ShellDetector(Machine machine) {
    this.machine = machine;
  }

  Shell shell() {
    OperatingSystem system = machine.operatingSystem();
    if (system == OperatingSystem.WINDOWS) {
      return windowsShell();
    }
    Shell ancestor = system == OperatingSystem.LINUX ? ancestorShell() : null;
    if (ancestor != null) {
      return ancestor;
    }
    Shell login = named(machine.variable("SHELL"));
    if (login != null) {
      return login;
    }
    return system == OperatingSystem.MACOS ? Shell.ZSH : Shell.SH;
  }

  /**
   * A plain sh among the ancestors is most often a script or a system() call, so it says nothing
   * about the user.
   */
  private @Nullable Shell ancestorShell() {
    ProcessStat process = ProcessStat.read(machine.root(), "self");
    for (int i = 0; i < ANCESTORS && process != null && process.parent() > 1; i++) {
      process = ProcessStat.read(machine.root(), Integer.toString(process.parent()));
      Shell shell = process == null ? null : named(process.name());
      if (shell != null && shell != Shell.SH) {
        return shell;
      }
    }
    return null;
  }

  /**
   * Windows sets PSModulePath for everybody; PowerShell adds the user's own module folder to it.
   * Only cmd sets PROMPT. Git Bash and its relatives set MSYSTEM and SHELL.
   */
  private Shell windowsShell() {
    Shell unix = machine.variable("MSYSTEM").isEmpty() ? null : named(machine.variable("SHELL"));
    if (unix != null) {
      return unix;
    }
    String modules = machine.variable("PSModulePath");
    String home = machine.variable("USERPROFILE");
    if (!home.isEmpty() && modules.regionMatches(true, 0, home, 0, home.length())) {
      return Shell.POWERSHELL;
    }
    boolean isPrompt = !machine.variable("PROMPT").isEmpty();
    return isPrompt || (modules.isEmpty() && !machine.variable("ComSpec").isEmpty())
        ? Shell.CMD
        : Shell.POWERSHELL;
  }

  /** The shell with that executable, which may be a path, a login name or carry a version. */
  static @Nullable Shell named(String executable) {
    int slash = Math.max(executable.lastIndexOf('/'), executable.lastIndexOf('\\'));
    String name = executable.substring(slash + 1);
    if (name.startsWith("-")) {
      name = name.substring(1);
    }
    if (name.endsWith(".exe")) {
      name = name.substring(0, name.length() - ".exe".length());
    }
    return switch (name) {
      case "bash", "rbash" -> Shell.BASH;
      case "zsh" -> Shell.ZSH;
      case "fish" -> Shell.FISH;
      case "sh", "dash", "ash", "ksh", "ksh93", "mksh", "oksh", "yash", "busybox" -> Shell.SH;
      case "pwsh", "powershell" -> Shell.POWERSHELL;
      case "cmd" -> Shell.CMD;
      default -> null;
    };
  }
}
