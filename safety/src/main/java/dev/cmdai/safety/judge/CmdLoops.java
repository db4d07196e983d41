package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.CmdJudge.Output;
import dev.cmdai.safety.parse.cmd.CmdNode.For;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Follows the loops of code for cmd.exe, and recognises those that never end. */
final class CmdLoops {
  /** What the value of a loop's variable stands for. */
  enum Kind {
    PLAIN,
    /** All files in and below a folder. */
    TREE,
    /** Some files in and below a folder. */
    PICKED
  }

  private static final int MOST_ROUNDS = 16;
  private static final int MOST_KINDS = 64;

  /** In the name of what nobody knows yet: it must not be split into words. */
  private static final char BLANK = '\u00A0';

  private final CmdJudge scripts;
  private final CmdVariables variables;
  private final Findings findings;
  private final Set<String> labels = new HashSet<>();
  private final Map<String, Kind> kinds = new HashMap<>();
  private int endless;
  private boolean hasStarted;

  CmdLoops(CmdJudge scripts, CmdVariables variables, Findings findings) {
    this.scripts = scripts;
    this.variables = variables;
    this.findings = findings;
  }

  Kind kind(String path) {
    return kinds.getOrDefault(path, Kind.PLAIN);
  }

  private void kind(String path, Kind kind) {
    if (kinds.size() < MOST_KINDS) {
      kinds.put(path, kind);
    }
  }

