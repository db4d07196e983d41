package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.cmd.CmdTokens;
import dev.cmdai.safety.rules.Rule;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/** Judges code for the Windows command prompt, command by command. */
final class CmdJudge {
  private static final Set<String> LOSING =
      Set.of(
          "del",
          "erase",
          "rd",
          "rmdir",
          "format",
          "diskpart",
          "shutdown",
          "move",
          "robocopy",
          "powershell",
          "pwsh",
          "cmd",
          "forfiles",
          "start",
          "reg",
          "vssadmin");

  private final Findings findings;
  private final CmdVariables variables = new CmdVariables();
  private final Set<String> labels = new HashSet<>();
  private String folder = "";
  private boolean isEndless;
  private boolean hasStarted;

  CmdJudge(Findings findings) {
    this.findings = findings;
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
      if (!command.target().isEmpty()) {
        write(command.target());
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

  private void write(String target) {
    if (WindowsTarget.of(target, folder).place() == Place.DEVICE) {
      findings.add(Rule.DISK_RAW_WRITE, "writes over " + shown(target) + ", a disk");
    } else if (WindowsTarget.of(target, folder).place() == Place.INSIDE_SYSTEM) {
      findings.add(Rule.OVERWRITE_SYSTEM_FILE, "overwrites " + shown(target));
    }
  }

  private void judge(List<String> words, boolean isPiped, boolean isDownload) {
    if (words.isEmpty()) {
      return;
    }
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
        folder = operands.isEmpty() ? folder : operands.getLast();
      }
      case "if", "else", "for", "do", "call" -> inner(arguments);
      case "start" -> start(arguments);
      case "goto" -> goTo(arguments);
      case "set" -> variables.set(arguments);
      case "forfiles" -> forFiles(arguments);
      case "cmd" -> nested(arguments, isPiped, isDownload);
      case "powershell", "pwsh" -> powerShell(arguments, isPiped, isDownload);
      case "bash", "wsl" ->
          new PosixJudge(Shell.BASH, findings)
              .judgeScript(
                  String.join(" ", words.subList(name.equals("wsl") ? 1 : 0, words.size())));
      default -> WindowsRules.program(name, arguments, folder, findings);
    }
  }

  private static boolean isSelf(String name) {
    return name.startsWith("%0") || name.equals("%~f0");
  }

  private void forkBomb() {
    findings.add(
        Rule.FORK_BOMB, "starts itself again and again until the machine stops: a fork bomb");
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
      WindowsRules.delete(WindowsTarget.of(operand, folder), isRecursive, findings);
    }
  }

  private void move(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (!operands.isEmpty() && WindowsTarget.of(operands.getFirst(), folder).place().isVital()) {
      findings.add(Rule.MOVE_SYSTEM, "moves " + shown(operands.getFirst()) + " away");
    }
  }

  /** The command that {@code if}, {@code for}, {@code start} or {@code call} runs. */
  private void inner(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (LOSING.contains(WindowsRules.program(arguments.get(i)))) {
        judge(arguments.subList(i, arguments.size()), false, false);
        return;
      }
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
