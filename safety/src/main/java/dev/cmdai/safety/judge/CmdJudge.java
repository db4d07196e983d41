package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.cmd.CmdTokens;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/** Judges code for the Windows command prompt, command by command. */
final class CmdJudge {
  private final Findings findings;
  private final CmdVariables variables = new CmdVariables();
  private final Set<String> labels = new HashSet<>();
  private final WindowsShell shell;
  private boolean isEndless;
  private boolean hasStarted;

  CmdJudge(Findings findings) {
    this.findings = findings;
    shell = new WindowsShell(findings);
  }

  void judgeScript(String code) {
    if (findings.enterScript()) {
      judgeCommands(code);
      findings.leaveScript();
    }
  }

  private void judgeCommands(String code) {
    CmdTokens tokens = new CmdTokens(code);
    List<CmdTokens.Command> commands = tokens.commands();
    if (!tokens.isComplete()) {
      findings.add(Rule.PARSE_INCOMPLETE, "cannot be read to its end: a quote is not closed");
    }
    boolean isDownload = false;
    List<String> loop = List.of();
    for (CmdTokens.Command command : commands) {
      if (isLoop(loop)) {
        follow(loop, command.words());
      }
      loop = command.words();
      findings.at(command.start(), command.end());
      if (!command.target().isEmpty()) {
        shell.write(command.target(), !command.isAppend());
      }
      isDownload &= command.isPiped();
      judge(variables.resolved(command.words()), command.isPiped(), isDownload);
      isDownload |=
          !command.words().isEmpty()
              && WindowsRules.isDownload(WindowsRules.program(command.words().getFirst()));
    }
  }

  /** {@code for %x in}, of which the values come next. */
  private static boolean isLoop(List<String> words) {
    return words.size() > 2
        && words.getFirst().equalsIgnoreCase("for")
        && words.getLast().equalsIgnoreCase("in");
  }

  private void follow(List<String> loop, List<String> values) {
    boolean isCounting = WindowsRules.has(loop, "/l");
    isEndless |= isCounting && values.size() > 1 && values.get(1).equals("0");
    if (!isCounting) {
      variables.loop(loop.get(loop.size() - 2), values);
    }
  }

  private void judge(List<String> words, boolean isPiped, boolean isDownload) {
    if (!words.isEmpty() && findings.enter()) {
      judgeNamed(words, isPiped, isDownload);
      findings.leave();
    }
  }

  private void judgeNamed(List<String> words, boolean isPiped, boolean isDownload) {
    String first = words.getFirst();
    String name = WindowsRules.program(first.startsWith("@") ? first.substring(1) : first);
    List<String> arguments = words.subList(1, words.size());
    if (isSelf(name) && isPiped) {
      forkBomb();
    }
    if (name.startsWith(":")) {
      labels.add(name.substring(1));
    }
    switch (name) {
      case "del", "erase" -> delete(arguments, has(arguments, "/s"));
      case "rd", "rmdir" -> delete(arguments, has(arguments, "/s"));
      case "move" -> move(arguments);
      case "cd", "chdir", "pushd" -> {
        List<String> operands = operands(arguments);
        if (!operands.isEmpty()) {
          shell.changeFolder(operands.getLast());
        }
      }
      case "if" -> condition(arguments);
      case "else", "do", "call" -> judge(arguments, isPiped, isDownload);
      case "echo",
          "rem",
          "title",
          "prompt",
          "dir",
          "type",
          "find",
          "findstr",
          "more",
          "help",
          "ver",
          "vol",
          "path",
          "date",
          "time",
          "cls",
          "sort",
          "where",
          "tree",
          "fc",
          "comp",
          "mkdir",
          "md",
          "exit",
          "for",
          "setlocal",
          "endlocal",
          "popd",
          "pause",
          "timeout",
          "kill",
          "at" ->
          findings.running(words);
      case "ren", "rename" -> shell.move(arguments.isEmpty() ? "x" : arguments.getFirst());
      case "copy", "xcopy" -> copy(arguments);
      case "schtasks" -> scheduled(arguments);
      case "start" -> start(arguments);
      case "goto" -> goTo(arguments);
      case "set" -> variables.set(arguments);
      case "forfiles" -> forFiles(arguments);
      case "cmd" -> nested(arguments, isPiped, isDownload);
      case "powershell", "pwsh" -> powerShell(arguments, isPiped, isDownload);
      case "bash", "sh" -> shell.posix(name + " " + quoted(arguments));
      case "wsl" -> {
        Effects.judge(name, arguments, findings);
        shell.posix(WindowsShell.linuxCode(arguments));
      }
      default ->
          shell.program(
              name, arguments, new Feed(isPiped, List.of(), null, isDownload, false, List.of()));
    }
  }

  private static boolean isSelf(String name) {
    return name.startsWith("%0") || name.equals("%~f0");
  }

  private void forkBomb() {
    findings.add(
        Rule.PROCESS_FORK_BOMB,
        "starts itself again and again until the machine stops: a fork bomb");
  }

