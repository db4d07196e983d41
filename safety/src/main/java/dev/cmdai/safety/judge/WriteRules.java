package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges what is written to: disks, system files, and files that are emptied. */
final class WriteRules {
  private WriteRules() {}

  static void judge(Call call, Findings findings) {
    switch (call.name()) {
      case "dd", "dcfldd", "dc3dd" -> {
        for (Word word : call.arguments()) {
          if (word.text().startsWith("of=")) {
            copyOver(pathAfter(word, "of="), call, findings);
          }
        }
      }
      case "ddrescue" -> {
        List<Word> operands = new Arguments(call.arguments(), "").operands();
        if (operands.size() > 1) {
          copyOver(operands.get(1), call, findings);
        }
      }
      case "tee", "sponge" -> {
        Arguments arguments = new Arguments(call.arguments(), "");
        boolean isAppend = arguments.has('a') || arguments.has("--append");
        for (Word operand : arguments.operands()) {
          write(operand, call, !isAppend, findings);
        }
      }
      case "cp", "install", "ln", "cpio" -> copy(call, findings);
      case "sed", "perl", "gsed" -> {
        if (new Arguments(call.arguments(), "ef").has('i')) {
          edit(call, findings);
        }
      }
      case "tar", "bsdtar", "unzip" -> unpack(call, findings);
      case "fallocate", "patch", "vipw" -> edit(call, findings);
      case "curl", "wget", "aria2c" -> download(call, findings);
      default -> {}
    }
  }

  /** Files that are changed in place. */
  private static void edit(Call call, Findings findings) {
    for (Word operand : new Arguments(call.arguments(), "el").operands()) {
      Target target = call.target(operand);
      if (Target.isAbsolute(operand.text()) || !call.where().folder().isEmpty()) {
        if (target.place() == Place.VITAL_FILE
            || target.place() == Place.INSIDE_SYSTEM
            || target.place() == Place.DEVICE) {
          write(operand, call, true, findings);
        } else if (target.place() == Place.SETTINGS) {
          write(operand, call, false, findings);
        }
      }
    }
  }

  /** {@code tar -x -C /} and {@code unzip -d /} write over what is there. */
  private static void unpack(Call call, Findings findings) {
    List<String> texts = call.texts();
    String first = call.firstArgument();
    boolean isPacking =
        !call.name().equals("unzip") && first.indexOf('c') >= 0 && first.length() < 8;
    if (isPacking && first.endsWith("f") && texts.size() > 1) {
      write(call.arguments().get(1), call, true, findings);
    }
    boolean isExtracting =
        call.name().equals("unzip")
            || call.has("--extract")
            || call.has("-x")
            || (first.indexOf('x') >= 0 && !first.startsWith("--") && !first.contains("."));
    for (int i = 0; i + 1 < texts.size() && isExtracting; i++) {
      if (texts.get(i).equals("-C")
          || texts.get(i).equals("-d")
          || texts.get(i).equals("--directory")) {
        Target target = call.target(call.arguments().get(i + 1));
        if (target.place() == Place.ROOT
            || target.place() == Place.SYSTEM
            || target.place() == Place.INSIDE_SYSTEM) {
          findings.add(
              Rule.OVERWRITE_SYSTEM_FILE,
              "unpacks files into " + shown(target.path()) + ", part of the system",
              target.path(),
              target.place());
        }
      }
    }
  }

