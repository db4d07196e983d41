package dev.cmdai.safety;

import static dev.cmdai.safety.Findings.shown;

import dev.cmdai.context.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
          "reg",
          "vssadmin");

  private final Findings findings;
  private String folder = "";

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
    for (CmdTokens.Command command : commands) {
      if (!command.target().isEmpty()) {
        write(command.target());
      }
      isDownload &= command.isPiped();
      judge(command.words(), command.isPiped(), isDownload);
      isDownload |=
          !command.words().isEmpty()
              && WindowsRules.isDownload(WindowsRules.program(command.words().getFirst()));
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
    if (name.startsWith("%0") || name.equals("%~f0")) {
      forkBomb(isPiped);
    }
    switch (name) {
      case "del", "erase" -> delete(arguments, has(arguments, "/s"));
      case "rd", "rmdir" -> delete(arguments, has(arguments, "/s"));
      case "move" -> move(arguments);
      case "cd", "chdir", "pushd" -> {
        List<String> operands = operands(arguments);
        folder = operands.isEmpty() ? folder : operands.getLast();
      }
      case "if", "else", "for", "do", "call", "start" -> inner(arguments);
      case "cmd" -> nested(arguments, isPiped, isDownload);
      case "powershell", "pwsh" -> powerShell(arguments, isPiped, isDownload);
      case "bash", "wsl" ->
          new PosixJudge(Shell.BASH, findings)
              .judgeScript(
                  String.join(" ", words.subList(name.equals("wsl") ? 1 : 0, words.size())));
      default -> WindowsRules.program(name, arguments, folder, findings);
    }
  }

  private void forkBomb(boolean isPiped) {
    if (isPiped) {
      findings.add(
          Rule.FORK_BOMB, "starts itself again and again until the machine stops: a fork bomb");
    }
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
