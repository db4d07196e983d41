package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * A path that a POSIX command works on.
 *
 * @param path as written, for messages
 * @param isContents it names what is in the folder, as {@code ~/*} does
 * @param isTree it names all that is below the folder, as <code>~/**</code> does
 * @param isVitalWhenEmpty it begins with a variable; if that is empty, what follows is the path of
 *     the root, a home folder or a system folder
 */
record Target(
    String path, Place place, boolean isContents, boolean isTree, boolean isVitalWhenEmpty) {

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
    path = where.files().followed(path);
    while (path.startsWith("./..")) {
      path = path.substring(2);
    }
    if (path.startsWith(ENOUGH_LEVELS_UP)) {
      path = "/" + path;
    } else if (path.startsWith("$") && path.contains(ENOUGH_LEVELS_UP)) {
      path = "/" + path.substring(path.indexOf(ENOUGH_LEVELS_UP));
    }
    boolean isUnknown = word.hasUnknown() && beginsUnknown(path);
    if (!isAbsolute(path) && !where.folder().isEmpty() && !isUnknown) {
      path = where.folder() + "/" + path;
    }
    boolean isAbsolute = isAbsolute(path);
    List<String> steps = steps(path, isAbsolute);
    boolean isContents = false;
    boolean isTree = false;
    while (!steps.isEmpty() && isEverything(steps.getLast())) {
      isTree |= steps.removeLast().equals("**");
      isContents = true;
    }
    Place place = place(word, path, steps, isAbsolute, where);
    return new Target(written, place, isContents, isTree, isUnknown && isVitalTail(path, where));
  }

  private static Place place(
      Word word, String path, List<String> steps, boolean isAbsolute, Where where) {
    if (!isAbsolute) {
      return relative(steps, word.text());
    }
    if (word.hasUnknown()
        && steps.size() == 1
        && isVariable(steps.getFirst())
        && path.startsWith("/")) {
      // A variable that is not set leaves only the slash before it.
      return Place.ROOT;
    }
    boolean isRootOfProcess =
        steps.size() > 2 && steps.getFirst().equals("proc") && steps.get(2).equals("root");
    return Places.of(isRootOfProcess ? steps.subList(3, steps.size()) : steps, where.here());
  }

  private static boolean beginsUnknown(String path) {
    return path.startsWith("$") || path.startsWith(PipedNames.UNKNOWN.text());
  }

  /** Whether the path without the variable that it begins with is that of something vital. */
  private static boolean isVitalTail(String path, Where where) {
    int slash = path.indexOf('/');
    if (slash < 0 || !isVariable(path.substring(0, slash))) {
      return false;
    }
    boolean isCertain = path.charAt(slash - 1) == '…';
    Word tail = Word.literal(path.substring(slash));
    return !isCertain && of(tail, where).place().isVital();
  }

  /** A path of which nobody knows where it begins. */
  private static Place relative(List<String> steps, String written) {
    if (steps.contains(".git")) {
      return Place.REPOSITORY;
    }
    boolean isOutside = steps.isEmpty() || steps.getFirst().equals("..");
    return isOutside || isVariable(steps.getFirst()) || beginsUnknown(written)
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
