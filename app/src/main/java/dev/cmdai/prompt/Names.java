package dev.cmdai.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds what looks like the name of a file, a path, a host or an address in a text. */
final class Names {
  /** Parts of names that come from convention, not from the request. */
  private static final Set<String> EVERYDAY_PARTS =
      Set.of(
          "applications",
          "archive",
          "authorized_keys",
          "backup",
          "bin",
          "boot",
          "cache",
          "config",
          "cpuinfo",
          "desktop",
          "dev",
          "documents",
          "downloads",
          "etc",
          "file",
          "fstab",
          "group",
          "home",
          "hosts",
          "http.server",
          "id_ed25519",
          "id_rsa",
          "known_hosts",
          "lib",
          "library",
          "local",
          "localhost",
          "log",
          "logs",
          "meminfo",
          "mnt",
          "movies",
          "music",
          "new",
          "null",
          "opt",
          "os-release",
          "output",
          "passwd",
          "pictures",
          "proc",
          "public",
          "requirements.txt",
          "resolv.conf",
          "root",
          "sbin",
          "share",
          "shadow",
          "shells",
          "src",
          "ssh",
          "sudoers",
          "sys",
          "syslog",
          "tmp",
          "usr",
          "users",
          "var",
          "videos",
          "volumes",
          "zero",
          "urandom",
          "random",
          "ifconfig.me",
          "package.json",
          "crontab",
          "timezone",
          "modules",
          "devices",
          "stdin",
          "stdout",
          "stderr",
          "tty",
          "bashrc",
          "zshrc",
          "profile",
          "bash_history",
          "zsh_history",
          "services",
          "init.d",
          "systemd",
          "system",
          "messages",
          "auth.log",
          "dmesg",
          "journal");

  /** Words with a dot or a slash that are no names. */
  private static final Set<String> NO_NAMES =
      Set.of(
          "e.g",
          "i.e",
          "x86_64",
          "etc",
          "vs",
          "a.k.a",
          "and/or",
          "input/output",
          "i/o",
          "read/write",
          "n/a");

  private Names() {}

  /** Whether a part of a path says nothing about where the path came from. */
  static boolean isEverydayPart(String part) {
    String name = part.startsWith(".") ? part.substring(1) : part;
    int dot = name.indexOf('.');
    return name.length() < 3
        || EVERYDAY_PARTS.contains(name)
        || (dot > 0 && EVERYDAY_PARTS.contains(name.substring(0, dot)));
  }

  /** The names that a request spells out: addresses, paths, files with an ending, quoted ones. */
  static List<String> inRequest(String request) {
    List<String> names = new ArrayList<>();
    for (String word : words(request, " \t\n,;()<>\"'`“”‘’")) {
      String name = withoutPunctuation(word);
      if (isName(name) && !NO_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
        names.add(withoutFrame(name));
      }
    }
    return names;
  }

  /** The names in a command; programs, patterns, expressions and options are left out. */
  static List<String> inCommand(String command) {
    List<String> names = new ArrayList<>();
    for (String part : words(command, "\n;|&(")) {
      boolean isProgramNext = true;
      for (String word : words(part, " \t<>()=,\"'`:")) {
        boolean isProgramHere = isProgramNext && word.indexOf('/') < 0;
        isProgramNext = isProgramNext && word.equals("sudo");
        if (!isProgramHere && !word.startsWith("-") && !isExpression(word) && isName(word)) {
          names.add(withoutFrame(word));
        }
      }
    }
    return names;
  }

  /**
   * What a command deletes, moves, ends, or gives other rights, in words without any sign of a
   * file: {@code rm -rf build}, {@code kill 4321}.
   */
  static List<String> targetsInCommand(String command) {
    List<String> targets = new ArrayList<>();
    for (String part : words(command, "\n;|&(")) {
      List<String> words = words(part, " \t<>)=,\"'`");
      int program = !words.isEmpty() && words.getFirst().equals("sudo") ? 1 : 0;
      if (program < words.size() && Targets.isTaken(words.get(program))) {
        for (String word : words.subList(program + 1, words.size())) {
          if (Targets.isPlain(word)) {
            targets.add(word);
          }
        }
      }
    }
    return targets;
  }

  private static List<String> words(String text, String separators) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean isScheme = i + 2 < text.length() && text.startsWith("://", i);
      boolean ends = i == text.length() || (separators.indexOf(text.charAt(i)) >= 0 && !isScheme);
      if (ends) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  private static String withoutPunctuation(String word) {
    int end = word.length();
    while (end > 0 && ".,:;!?".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  /** {@code ./x}, {@code ~/x} and {@code x/} are all x. */
  private static String withoutFrame(String word) {
    int start = word.startsWith("./") || word.startsWith("~/") ? 2 : 0;
    int end = word.length();
    while (end > start && word.charAt(end - 1) == '/') {
      end--;
    }
    return word.substring(start, end);
  }

  /** Whether a word looks like an address, a path or a file. */
  static boolean isName(String word) {
    if (word.contains("://")) {
      return true;
    }
    boolean isPath = word.startsWith("/") || word.startsWith("~/") || word.startsWith("./");
    if (isPath) {
      return word.length() > 3;
    }
    return hasEnding(word) || hasUnderscore(word);
  }

  /** A dot between a name and an ending with a letter; numbers such as 1.5 have none. */
  private static boolean hasEnding(String word) {
    int dot = word.lastIndexOf('.');
    if (dot < 0 || dot == word.length() - 1 || word.length() - dot > 10) {
      return false;
    }
    boolean hasLetter = false;
    for (int i = dot + 1; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '/' && c != '_') {
        return false;
      }
      hasLetter |= Character.isLetter(c);
    }
    boolean isHidden = dot == 0;
    boolean isPattern = dot > 0 && word.charAt(dot - 1) == '*';
    return hasLetter && !isPattern && (!isHidden || word.length() > 4);
  }

  private static boolean hasUnderscore(String word) {
    int at = word.indexOf('_');
    return at > 0 && at < word.length() - 1;
  }

  /** Code of sed, awk and the like, variables and patterns. */
  private static boolean isExpression(String word) {
    for (int i = 0; i < word.length(); i++) {
      if ("*?[]{}$^+\\%!#@".indexOf(word.charAt(i)) >= 0) {
        return word.indexOf('@') < 0 || word.indexOf('$') >= 0 || word.indexOf('*') >= 0;
      }
    }
    boolean isSubstitution =
        word.startsWith("s/") || word.startsWith("y/") || word.startsWith("s|");
    boolean isAddress = word.length() > 2 && word.charAt(word.length() - 2) == '/';
    return isSubstitution
        || (isAddress && word.startsWith("/"))
        || isProgram(word)
        || isVariable(word);
  }

  private static boolean isProgram(String word) {
    return word.startsWith("/bin/")
        || word.startsWith("/usr/bin/")
        || word.startsWith("/usr/local/bin/");
  }

  private static boolean isVariable(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!Character.isUpperCase(c) && c != '_') {
        return false;
      }
    }
    return true;
  }
}
