package dev.cmdai.safety;

import dev.cmdai.safety.judge.Fired;
import java.util.List;

/** Says whether a rule of the user's own is about a command. */
final class Matching {
  private static final String HOME_SIGN = "\uE000";

  private final String home;
  private final String folder;

  Matching(String home, String folder) {
    this.home = home;
    this.folder = folder;
  }

  boolean isFired(UserRule rule, Fired fired) {
    String pattern = rule.pattern();
    return switch (rule.subject()) {
      case RULE ->
          pattern.endsWith("*")
              ? fired.rule().id().startsWith(pattern.substring(0, pattern.length() - 1))
              : fired.rule().id().equals(pattern);
      case COMMAND -> isCommand(pattern, fired.command());
      case PATH -> !fired.path().isEmpty() && isInside(fired.path(), pattern);
    };
  }

  /** Whether a command is one that the rule is about, or names a path that it is about. */
  boolean isRun(UserRule rule, List<String> words) {
    if (rule.subject() == UserRule.Subject.COMMAND) {
      return isCommand(rule.pattern(), String.join(" ", words));
    }
    for (String word : words.subList(Math.min(1, words.size()), words.size())) {
      String path = word.substring(word.indexOf('=') + 1);
      boolean isPath =
          path.indexOf('/') >= 0
              || path.startsWith("~")
              || path.startsWith(HOME_SIGN)
              || path.indexOf('\\') >= 0;
      if (isPath && isInside(path, rule.pattern())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the command begins with the words of the pattern. */
  private static boolean isCommand(String pattern, String command) {
    return command.equals(pattern) || command.startsWith(pattern + " ");
  }

  /** Whether a path is that of the pattern, or below it; a way out by {@code ..} is none. */
  private boolean isInside(String path, String pattern) {
    String inner = absolute(path);
    String outer =
        absolute(pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : pattern);
    return !inner.contains("/..")
        && (inner.equals(outer) || inner.startsWith(outer.endsWith("/") ? outer : outer + "/"));
  }

  private String absolute(String path) {
    String plain = path.startsWith(HOME_SIGN) ? "~" + path.substring(1) : path;
    if (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    boolean isInHome = home.length() > 1 && (plain + "/").startsWith(home + "/");
    if (isInHome) {
      plain = "~" + plain.substring(home.length());
    }
    boolean isAbsolute = plain.startsWith("/") || plain.startsWith("~") || plain.indexOf(':') == 1;
    if (!isAbsolute && !folder.isEmpty()) {
      return absolute(folder + "/" + plain);
    }
    while (plain.length() > 1 && plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain.replace("//", "/");
  }
}
