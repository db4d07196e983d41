package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;

/** Judges what PowerShell and cmd have in common: programs of Windows, and the loss of targets. */
final class WindowsRules {
  /** With one of these, a tool for permissions does more than show them. */
  private static final List<String> CHANGES =
      List.of(
          "/grant", "/deny", "/remove", "/reset", "/setowner", "/inheritance", "/g", "/e", "/p");

  private WindowsRules() {}

  /** Judges a program that both shells start the same way. */
  static void program(
      String name, List<String> arguments, Feed feed, WindowsShell shell, Findings findings) {
    switch (name) {
      case "format", "format.com" -> {
        if (!drive(arguments).isEmpty()) {
          findings.add(
              Rule.DISK_FORMAT,
              "formats " + shown(drive(arguments)) + ", everything on it is lost",
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
        for (String argument : arguments) {
          if (argument.toLowerCase(Locale.ROOT).startsWith("/w")) {
            findings.add(
                Rule.DISK_PARTITION,
                "overwrites the free space of "
                    + shown(argument.length() > 3 ? argument.substring(3) : "the drive")
                    + ", so that nothing deleted there can be restored");
          }
        }
      }
      case "diskpart" -> diskpart(arguments, feed, shell, findings);
      case "takeown", "icacls", "cacls" -> permissions(name, arguments, shell, findings);
      case "robocopy" -> {
        if ((has(arguments, "/mir") || has(arguments, "/purge")) && arguments.size() > 1) {
          shell.delete(arguments.get(1), true);
        }
      }
      default -> {}
    }
  }

  /** Its commands come from a file or a pipe; those that only show are harmless. */
  private static void diskpart(
      List<String> arguments, Feed feed, WindowsShell shell, Findings findings) {
    if (has(arguments, "/?")) {
      return;
    }
    String file = "";
    for (int i = 0; i < arguments.size(); i++) {
      file = arguments.get(i).equalsIgnoreCase("/s") ? next(arguments, i) : file;
    }
    String code = file.isEmpty() ? feed.text() : shell.content(file);
    if (code == null) {
      String source = file.isEmpty() ? "" : " as " + shown(file) + " says";
      findings.add(Rule.DISK_PARTITION, "changes disks and partitions" + source);
      return;
    }
    for (String line : code.toLowerCase(Locale.ROOT).split("\\R", 64)) {
      String verb = line.strip().replaceFirst("\\s.*", "");
      switch (verb) {
        case "clean", "format" ->
            findings.add(
                Rule.DISK_FORMAT,
                "erases a disk with everything on it: diskpart " + shown(line.strip()),
                "",
                Place.DEVICE);
        case "", "rem", "list", "detail", "select", "exit", "help", "rescan", "san" -> {}
        default ->
            findings.add(
                Rule.DISK_PARTITION,
                "changes disks or partitions: diskpart " + shown(line.strip()));
      }
    }
  }

  /** {@code icacls PATH /grant …}, {@code takeown /f PATH}. */
  private static void permissions(
      String name, List<String> arguments, WindowsShell shell, Findings findings) {
    boolean isTree = has(arguments, "/t") || has(arguments, "/r");
    boolean isChange = name.equals("takeown") && has(arguments, "/f");
    String path = "";
    for (int i = 0; i < arguments.size(); i++) {
      String lower = arguments.get(i).toLowerCase(Locale.ROOT);
      isChange |= !name.equals("takeown") && CHANGES.stream().anyMatch(lower::startsWith);
      boolean isPath = name.equals("takeown") ? lower.equals("/f") : i == 0;
      path = !isPath ? path : name.equals("takeown") ? next(arguments, i) : arguments.get(i);
    }
    if (!isChange || path.isEmpty()) {
      return;
    }
    WindowsTarget target = shell.target(path);
    Place place = target.place();
    String what = "changes who may use " + shown(path) + (isTree ? " and everything in it" : "");
    boolean isVital = place == Place.ROOT || place == Place.SYSTEM;
    if (isVital && isTree) {
      findings.add(Rule.PERMISSIONS_SYSTEM, what + ", " + place.description(), path, place);
    } else if (place.isSystem()) {
      findings.add(Rule.PERMISSIONS_WIDE, what + ", " + place.description());
    } else if (isTree) {
      findings.add(Rule.PERMISSIONS_RECURSIVE, what);
    } else if (arguments.stream()
        .anyMatch(a -> a.toLowerCase(Locale.ROOT).startsWith("everyone:"))) {
      findings.add(Rule.PERMISSIONS_OPEN, what);
    }
  }

  private static String next(List<String> arguments, int i) {
    return i + 1 < arguments.size() ? arguments.get(i + 1) : "";
  }

  private static String drive(List<String> arguments) {
    for (String argument : arguments) {
      if (argument.length() >= 2 && argument.length() <= 3 && argument.charAt(1) == ':') {
        return argument;
      }
    }
    return "";
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
    if (name.startsWith("%comspec%") || name.startsWith("$env:comspec")) {
      return "cmd";
    }
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
