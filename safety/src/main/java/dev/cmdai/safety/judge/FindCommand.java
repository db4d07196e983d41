package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What a {@code find} would do.
 *
 * @param starts where it begins
 * @param isNarrowed it picks only some of what it finds
 * @param isDelete it deletes what it picks
 * @param commands what it runs for what it picks
 * @param written files that it writes its findings to
 * @param isRepositories it picks the folders with the history of repositories
 */
record FindCommand(
    List<Word> starts,
    boolean isNarrowed,
    boolean isDelete,
    List<List<Word>> commands,
    List<Word> written,
    boolean isRepositories) {
  /** Stands for whatever is found, as in find's own arguments. */
  static final String FOUND = "{}";

  private static final Set<String> NARROWING =
      Set.of(
          "-name",
          "-iname",
          "-path",
          "-ipath",
          "-wholename",
          "-iwholename",
          "-regex",
          "-iregex",
          "-mtime",
          "-mmin",
          "-atime",
          "-amin",
          "-ctime",
          "-cmin",
          "-newer",
          "-anewer",
          "-cnewer",
          "-size",
          "-empty",
          "-user",
          "-group",
          "-uid",
          "-gid",
          "-perm",
          "-nouser",
          "-nogroup",
          "-inum",
          "-links",
          "-lname",
          "-ilname",
          "-samefile",
          "-xtype",
          "-executable",
          "-used");

  /** Tests without a value behind them. */
  private static final Set<String> VALUELESS =
      Set.of("-empty", "-nouser", "-nogroup", "-executable");

  static FindCommand of(List<Word> arguments) {
    List<Word> starts = new ArrayList<>();
    int i = 0;
    while (i < arguments.size() && isStart(arguments.get(i).text())) {
      if (!arguments.get(i).text().startsWith("-")) {
        starts.add(arguments.get(i));
      }
      i++;
    }
    if (starts.isEmpty()) {
      starts.add(Word.literal("."));
    }
    Narrowing narrowing = new Narrowing();
    boolean isDelete = false;
    List<List<Word>> commands = new ArrayList<>();
    List<Word> written = new ArrayList<>();
    boolean isRepositories = false;
    for (; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      switch (text) {
        case "-delete" -> isDelete = true;
        case "-exec", "-execdir", "-ok", "-okdir" -> {
          int end = endOfCommand(arguments, i + 1);
          commands.add(arguments.subList(i + 1, end));
          i = end;
        }
        case "-fprint", "-fprintf", "-fls", "-fprint0" -> {
          if (i + 1 < arguments.size()) {
            written.add(arguments.get(++i));
          }
        }
        case "-o", "-or", "," -> narrowing.or();
        case "(" -> narrowing.open();
        case ")" -> narrowing.close();
        case "!", "-not" -> narrowing.not();
        default -> {
          boolean isTest = NARROWING.contains(text) || text.startsWith("-newer");
          boolean isAny = i + 1 < arguments.size() && isAnything(arguments.get(i + 1).text());
          boolean isName = isTest && !VALUELESS.contains(text);
          narrowing.test(isTest && !(isAny && text.endsWith("name")), text.startsWith("-"));
          i += isName ? 1 : 0;
          isRepositories |=
              isName && i < arguments.size() && arguments.get(i).text().equals(".git");
        }
      }
    }
    return new FindCommand(starts, narrowing.isSure(), isDelete, commands, written, isRepositories);
  }

  /**
   * Whether an expression leaves out anything: one test of a row must, and every alternative. What
   * is negated does not count, since it picks nearly all.
   */
  private static final class Narrowing {
    private final Deque<boolean[]> outer = new ArrayDeque<>();
    private boolean isBranch;
    private boolean areAlternatives = true;
    private boolean isNegated;

    void test(boolean isNarrow, boolean isPredicate) {
      isBranch |= isNarrow && !isNegated;
      isNegated &= !isPredicate;
    }

    void not() {
      isNegated = true;
    }

    void or() {
      areAlternatives &= isBranch;
      isBranch = false;
    }

    void open() {
      outer.push(new boolean[] {isBranch, areAlternatives, isNegated});
      isBranch = false;
      areAlternatives = true;
      isNegated = false;
    }

    void close() {
      boolean isGroup = isSure();
      boolean[] state = outer.isEmpty() ? new boolean[] {false, true, false} : outer.pop();
      isBranch = state[0] || (isGroup && !state[2]);
      areAlternatives = state[1];
      isNegated = false;
    }

    boolean isSure() {
      return areAlternatives && isBranch;
    }
  }

  /** Start folders, and the few options that come before them. */
  private static boolean isStart(String text) {
    return switch (text) {
      case "-H", "-L", "-P", "-O1", "-O2", "-O3", "-E", "-X", "-x", "-s", "-d" -> true;
      case "!", "(", ")" -> false;
      default -> !text.startsWith("-");
    };
  }

  private static int endOfCommand(List<Word> arguments, int start) {
    int i = start;
    while (i < arguments.size()) {
      String text = arguments.get(i).text();
      boolean isBatchEnd = text.equals("+") && arguments.get(i - 1).text().equals("{}");
      if (text.equals(";") || isBatchEnd) {
        return i;
      }
      i++;
    }
    return i;
  }

  private static boolean isAnything(String pattern) {
    return pattern.equals("*") || pattern.equals("*.*") || pattern.equals("?*");
  }

  /**
   * What {@code {}} can stand for, as far as it matters: the whole start folder where nothing is
   * left out, else something in it. Every vital folder, and one other.
   */
  List<Word> found(Where where) {
    List<Word> found = new ArrayList<>();
    boolean hasOther = false;
    for (Word start : starts) {
      boolean isVital = Target.of(start, where).place().isVital();
      if (found.size() < 8 && (isVital || !hasOther)) {
        found.add(isNarrowed ? inside(start) : start);
        hasOther |= !isVital;
      }
    }
    return found;
  }

  private Word inside(Word start) {
    String path = start.text();
    String name = isRepositories ? ".git" : FOUND;
    String text = path.endsWith("/") ? path + name : path + "/" + name;
    return new Word(text, false, start.hasUnknown(), List.of());
  }
}
