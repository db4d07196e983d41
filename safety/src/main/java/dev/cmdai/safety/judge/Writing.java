package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;

/** Judges that something is written, by the file, folder or disk that it is written to. */
final class Writing {
  private Writing() {}

  /** A folder of the system that gets files, which take the place of those of the same name. */
  static void intoSystem(Word word, Call call, boolean isMany, Findings findings) {
    Target target = call.target(word);
    String path = target.path();
    boolean isCore =
        target.place() == Place.ROOT
            || path.startsWith("/etc")
            || path.startsWith("/boot")
            || path.startsWith("/bin")
            || path.startsWith("/sbin")
            || path.startsWith("/lib")
            || path.startsWith("/usr/bin")
            || path.startsWith("/usr/sbin")
            || path.startsWith("/usr/lib");
    if (isCore && (target.place() == Place.ROOT || target.place() == Place.SYSTEM)) {
      findings.add(
          isMany ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
          "puts files into " + shown(path) + ", part of the system",
          path,
          target.place());
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
            isOpen || isProgram || isTrusted(path)
                ? Rule.OVERWRITE_SYSTEM_FILE
                : Rule.APPEND_SYSTEM_FILE,
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
        if (isSwitch(path)) {
          findings.add(Rule.SYSTEM_CHANGE, "sets " + name + ", a setting of the kernel");
          return;
        }
        findings.add(
            isOverwrite || isPowerful(path) ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
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

  /** Most files below /sys and of the network hold a setting that is back after the next start. */
  private static boolean isSwitch(String path) {
    boolean isSetting =
        path.startsWith("/sys/")
            || path.startsWith("/proc/sys/vm/")
            || path.startsWith("/proc/sys/net/");
    return isSetting
        && !path.startsWith("/sys/firmware")
        && !path.startsWith("/sys/power")
        && !path.startsWith("/sys/kernel/security")
        && !path.endsWith("/delete")
        && !path.endsWith("/remove");
  }

  /** Whether a file there decides what runs by itself, or who may do what. */
  private static boolean isPowerful(String path) {
    return path.startsWith("/etc/cron")
        || path.startsWith("/etc/systemd")
        || path.startsWith("/etc/profile")
        || isTrusted(path);
  }

  /** Whether a file there decides who may log in, and with which rights. */
  private static boolean isTrusted(String path) {
    return path.startsWith("/etc/pam.d/") || path.startsWith("/etc/sudoers.d");
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
}
