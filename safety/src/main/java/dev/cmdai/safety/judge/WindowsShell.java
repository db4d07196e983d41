package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.rules.Rule;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PowerShell and cmd have in common: a current folder, losses, and programs of all systems.
 */
final class WindowsShell {
  private static final int MOST_FILES = 64;

  private final Findings findings;
  private final PosixJudge programs;
  private final Set<String> downloads = new HashSet<>();
  private final WrittenFiles files = new WrittenFiles();
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

  /**
   * Judges the loss of what has passed a filter.
   *
   * @param written the folder, and behind it a pattern for names
   */
  void deleteSome(String written, boolean isRecursive, boolean isTree) {
    String pattern = written.startsWith(".\\") ? written.substring(2) : written;
    int end = Math.max(pattern.lastIndexOf('\\'), pattern.lastIndexOf('/'));
    String folderOfAll = end < 0 ? "." : pattern.substring(0, Math.max(end, 1));
    String name = pattern.substring(end + 1);
    Place place = target(end == 2 ? pattern.substring(0, 3) : folderOfAll).place();
    String where = end < 0 ? "this folder" : shown(pattern.substring(0, end + 1));
    String what =
        (name.equals("*") ? "files that it picks" : shown(name))
            + (isTree ? " in and below " : " in ")
            + where;
    if (place.isSystem()) {
      findings.add(
          Rule.DELETE_SYSTEM_FILE,
          "deletes " + what + ", " + DeleteRules.described(pattern, place),
          pattern,
          place);
    } else if (isRecursive && !place.isOrdinary() && end >= 0) {
      findings.add(
          Rule.DELETE_RECURSIVE, "deletes " + what + ", folders with all in them", pattern, place);
    } else {
      findings.add(Rule.DELETE_FILE, "deletes " + what, pattern, place);
    }
  }

  void move(String path) {
    WindowsTarget target = target(path);
    Place place = target.place();
    String message = "moves " + shown(path) + " away, " + place.description();
    if (place == Place.VITAL_FILE) {
      findings.add(Rule.OVERWRITE_VITAL, message, path, place);
    } else if (place.isVital() && !(place == Place.HOME && target.isContents())) {
      findings.add(Rule.MOVE_SYSTEM, message, path, place);
    } else if (place.isSystem()) {
      findings.add(Rule.DELETE_SYSTEM_FILE, message, path, place);
    }
  }

  /** Judges a file, or a folder with a new file in it, as the target of a copy or a move. */
  void put(String path) {
    Place place = target(path).place();
    if (place == Place.INSIDE_SYSTEM) {
      boolean isFile = path.indexOf('.', path.length() - Math.min(path.length(), 5)) >= 0;
      findings.add(
          isFile ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
          "puts a file in the place of " + shown(path) + ", part of the system",
          path,
          place);
    } else {
      write(path, true);
    }
  }

  void write(String path, boolean isOverwrite) {
    WindowsTarget target = target(path);
    Place place = target.place();
    String verb = isOverwrite ? "overwrites " : "adds to ";
    if (place == Place.DEVICE) {
      findings.add(
          Rule.DISK_RAW_WRITE,
          "writes over " + shown(path) + ", a disk, not a file on it",
          path,
          place);
    } else if (place == Place.VITAL_FILE) {
      findings.add(
          isOverwrite ? Rule.OVERWRITE_VITAL : Rule.OVERWRITE_SYSTEM_FILE,
          verb + shown(path) + ", " + place.description(),
          path,
          place);
    } else if (place == Place.INSIDE_SYSTEM) {
      findings.add(
          isOverwrite ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
          verb + shown(path) + ", part of the system",
          path,
          place);
    } else if (place == Place.SETTINGS) {
      findings.add(
          Rule.OVERWRITE_SETTINGS, verb + shown(path) + ", " + place.description(), path, place);
    }
  }

  /** Remembers what the code writes into a file; null where nobody can tell. */
  void written(String path, @Nullable String content, boolean isAppend) {
    files.write(fileName(path), content == null ? null : content + "\n", isAppend);
  }

  /** A copy is what the first file is. */
  void copied(String from, String to) {
    files.copy(fileName(from), fileName(to));
    if (isDownloaded(from)) {
      downloaded(to);
    }
  }

  /** What the code wrote into a file; null where nobody can tell. */
  @Nullable String content(String path) {
    return files.content(fileName(path));
  }

  void downloaded(String path) {
    if (downloads.size() < MOST_FILES) {
      downloads.add(fileName(path));
    }
  }

  boolean isDownloaded(String path) {
    return downloads.contains(fileName(path));
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
    WindowsRules.program(name, arguments, feed, this, findings);
    programs.judgeWords(words, feed);
  }

  /** Judges what {@code wsl} runs: what comes behind its options. */
  void linux(List<String> arguments, Feed feed) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      boolean isValued =
          switch (arguments.get(i)) {
            case "-d", "--distribution", "-u", "--user", "--cd" -> true;
            default -> false;
          };
      i += isValued ? 2 : 1;
    }
    List<String> words = arguments.subList(Math.min(i, arguments.size()), arguments.size());
    boolean isCode = words.size() == 1 || words.stream().noneMatch(word -> word.indexOf(' ') >= 0);
    if (isCode && !feed.isPiped()) {
      programs.judgeScript(String.join(" ", words));
    } else {
      programs.judgeWords(words, feed);
    }
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
    if (isDownloaded(program)) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs " + shown(program) + ", which it downloads, before anybody has looked at it");
    }
  }

  private static String fileName(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1);
    return name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
  }
}