  /** {@code curl -o FILE}. */
  private static void download(Call call, Findings findings) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String text = arguments.get(i).text();
      if (text.equals("-o") || text.equals("-O") || text.equals("--output")) {
        write(arguments.get(i + 1), call, true, findings);
      }
    }
  }

  /** A variable alone may well be a disk: that is what these copiers are for. */
  private static void copyOver(Word target, Call call, Findings findings) {
    write(target, call, true, findings);
    if (target.hasUnknown() && target.text().startsWith("$") && target.text().indexOf('/') < 0) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "writes over "
              + shown(target.text())
              + ": which file or disk that is shows only when it runs");
    }
  }

  private static void copy(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "tSmog");
    List<Word> operands = arguments.operands();
    if (operands.size() < 2) {
      return;
    }
    Word last = operands.getLast();
    if (operands.getFirst().text().equals("/dev/null") && !call.name().equals("install")) {
      overwrite(last, call, findings);
    } else {
      into(last, call, findings);
    }
  }

  /** Judges a file, or a folder with a new file in it, as the target of a copy or a move. */
  static void into(Word word, Call call, Findings findings) {
    Target target = call.target(word);
    String path = target.path();
    switch (target.place()) {
      case DEVICE, VITAL_FILE -> write(word, call, true, findings);
      case INSIDE_SYSTEM -> {
        boolean isOpen =
            path.startsWith("/dev/") || path.startsWith("/proc/") || path.startsWith("/sys/");
        boolean isProgram =
            path.startsWith("/bin/")
                || path.startsWith("/sbin/")
                || path.startsWith("/usr/bin/")
                || path.startsWith("/usr/sbin/")
                || path.startsWith("/lib");
        findings.add(
            isOpen || isProgram ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
            "puts a file in the place of " + shown(path) + ", part of the system",
            path,
            target.place());
      }
      case SETTINGS -> {
        if (path.endsWith("authorized_keys")) {
          write(word, call, true, findings);
        }
      }
      default -> {}
    }
  }

  /** Judges a redirection; one without any command does nothing but empty the file. */
  static void redirect(Redirect redirect, Call call, boolean isAlone, Findings findings) {
    if (!redirect.isWrite()) {
      return;
    }
    write(redirect.target(), call, redirect.isOverwrite(), findings);
    if (isAlone && redirect.isOverwrite() && !redirect.target().text().startsWith("/dev/")) {
      findings.add(
          Rule.OVERWRITE_FILE,
          "empties " + shown(redirect.target().text()),
          redirect.target().text(),
          Place.ELSEWHERE);
    }
  }

  static void write(Word word, Call call, boolean isOverwrite, Findings findings) {
    Target target = call.target(word);
    Place place = target.place();
    String path = target.path();
    String name = shown(path);
    switch (place) {
      case DEVICE ->
          findings.add(
              Rule.DISK_RAW_WRITE,
              "writes over " + name + ", a disk, not a file on it",
              path,
              place);
      case VITAL_FILE ->
          findings.add(
              isOverwrite || path.startsWith("/proc/")
                  ? Rule.OVERWRITE_VITAL
                  : Rule.OVERWRITE_SYSTEM_FILE,
              (isOverwrite ? "overwrites " : "adds to ") + name + ", " + place.description(),
              path,
              place);
      case INSIDE_SYSTEM -> {
        boolean isJob =
            path.startsWith("/etc/cron")
                || path.startsWith("/etc/systemd")
                || path.startsWith("/etc/profile")
                || path.startsWith("/etc/sudoers.d");
        findings.add(
            isOverwrite || isJob ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
            (isOverwrite ? "overwrites " : "adds to ") + name + ", part of the system",
            path,
            place);
      }
      case SETTINGS -> {
        boolean isAccess =
            path.contains(".ssh/")
                && !path.endsWith("known_hosts")
                && !path.endsWith(".ssh/config");
        findings.add(
            isOverwrite || isAccess ? Rule.OVERWRITE_SETTINGS : Rule.SYSTEM_CHANGE,
            (isOverwrite ? "overwrites " : "adds to ") + name + ", " + place.description(),
            path,
            place);
      }
      default -> {}
    }
  }

  /** Judges the loss of what is in a file that itself stays. */
  static void overwrite(Word word, Call call, Findings findings) {
    Target target = call.target(word);
    if (!target.place().isSystem() && target.place() != Place.SETTINGS) {
      findings.add(
          Rule.OVERWRITE_FILE,
          "empties or shortens " + shown(target.path()),
          target.path(),
          target.place());
    } else {
      write(word, call, true, findings);
    }
  }

  private static Word pathAfter(Word word, String prefix) {
    String path = word.text().substring(prefix.length());
    return word.withText(path);
  }
}
