package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;

/** Judges what PowerShell and cmd have in common: programs of Windows, and the loss of targets. */
final class WindowsRules {
  private WindowsRules() {}

  /** Judges a program that both shells start the same way. */
  static void program(String name, List<String> arguments, WindowsShell shell, Findings findings) {
    switch (name) {
      case "format", "format.com" -> {
        if (hasDrive(arguments)) {
          findings.add(
              Rule.DISK_FORMAT,
              "formats a drive: " + shown(String.join(" ", arguments)),
              "",
              Place.DEVICE);
        }
      }
      case "shutdown" -> {
        boolean isCalledOff = has(arguments, "/a") || has(arguments, "-a") || has(arguments, "/?");
        if (!isCalledOff && !arguments.isEmpty()) {
          findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        }
      }
      case "cipher" -> {
        if (arguments.stream().anyMatch(a -> a.toLowerCase(Locale.ROOT).startsWith("/w"))) {
          findings.add(Rule.DELETE_FILE, "overwrites the free space of a drive");
        }
      }
      case "takeown", "icacls", "cacls" -> permissions(arguments, shell, findings);
      case "robocopy" -> {
        if ((has(arguments, "/mir") || has(arguments, "/purge")) && arguments.size() > 1) {
          shell.delete(arguments.get(1), true);
        }
      }
      default -> {}
    }
  }

  private static void permissions(List<String> arguments, WindowsShell shell, Findings findings) {
    if (!has(arguments, "/t") && !has(arguments, "/r")) {
      return;
    }
    for (String argument : arguments) {
      WindowsTarget target = shell.target(argument);
      boolean isSystem = target.place() == Place.ROOT || target.place() == Place.SYSTEM;
      if (isSystem && (argument.indexOf(':') == 1 || argument.startsWith("%"))) {
        findings.add(
            Rule.PERMISSIONS_SYSTEM,
            "changes the permissions of " + shown(argument) + " and everything in it",
            argument,
            target.place());
      }
    }
  }

  private static boolean hasDrive(List<String> arguments) {
    for (String argument : arguments) {
      if (argument.length() >= 2 && argument.length() <= 3 && argument.charAt(1) == ':') {
        return true;
      }
    }
    return false;
  }

  static boolean has(List<String> arguments, String wanted) {
    for (String argument : arguments) {
      if (argument.equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** A program's name without its folder and ending, in lower case. */
  static String program(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    name = name.substring(Math.max(name.lastIndexOf('\\'), name.lastIndexOf('/')) + 1);
    return name.endsWith(".exe") ? name.substring(0, name.length() - ".exe".length()) : name;
  }

  /** Whether the program brings in what somebody else wrote. */
  static boolean isDownload(String program) {
    return switch (program) {
      case "iwr",
          "irm",
          "invoke-webrequest",
          "invoke-restmethod",
          "curl",
          "wget",
          "start-bitstransfer",
          "bitsadmin",
          "certutil",
          "aria2c" ->
          true;
      default -> false;
    };
  }
}
