package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.rules.Rule;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What PowerShell and cmd have in common: a current folder, losses, and programs of all systems.
 */
final class WindowsShell {
  private static final int MOST_FILES = 64;

  private final Findings findings;
  private final PosixJudge programs;
  private final Set<String> downloads = new HashSet<>();
  private String folder;

  WindowsShell(Findings findings) {
    this.findings = findings;
    folder = findings.here().folder();
    programs = new PosixJudge(Shell.BASH, findings);
  }

  WindowsTarget target(String path) {
    return WindowsTarget.of(path, folder, findings.here());
  }

  void changeFolder(String path) {
    boolean isRelative = !WindowsTarget.isAbsolute(path) && !folder.isEmpty();
    folder = isRelative ? folder + "\\" + path : path;
    if (folder.length() > 4096) {
      folder = "";
    }
  }

  void delete(String path, boolean isRecursive) {
    WindowsTarget target = target(path);
    DeleteRules.loss(target.path(), target.place(), target.isContents(), isRecursive, "", findings);
  }

  void move(String path) {
    WindowsTarget target = target(path);
    if (target.place().isVital()) {
      findings.add(
          Rule.MOVE_SYSTEM, "moves " + shown(target.path()) + " away", path, target.place());
    } else if (target.place().isSystem()) {
      findings.add(
          Rule.DELETE_SYSTEM_FILE, "moves " + shown(target.path()) + " away", path, target.place());
    }
  }

  void write(String path, boolean isOverwrite) {
    WindowsTarget target = target(path);
    Place place = target.place();
    if (place == Place.DEVICE) {
      findings.add(Rule.DISK_RAW_WRITE, "writes over " + shown(path) + ", a disk", path, place);
    } else if (place == Place.VITAL_FILE) {
      findings.add(Rule.OVERWRITE_VITAL, "overwrites " + shown(path), path, place);
    } else if (place == Place.INSIDE_SYSTEM) {
      findings.add(
          isOverwrite ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
          (isOverwrite ? "overwrites " : "adds to ") + shown(path),
          path,
          place);
    }
  }

  /** Judges a program that is started the same way everywhere. */
  void program(String name, List<String> arguments, Feed feed) {
    run(name);
    List<String> words = new ArrayList<>(arguments);
    words.addFirst(name);
    findings.running(words);
    if (WindowsRules.isDownload(name)) {
      download(arguments);
    }
    WindowsRules.program(name, arguments, this, findings);
    programs.judgeWords(words, feed);
  }

  /** Code for a shell of Linux. */
  void posix(String code) {
    programs.judgeScript(code);
  }

  /** What {@code wsl} runs: what comes behind its options. */
  static String linuxCode(List<String> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      boolean isValued =
          switch (arguments.get(i)) {
            case "-d", "--distribution", "-u", "--user" -> true;
            default -> false;
          };
      i += isValued ? 2 : 1;
    }
    return String.join(" ", arguments.subList(Math.min(i, arguments.size()), arguments.size()));
  }

  /** Remembers what a program may have written: what it was told to, and what it fetched. */
  private void download(List<String> arguments) {
    for (String argument : arguments) {
      String name = fileName(argument);
      boolean isFile = argument.lastIndexOf('.') > argument.lastIndexOf('/');
      if (downloads.size() < MOST_FILES && isFile) {
        downloads.add(name);
      }
    }
  }

  /** Says so when a program, or a script, is one that was downloaded. */
  void run(String program) {
    if (downloads.contains(fileName(program))) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs " + shown(program) + ", which it downloads before anybody has looked at it");
    }
  }

  private static String fileName(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1);
    return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
  }
}