  /** Sees every command that runs, for those that start themselves. */
  void follow(String name, List<String> arguments, boolean isPiped) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(Locale.ROOT);
    boolean isStart = name.equals("start");
    boolean isSelf = isSelf(name) && isPiped;
    for (String argument : arguments) {
      isSelf |= isStart && isSelf(argument);
    }
    boolean isBack =
        name.equals("goto")
            && hasStarted
            && labels.contains(first.startsWith(":") ? first.substring(1) : first);
    hasStarted |= isStart;
    if (name.startsWith(":") && labels.size() < MOST_KINDS) {
      labels.add(name.substring(1));
    }
    if (isSelf || isBack || (isStart && endless > 0)) {
      findings.add(
          Rule.PROCESS_FORK_BOMB,
          "starts itself again and again until the machine stops: a fork bomb");
    }
  }

  private static boolean isSelf(String name) {
    return name.startsWith("%0") || name.equals("%~f0") || name.equals("%~0");
  }

  /** Judges the body of a loop for each value that its variable gets. */
  void judge(For loop) {
    String variable = loop.variable();
    char name = variable.isEmpty() ? ' ' : variable.charAt(variable.length() - 1);
    String set = variables.expanded(loop.set()).strip();
    boolean isCounting = has(loop, "/l");
    boolean isEndless = isCounting && set.replace(" ", "").matches("-?\\d+,0,.*");
    endless += isEndless ? 1 : 0;
    List<List<String>> values =
        isCounting ? List.of(List.of("1")) : has(loop, "/f") ? lines(loop, set) : files(loop, set);
    for (int i = 0; i < Math.min(values.size(), MOST_ROUNDS); i++) {
      if (i > 0 && !findings.repeat()) {
        break;
      }
      round(loop, name, values.get(i));
    }
    endless -= isEndless ? 1 : 0;
  }

  private void round(For loop, char name, List<String> values) {
    List<String> outer = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String old = variables.loop((char) (name + i), values.get(i));
      outer.add(old == null ? "" : old);
    }
    scripts.judge(loop.body(), null, false);
    for (int i = 0; i < values.size(); i++) {
      variables.loop((char) (name + i), outer.get(i).isEmpty() ? null : outer.get(i));
    }
  }

  private static boolean has(For loop, String option) {
    return WindowsRules.has(loop.options(), option);
  }

  /** {@code for %x in (VALUES)}, {@code for /r FOLDER %x in (PATTERNS)}. */
  private List<List<String>> files(For loop, String set) {
    List<List<String>> values = new ArrayList<>();
    boolean isTree = has(loop, "/r");
    String last = loop.options().isEmpty() ? "" : loop.options().getLast().replace("\"", "");
    String folder = !isTree || last.startsWith("/") ? "" : last;
    for (String word : words(set)) {
      if (!isTree) {
        values.add(List.of(word));
        continue;
      }
      boolean isEnd = folder.isEmpty() || folder.endsWith("\\");
      boolean isAll = word.equals("*") || word.equals("*.*") || word.equals(".");
      String path = folder + (isEnd ? "" : "\\") + (isAll ? "*" : word);
      kind(path, isAll ? Kind.TREE : Kind.PICKED);
      values.add(List.of(path));
    }
    return values;
  }

  private static List<String> words(String set) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i <= set.length(); i++) {
      char c = i < set.length() ? set.charAt(i) : ' ';
      isQuoted ^= c == '"';
      if (" ,;=\t\n\r".indexOf(c) < 0 || (isQuoted && i < set.length())) {
        word.append(c == '"' ? "" : String.valueOf(c));
      } else if (!word.isEmpty() && words.size() < MOST_ROUNDS) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  /** {@code for /f %x in ('COMMAND')}, {@code ("TEXT")} and {@code (FILES)}, line by line. */
  private List<List<String>> lines(For loop, String set) {
    String options = String.join(" ", loop.options()).toLowerCase(Locale.ROOT);
    boolean isBackQuoted = options.contains("usebackq");
    char quote = isBackQuoted ? '`' : '\'';
    boolean isCommand = set.length() > 1 && set.charAt(0) == quote;
    boolean isText = !isBackQuoted && set.startsWith("\"");
    String inner = set.length() > 1 ? set.substring(1, set.length() - 1).replace("^", "") : set;
    String text = isText ? inner : isCommand ? output(inner) : null;
    if (text == null) {
      String what = isCommand ? "what " + inner + " prints" : "a line of " + set;
      return List.of(List.of(what.replace(' ', BLANK)));
    }
    List<List<String>> values = new ArrayList<>();
    for (String line : text.split("\n", MOST_ROUNDS)) {
      if (!line.isBlank()) {
        boolean isWhole = options.contains("tokens=*") || options.contains("delims=\"");
        values.add(isWhole ? List.of(line.strip()) : words(line));
      }
    }
    return values;
  }

  /** What a command prints; the names that {@code dir} lists are all those in the folder. */
  private @Nullable String output(String command) {
    Output output = scripts.judgeScript(command);
    List<String> words = words(command);
    boolean isList = words.size() > 1 && words.getFirst().equalsIgnoreCase("dir");
    if (!isList || !CmdFiles.has(words, "/b")) {
      return output.text();
    }
    List<String> operands = CmdFiles.operands(words.subList(1, words.size()));
    String folder = operands.isEmpty() ? "" : operands.getFirst();
    int slash = folder.lastIndexOf('\\');
    String last = folder.substring(slash + 1);
    boolean isPattern = last.indexOf('*') >= 0;
    boolean isTree = CmdFiles.has(words, "/s");
    String name = isPattern ? last : "*";
    String path =
        isPattern || folder.isEmpty() || folder.endsWith("\\")
            ? (isPattern ? folder.substring(0, slash + 1) : folder) + name
            : folder + "\\" + name;
    kind(path, name.equals("*") || name.equals("*.*") ? Kind.TREE : Kind.PICKED);
    return isTree ? path : name;
  }

  /** {@code forfiles /p FOLDER /c "COMMAND"}, where {@code @path} is each file in the folder. */
  void forFiles(List<String> arguments) {
    String folder = "";
    String command = "";
    String pattern = "*";
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i).toLowerCase(Locale.ROOT)) {
        case "/p" -> folder = value.endsWith("\\") ? value : value + "\\";
        case "/c" -> command = value;
        case "/m" -> pattern = value;
        default -> {}
      }
    }
    boolean isAll = pattern.equals("*") || pattern.equals("*.*");
    boolean isPicked = !isAll || WindowsRules.has(arguments, "/d");
    String path = folder + (isAll ? "*" : pattern);
    if (isPicked || WindowsRules.has(arguments, "/s")) {
      kind(path, isPicked ? Kind.PICKED : Kind.TREE);
    }
    String files = Matcher.quoteReplacement('"' + path + '"');
    scripts.judgeScript(command.replaceAll("(?i)@(file|path|relpath|fname)", files));
  }
}
