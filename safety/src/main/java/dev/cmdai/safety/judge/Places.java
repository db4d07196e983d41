package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows the folders and devices of systems that are like Unix. */
final class Places {
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

  /** What programs fill again when it is gone; the home folder as a step. */
  private static final List<String> CACHES =
      List.of(
          "/~/.cache",
          "/~/Library/Caches",
          "/~/.npm",
          "/~/.gradle/caches",
          "/~/.local/share/Trash");

  private Places() {}

  /** Where the folders from the root lead. */
  static Place of(List<String> path, Surroundings here) {
    List<String> steps = withHome(path, here.home());
    if (steps.isEmpty()) {
      return Place.ROOT;
    }
    String first = steps.getFirst();
    if (isHome(steps, first)) {
      return Place.HOME;
    }
    if (first.equals("mnt") && steps.size() > 1 && steps.get(1).length() == 1) {
      // A drive of Windows as WSL mounts it.
      String drive = steps.get(1) + ":\\" + String.join("\\", steps.subList(2, steps.size()));
      return WindowsTarget.of(drive, "", here).place();
    }
    String joined = "/" + String.join("/", steps);
    if (isVitalFile(joined)) {
      return Place.VITAL_FILE;
    }
    if (isHomeSign(first) && isSetting(steps)) {
      return Place.SETTINGS;
    }
    if (steps.contains(".git")) {
      return Place.REPOSITORY;
    }
    if (isInside(joined, here.temporary()) || isInside(joined, CACHES)) {
      return Place.TEMPORARY;
    }
    if (first.equals("dev") && steps.size() > 1 && isDisk(steps)) {
      return Place.DEVICE;
    }
    if (steps.size() == 1) {
      return isSystem(first) ? Place.SYSTEM : Place.ELSEWHERE;
    }
    if (isWindowsDrive(steps)) {
      return Place.SYSTEM;
    }
    if (steps.size() <= 3 && SYSTEM_INSIDE.contains(String.join("/", steps))) {
      return Place.SYSTEM;
    }
    boolean isShared =
        (first.equals("dev") && (steps.get(1).equals("shm") || isStream(steps.get(1))))
            || (first.equals("proc") && steps.size() > 2 && steps.get(2).equals("fd"));
    boolean isUserland = first.equals("usr") && !steps.get(1).equals("local");
    if ((SYSTEM_ROOTS.contains(first) || isUserland) && !isShared) {
      return Place.INSIDE_SYSTEM;
    }
    String folder = plain(here.folder(), here.home());
    String project = plain(here.project(), here.home());
    return isInside(joined, List.of(folder, project)) ? Place.HERE : Place.ELSEWHERE;
  }

  /** The steps with the user's own home folder as one. */
  private static List<String> withHome(List<String> steps, String home) {
    if (home.length() < 2 || steps.isEmpty() || isHomeSign(steps.getFirst())) {
      return steps;
    }
    List<String> own = List.of(home.substring(1).split("/", -1));
    if (steps.size() < own.size() || !steps.subList(0, own.size()).equals(own)) {
      boolean isAbove = own.size() > steps.size() && own.subList(0, steps.size()).equals(steps);
      return isAbove ? List.of("home") : steps;
    }
    List<String> relative = new ArrayList<>(steps.subList(own.size(), steps.size()));
    relative.addFirst("~");
    return relative;
  }

  /** A folder as the steps name it. */
  private static String plain(String folder, String home) {
    boolean isInHome = home.length() > 1 && (folder + "/").startsWith(home + "/");
    return isInHome ? "/~" + folder.substring(home.length()) : folder;
  }

  private static boolean isInside(String path, List<String> folders) {
    for (String folder : folders) {
      boolean isDeep = folder.length() > 1 && !folder.equals("/~");
      if (isDeep && path.length() > folder.length() + 1 && path.startsWith(folder + "/")) {
        return true;
      }
    }
    return false;
  }

  static boolean isHomeSign(String step) {
    return step.startsWith("~") || step.equals(Word.HOME);
  }

  private static boolean isVitalFile(String path) {
    return switch (path) {
      case "/etc/passwd",
          "/etc/shadow",
          "/etc/group",
          "/etc/gshadow",
          "/etc/sudoers",
          "/etc/fstab",
          "/etc/pam.d",
          "/etc/ld.so.preload",
          "/etc/ld.so.cache",
          "/proc/sysrq-trigger" ->
          true;
      default ->
          path.startsWith("/boot/vmlinuz")
              || path.startsWith("/boot/initr")
              || path.startsWith("/boot/grub")
              || path.startsWith("/lib/x86_64-linux-gnu/libc.")
              || path.startsWith("/lib64/ld-")
              || path.startsWith("/usr/lib/x86_64-linux-gnu/libc.")
              || path.startsWith("/sys/firmware/efi/efivars");
    };
  }

  /** {@code ~/.bashrc}, {@code ~/.ssh/authorized_keys} and what is like them. */
  private static boolean isSetting(List<String> steps) {
    if (steps.size() < 2) {
      return false;
    }
    return switch (steps.get(1)) {
      case ".ssh",
          ".gnupg",
          ".bashrc",
          ".bash_profile",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".bash_logout",
          ".xinitrc",
          ".xprofile",
          ".pam_environment",
          ".gitconfig",
          ".aws",
          ".kube",
          ".password-store" ->
          true;
      default -> String.join("/", steps).startsWith("~/.config/fish/config.fish");
    };
  }

  private static boolean isHome(List<String> steps, String first) {
    if (isHomeSign(first)) {
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

  /** {@code /mnt/c} of WSL, and the folders there without which Windows does not work. */
  private static boolean isWindowsDrive(List<String> steps) {
    if (!steps.getFirst().equals("mnt") || steps.get(1).length() != 1) {
      return false;
    }
    return steps.size() == 2
        || (steps.size() == 3
            && (steps.get(2).equalsIgnoreCase("windows")
                || steps.get(2).equalsIgnoreCase("users")
                || steps.get(2).toLowerCase(Locale.ROOT).startsWith("program files")));
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
    // sdX is how manuals write it.
    boolean isLetter =
        isLettered && !prefix.equals("md") && (Character.isLowerCase(c) || c == 'X' || c == 'Y');
    return isPattern || Character.isDigit(c) || (isLetter && name.length() <= prefix.length() + 4);
  }
}
