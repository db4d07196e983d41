package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A path that a POSIX command works on.
 *
 * @param path as written, for messages
 * @param isContents it names what is in the folder, as {@code ~/*} does
 */
record Target(String path, Place place, boolean isContents) {
  /**
   * Folders that are lost as a whole; a glob such as {@code /u*} counts as each that it matches.
   */
  private static final List<String> SYSTEM =
      List.of(
          "bin",
          "boot",
          "dev",
          "etc",
          "lib",
          "lib32",
          "lib64",
          "libx32",
          "media",
          "mnt",
          "nix",
          "opt",
          "proc",
          "run",
          "sbin",
          "snap",
          "srv",
          "sys",
          "usr",
          "var",
          "Applications",
          "Library",
          "Network",
          "System",
          "Volumes",
          "cores",
          "private");

  private static final Set<String> SYSTEM_INSIDE =
      Set.of(
          "usr/bin",
          "usr/sbin",
          "usr/lib",
          "usr/lib32",
          "usr/lib64",
          "usr/libexec",
          "usr/include",
          "usr/share",
          "usr/local",
          "usr/local/bin",
          "usr/local/lib",
          "var/lib",
          "private/etc",
          "private/var",
          "System/Library",
          "System/Volumes",
          "System/Volumes/Data",
          "etc/ssh",
          "boot/efi",
          "lib/modules");

  /** Folders of which every file belongs to the system. */
  private static final Set<String> SYSTEM_ROOTS =
      Set.of("bin", "boot", "dev", "etc", "lib", "lib64", "proc", "sbin", "sys", "System");

  /** So many levels up from any folder that people work in, there is only the root. */
  private static final String ENOUGH_LEVELS_UP = "../../../../../..";

  static Target of(Word word) {
    return of(word, "");
  }

  /** The target in the folder that the command has changed to; empty when unknown. */
  static Target of(Word word, String folder) {
    String written = word.text();
    String path = written;
    if (path.startsWith(ENOUGH_LEVELS_UP)) {
      path = "/" + path;
    }
    boolean isRelative = !path.startsWith("/") && !path.startsWith("~");
    if (isRelative && !folder.isEmpty()) {
      path = folder + "/" + path;
    } else if (isRelative) {
      return new Target(written, Place.ELSEWHERE, false);
    }
    List<String> steps = steps(path);
    boolean isContents = false;
    while (!steps.isEmpty() && isEverything(steps.getLast())) {
      steps.removeLast();
      isContents = true;
    }
    boolean isEmptyName = word.hasUnknown() && steps.size() == 1 && isVariable(steps.getFirst());
    if (isEmptyName && path.startsWith("/")) {
      // A variable that is not set leaves only the slash before it.
      return new Target(written, Place.ROOT, isContents);
    }
    if (steps.size() > 2 && steps.getFirst().equals("proc") && steps.get(2).equals("root")) {
      steps = steps.subList(3, steps.size());
    }
    return new Target(written, place(steps), isContents);
  }

  private static boolean isVariable(String step) {
    return step.length() > 1 && step.charAt(0) == '$' && Character.isLetterOrDigit(step.charAt(1));
  }

  /** The folders of the path from the root, with {@code .} and {@code ..} followed. */
  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    int start = 0;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      String step = path.substring(start, end);
      if (step.equals("..")) {
        boolean isHome = !steps.isEmpty() && steps.removeLast().startsWith("~") && steps.isEmpty();
        if (isHome) {
          steps.add("home");
        }
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
      start = end + 1;
    }
    return steps;
  }

  /**
   * Whether a pattern matches (nearly) all names: {@code *}, {@code .*}, {@code .[!.]*}, {@code
   * ?*}.
   */
  private static boolean isEverything(String step) {
    if (step.startsWith("!(") || step.startsWith("*(")) {
      return true;
    }
    boolean hasStar = false;
    boolean isInClass = false;
    for (int i = 0; i < step.length(); i++) {
      char c = step.charAt(i);
      hasStar |= c == '*';
      if (c == '[') {
        isInClass = true;
      } else if (c == ']') {
        isInClass = false;
      } else if (!isInClass && c != '*' && c != '?' && c != '.') {
        return false;
      }
    }
    return hasStar;
  }

  private static Place place(List<String> steps) {
    if (steps.isEmpty()) {
      return Place.ROOT;
    }
    String first = steps.getFirst();
    if (isHome(steps, first)) {
      return Place.HOME;
    }
    if (first.equals("dev") && steps.size() > 1 && isDisk(steps)) {
      return Place.DEVICE;
    }
    if (steps.size() == 1) {
      return isSystem(first) ? Place.SYSTEM : Place.ELSEWHERE;
    }
    if (steps.size() <= 3 && SYSTEM_INSIDE.contains(String.join("/", steps))) {
      return Place.SYSTEM;
    }
    boolean isShared =
        first.equals("dev") && (steps.get(1).equals("shm") || isStream(steps.get(1)));
    boolean isUserland = first.equals("usr") && !steps.get(1).equals("local");
    return (SYSTEM_ROOTS.contains(first) || isUserland) && !isShared
        ? Place.INSIDE_SYSTEM
        : Place.ELSEWHERE;
  }

  private static boolean isHome(List<String> steps, String first) {
    if (first.startsWith("~")) {
      return steps.size() == 1;
    }
    boolean isHomes = first.equals("home") || first.equals("Users");
    boolean isFound = isHomes && steps.size() == 2 && steps.get(1).equals("{}");
    return (isHomes && steps.size() <= 2 && !isFound)
        || (first.equals("root") && steps.size() == 1);
  }

  private static boolean isSystem(String name) {
    if (name.indexOf('*') < 0 && name.indexOf('?') < 0 && name.indexOf('[') < 0) {
      return SYSTEM.contains(name);
    }
    for (String system : SYSTEM) {
      if (Glob.matches(name, system)) {
        return true;
      }
    }
    return Glob.matches(name, "home");
  }

  private static boolean isStream(String name) {
    return switch (name) {
      case "null",
          "zero",
          "stdin",
          "stdout",
          "stderr",
          "tty",
          "full",
          "random",
          "urandom",
          "fd",
          "tcp",
          "udp",
          "ptmx",
          "pts" ->
          true;
      default -> false;
    };
  }

  private static boolean isDisk(List<String> steps) {
    String name = steps.get(1);
    if (name.equals("disk") || name.equals("mapper") || name.equals("block")) {
      return steps.size() > 2;
    }
    for (String prefix :
        List.of(
            "sd", "hd", "vd", "xvd", "nvme", "mmcblk", "disk", "rdisk", "md", "dm-", "mem", "kmem",
            "port", "nbd", "zd", "ada", "da", "vg")) {
      if (name.startsWith(prefix) && isDiskName(name, prefix)) {
        return true;
      }
    }
    return false;
  }

  /** A disk is followed by its letter or number, a pattern or a variable, or nothing. */
  private static boolean isDiskName(String name, String prefix) {
    if (name.length() == prefix.length()) {
      return prefix.endsWith("mem") || prefix.equals("port");
    }
    char c = name.charAt(prefix.length());
    boolean isLettered = prefix.endsWith("d") && prefix.length() <= 3;
    boolean isPattern = c == '*' || c == '?' || c == '[' || c == '$' || c == '{';
    boolean isLetter = isLettered && !prefix.equals("md") && Character.isLowerCase(c);
    return isPattern || Character.isDigit(c) || (isLetter && name.length() <= prefix.length() + 4);
  }
}
