package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * A path that a POSIX command works on.
 *
 * @param path as written, for messages
 * @param isContents it names what is in the folder, as {@code ~/*} does
 */
record Target(String path, Place place, boolean isContents) {
  /** So many levels up from any folder that people work in, there is only the root. */
  private static final String ENOUGH_LEVELS_UP = "../../../../../..";

  /** Whether a path does not depend on the current folder. */
  static boolean isAbsolute(String path) {
    return path.startsWith("/") || path.startsWith("~") || path.startsWith(Word.HOME);
  }

  /** The target of a command that runs there. */
  static Target of(Word word, Where where) {
    String written = word.text();
    String path = written.startsWith("file://") ? written.substring("file://".length()) : written;
    while (path.startsWith("./..")) {
      path = path.substring(2);
    }
    if (path.startsWith(ENOUGH_LEVELS_UP)) {
      path = "/" + path;
    }
    if (!isAbsolute(path) && !where.folder().isEmpty()) {
      path = where.folder() + "/" + path;
    }
    boolean isAbsolute = isAbsolute(path);
    List<String> steps = steps(path, isAbsolute);
    boolean isContents = false;
    while (!steps.isEmpty() && isEverything(steps.getLast())) {
      steps.removeLast();
      isContents = true;
    }
    if (!isAbsolute) {
      return new Target(written, relative(steps, written), isContents);
    }
    boolean isEmptyName = word.hasUnknown() && steps.size() == 1 && isVariable(steps.getFirst());
    if (isEmptyName && path.startsWith("/")) {
      // A variable that is not set leaves only the slash before it.
      return new Target(written, Place.ROOT, isContents);
    }
    if (steps.size() > 2 && steps.getFirst().equals("proc") && steps.get(2).equals("root")) {
      steps = steps.subList(3, steps.size());
    }
    return new Target(written, Places.of(steps, where.here()), isContents);
  }

  /** A path of which nobody knows where it begins. */
  private static Place relative(List<String> steps, String written) {
    if (steps.contains(".git")) {
      return Place.REPOSITORY;
    }
    boolean isOutside = steps.isEmpty() || steps.getFirst().equals("..");
    return isOutside
            || isVariable(steps.getFirst())
            || written.startsWith("$")
            || steps.getFirst().startsWith("what the pipe")
        ? Place.ELSEWHERE
        : Place.HERE;
  }

  private static boolean isVariable(String step) {
    return step.length() > 1 && step.charAt(0) == '$' && Character.isLetterOrDigit(step.charAt(1));
  }

  /** The folders of the path, with {@code .} and {@code ..} followed. */
  private static List<String> steps(String path, boolean isAbsolute) {
    List<String> steps = new ArrayList<>();
    int start = 0;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      String step = path.substring(start, end);
      if (step.equals("..")) {
        goUp(steps, isAbsolute);
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step.startsWith("~+") || step.startsWith("~-") ? "$PWD" : step);
      }
      start = end + 1;
    }
    return steps;
  }

  private static void goUp(List<String> steps, boolean isAbsolute) {
    if (steps.isEmpty() || steps.getLast().equals("..")) {
      if (!isAbsolute) {
        steps.add("..");
      }
      return;
    }
    String last = steps.removeLast();
    if (Places.isHomeSign(last) && steps.isEmpty()) {
      steps.add("home");
    }
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
}
