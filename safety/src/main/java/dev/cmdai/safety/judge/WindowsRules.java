package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;

/** Judges what PowerShell and cmd have in common: programs of Windows, and the loss of targets. */
final class WindowsRules {
  private WindowsRules() {}

  /** Judges the loss of one target. */
  static void delete(WindowsTarget target, boolean isRecursive, Findings findings) {
    String name = shown(target.path());
    Place place = target.place();
    if (isRecursive && place.isVital()) {
      findings.add(
          Rule.DELETE_SYSTEM, "deletes " + name + " and everything in it, " + description(place));
    } else if (place.isVital() && target.isContents()) {
      findings.add(Rule.DELETE_MANY, "deletes all files in " + name + ", " + description(place));
    } else if (isRecursive) {
      findings.add(Rule.DELETE_RECURSIVE, "deletes " + name + " and everything in it");
    } else if (place != Place.ELSEWHERE) {
      findings.add(Rule.DELETE_SYSTEM_FILE, "deletes " + name + ", " + description(place));
    } else {
      findings.add(Rule.DELETE_FILE, "deletes " + name);
    }
  }

  private static String description(Place place) {
    return place == Place.ROOT ? "a whole drive" : place.description();
  }

  /** Judges a program that both shells start the same way. */
  static void program(String name, List<String> arguments, String folder, Findings findings) {
    switch (name) {
      case "format", "format.com" -> {
        if (hasDrive(arguments)) {
          findings.add(Rule.DISK_FORMAT, "formats a drive: " + shown(String.join(" ", arguments)));
        }
      }
      case "diskpart" -> findings.add(Rule.DISK_PARTITION, "changes disks and partitions");
      case "shutdown" -> {
        if (!has(arguments, "/a") && !has(arguments, "-a") && !has(arguments, "/?")) {
          findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        }
      }
      case "vssadmin", "wbadmin" -> {
        if (has(arguments, "delete")) {
          findings.add(Rule.SYSTEM_SETTINGS, "deletes backups of the system");
        }
      }
      case "bcdedit", "bootrec" -> {
        if (!arguments.isEmpty() && !has(arguments, "/enum")) {
          findings.add(Rule.SYSTEM_SETTINGS, "changes how the machine starts");
        }
      }
      case "reg" -> {
        if (has(arguments, "delete")) {
          findings.add(Rule.SYSTEM_SETTINGS, "deletes settings from the registry");
        }
      }
      case "cipher" -> findings.add(Rule.DELETE_FILE, "overwrites the free space of a drive");
      case "takeown", "icacls", "cacls" -> permissions(arguments, folder, findings);
      case "robocopy" -> {
        if ((has(arguments, "/mir") || has(arguments, "/purge")) && arguments.size() > 1) {
          delete(WindowsTarget.of(arguments.get(1), folder), true, findings);
        }
      }
      default -> {}
    }
  }

  private static void permissions(List<String> arguments, String folder, Findings findings) {
    if (!has(arguments, "/t") && !has(arguments, "/r")) {
      return;
    }
    for (String argument : arguments) {
      WindowsTarget target = WindowsTarget.of(argument, folder);
      boolean isSystem = target.place() == Place.ROOT || target.place() == Place.SYSTEM;
      if (isSystem && argument.indexOf(':') == 1) {
        findings.add(
            Rule.PERMISSIONS_SYSTEM,
            "changes the permissions of " + shown(argument) + " and everything in it");
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
          "certutil" ->
          true;
      default -> false;
    };
  }
}