  private void start(List<String> arguments) {
    hasStarted = true;
    boolean isSelf = false;
    for (String argument : arguments) {
      isSelf |= isSelf(argument);
    }
    if (isEndless || isSelf) {
      forkBomb();
    }
    inner(arguments);
  }

  /** A way back to a label with a start in between never ends. */
  private void goTo(List<String> arguments) {
    String label = arguments.isEmpty() ? "" : arguments.getFirst().toLowerCase(Locale.ROOT);
    if (hasStarted && labels.contains(label.startsWith(":") ? label.substring(1) : label)) {
      forkBomb();
    }
  }

  /** {@code forfiles /p FOLDER /c "COMMAND"}, where {@code @file} is each file in the folder. */
  private void forFiles(List<String> arguments) {
    String folderHere = "";
    String command = "";
    for (int i = 0; i + 1 < arguments.size(); i++) {
      switch (arguments.get(i).toLowerCase(Locale.ROOT)) {
        case "/p" -> folderHere = arguments.get(i + 1) + "\\";
        case "/c" -> command = arguments.get(i + 1);
        default -> {}
      }
    }
    String files = '"' + folderHere + "*\"";
    judgeScript(command.replaceAll("(?i)@(file|path)", Matcher.quoteReplacement(files)));
  }

  private void delete(List<String> arguments, boolean isRecursive) {
    if (has(arguments, "/?")) {
      return;
    }
    for (String operand : operands(arguments)) {
      shell.delete(operand, isRecursive);
    }
  }

  private void move(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (!operands.isEmpty()) {
      shell.move(operands.getFirst());
    }
    copy(arguments);
  }

  private void copy(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (operands.size() > 1) {
      shell.write(operands.getLast(), false);
    }
  }

  /** {@code if exist FILE COMMAND}, {@code if not A==B COMMAND}. */
  private void condition(List<String> arguments) {
    int i = 0;
    while (i < arguments.size() && isPrefix(arguments.get(i))) {
      i++;
    }
    boolean isCompared = i + 1 < arguments.size() && isComparison(arguments.get(i + 1));
    i += isCompared ? 3 : 2;
    if (i < arguments.size()) {
      judge(arguments.subList(i, arguments.size()), false, false);
    }
  }

  private static boolean isPrefix(String word) {
    return word.equalsIgnoreCase("not") || word.equalsIgnoreCase("/i");
  }

  private static boolean isComparison(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "equ", "neq", "lss", "leq", "gtr", "geq" -> true;
      default -> false;
    };
  }

  /** {@code schtasks /create /tr CODE}. */
  private void scheduled(List<String> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).equalsIgnoreCase("/tr")) {
        judgeScript(arguments.get(i + 1));
      }
    }
    shell.program("schtasks", arguments, Feed.NONE);
  }

  private static String quoted(List<String> arguments) {
    StringBuilder code = new StringBuilder();
    for (String argument : arguments) {
      code.append(code.isEmpty() ? "'" : " '").append(argument.replace("'", "'\\''")).append('\'');
    }
    return code.toString();
  }

  /** The command that {@code start} runs, behind its options and the title of its window. */
  private void inner(List<String> arguments) {
    int i = 0;
    while (i < arguments.size()
        && (arguments.get(i).startsWith("/") || arguments.get(i).isEmpty())) {
      i++;
    }
    for (int j = i; j < Math.min(i + 2, arguments.size()); j++) {
      judge(arguments.subList(j, arguments.size()), false, false);
    }
  }

  private void nested(List<String> arguments, boolean isPiped, boolean isDownload) {
    if (!nested(arguments, findings)) {
      piped(isPiped, isDownload);
    }
  }

  /** Judges what {@code cmd} runs with these arguments; false when they name no command. */
  static boolean nested(List<String> arguments, Findings findings) {
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i).toLowerCase(Locale.ROOT);
      if (option.startsWith("/c") || option.startsWith("/k")) {
        // "/crd" is "/c rd".
        String rest = String.join(" ", arguments.subList(i + 1, arguments.size()));
        new CmdJudge(findings).judgeScript(arguments.get(i).substring(2) + " " + rest);
        return true;
      }
    }
    return false;
  }

  private void powerShell(List<String> arguments, boolean isPiped, boolean isDownload) {
    piped(isPiped, isDownload);
    new PowerShellJudge(findings).nested(arguments);
  }

  private void piped(boolean isPiped, boolean isDownload) {
    if (isPiped) {
      findings.add(
          isDownload ? Rule.CODE_DOWNLOADED : Rule.CODE_PIPED,
          "runs what " + (isDownload ? "it downloads" : "the pipe brings") + " as code");
    }
  }

  /** Whether a switch is given, alone or in a row such as {@code /s/q}. */
  private static boolean has(List<String> arguments, String option) {
    for (String argument : arguments) {
      if (argument.startsWith("/") && argument.toLowerCase(Locale.ROOT).contains(option)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> operands(List<String> arguments) {
    List<String> operands = new ArrayList<>();
    for (String argument : arguments) {
      if (!argument.startsWith("/")) {
        operands.add(argument);
      }
    }
    return operands;
  }
}
