package dev.cmdai.safety;

import static dev.cmdai.safety.Findings.shown;

import dev.cmdai.context.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges PowerShell code, command by command. */
final class PowerShellJudge {
  private static final Set<String> VALUED =
      Set.of(
          "-filter",
          "-include",
          "-exclude",
          "-erroraction",
          "-ea",
          "-stream",
          "-credential",
          "-depth",
          "-warningaction",
          "-encoding",
          "-value");

  private final Findings findings;
  private String folder = "";

  PowerShellJudge(Findings findings) {
    this.findings = findings;
  }

  void judgeScript(String code) {
    if (findings.enter()) {
      judgeCommands(code);
      findings.leave();
    }
  }

  private void judgeCommands(String code) {
    PowerShellTokens tokens = new PowerShellTokens(code);
    List<PowerShellTokens.Command> commands = tokens.commands();
    if (!tokens.isComplete()) {
      findings.add(
          Rule.PARSE_INCOMPLETE, "cannot be read to its end: a quote or a bracket is not closed");
    }
    PowerShellTokens.Command previous = null;
    int downloadIn = -1;
    int evaluationIn = -1;
    for (PowerShellTokens.Command command : commands) {
      List<String> words = withoutAssignment(command.words());
      if (words.isEmpty()) {
        continue;
      }
      String name = WindowsRules.program(words.getFirst());
      boolean isDownload =
          WindowsRules.isDownload(name)
              || words.toString().toLowerCase(Locale.ROOT).contains("downloadstring");
      downloadIn = isDownload ? command.statement() : downloadIn;
      evaluationIn = isEvaluation(name) ? command.statement() : evaluationIn;
      if (downloadIn >= 0 && downloadIn == evaluationIn) {
        findings.add(
            Rule.CODE_DOWNLOADED, "runs what it downloads before anybody has looked at it");
      } else if (isEvaluation(name)) {
        findings.add(Rule.CODE_UNKNOWN, "runs a text as code");
      }
      judge(name, words.subList(1, words.size()), command.isPiped() ? previous : null);
      previous = command;
    }
  }

  /** {@code $x = COMMAND}; also a leading dot, which runs in place. */
  private static List<String> withoutAssignment(List<String> words) {
    boolean isAssignment =
        words.size() > 1 && words.getFirst().startsWith("$") && words.get(1).endsWith("=");
    int start = isAssignment ? 2 : words.getFirst().equals(".") ? 1 : 0;
    return words.subList(start, words.size());
  }

  private static boolean isEvaluation(String name) {
    return name.equals("iex") || name.equals("invoke-expression") || name.contains("[scriptblock]");
  }

  private void judge(
      String name, List<String> arguments, PowerShellTokens.@Nullable Command source) {
    switch (name) {
      case "remove-item", "rm", "ri", "del", "erase", "rd", "rmdir" -> remove(arguments, source);
      case "clear-content", "clc" -> {
        for (String operand : operands(arguments)) {
          findings.add(Rule.OVERWRITE_FILE, "empties " + shown(operand));
        }
      }
      case "clear-recyclebin" ->
          findings.add(Rule.DELETE_FILE, "deletes what is in the recycle bin");
      case "format-volume", "clear-disk", "initialize-disk", "reset-physicaldisk" ->
          findings.add(Rule.DISK_FORMAT, "erases a disk or a volume: everything on it is lost");
      case "remove-partition", "set-partition", "resize-partition", "remove-virtualdisk" ->
          findings.add(Rule.DISK_PARTITION, "changes the partitions of a disk");
      case "stop-computer", "restart-computer" -> {
        if (!isTrial(arguments)) {
          findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        }
      }
      case "move-item", "mv", "mi", "move" -> move(arguments);
      case "set-location", "cd", "sl", "chdir", "push-location", "pushd" -> {
        List<String> operands = operands(arguments);
        folder = operands.isEmpty() ? "~" : operands.getFirst();
      }
      case "cmd" -> new CmdJudge(findings).judgeScript(afterOption(arguments, "/c", "/k"));
      case "powershell", "pwsh" -> nested(arguments);
      case "bash", "wsl", "sh" -> posix(name, arguments);
      default -> {
        if (name.contains("[io.directory]::delete")
            || name.contains("[system.io.directory]::delete")
            || name.contains("[io.file]::delete")) {
          findings.add(Rule.CODE_DESTRUCTIVE, "deletes files or folders");
        }
        WindowsRules.program(name, arguments, folder, findings);
      }
    }
  }

  private void remove(List<String> arguments, PowerShellTokens.@Nullable Command source) {
    if (isTrial(arguments)) {
      return;
    }
    boolean isRecursive = isRecursive(arguments);
    List<String> targets = operands(arguments);
    if (targets.isEmpty() && source != null) {
      piped(source, isRecursive);
      return;
    }
    for (String target : targets) {
      WindowsRules.delete(WindowsTarget.of(target, folder), isRecursive, findings);
    }
  }

  /** {@code Get-ChildItem FOLDER -Recurse | Remove-Item} deletes all that is listed. */
  private void piped(PowerShellTokens.Command source, boolean isRecursive) {
    List<String> words = withoutAssignment(source.words());
    String name = words.isEmpty() ? "" : WindowsRules.program(words.getFirst());
    List<String> arguments = words.isEmpty() ? List.of() : words.subList(1, words.size());
    boolean isListing =
        Set.of("get-childitem", "gci", "ls", "dir", "get-item", "gi").contains(name);
    boolean isNarrowed =
        WindowsRules.has(arguments, "-filter") || WindowsRules.has(arguments, "-include");
    boolean isAll = isRecursive || isRecursive(arguments);
    List<String> listed = isListing && !isNarrowed ? operands(arguments) : List.of();
    for (String target : listed) {
      WindowsRules.delete(WindowsTarget.of(target, folder), isAll, findings);
    }
    if (listed.isEmpty()) {
      WindowsRules.delete(
          new WindowsTarget("what the pipe names", Place.ELSEWHERE, false), isRecursive, findings);
    }
  }

  private void move(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (!operands.isEmpty() && !isTrial(arguments)) {
      WindowsTarget target = WindowsTarget.of(operands.getFirst(), folder);
      if (target.place().isVital()) {
        findings.add(Rule.MOVE_SYSTEM, "moves " + shown(target.path()) + " away");
      }
    }
  }

  private void nested(List<String> arguments) {
    for (String argument : arguments) {
      String option = argument.toLowerCase(Locale.ROOT);
      if (option.startsWith("-e") && !option.startsWith("-ex")) {
        findings.add(Rule.CODE_UNKNOWN, "runs code that is encoded, so nobody can read it");
        return;
      }
    }
    judgeScript(afterOption(arguments, "-c", "-command"));
  }

  private void posix(String name, List<String> arguments) {
    PosixJudge judge = new PosixJudge(Shell.BASH, findings);
    judge.judgeScript(
        name.equals("wsl") ? String.join(" ", arguments) : afterOption(arguments, "-c", "-lc"));
  }

  private static String afterOption(List<String> arguments, String option, String other) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equalsIgnoreCase(option) || argument.equalsIgnoreCase(other)) {
        return String.join(" ", arguments.subList(i + 1, arguments.size()));
      }
    }
    return "";
  }

  /** {@code -Recurse} in any shortened form, and the {@code -rf} of those who come from Unix. */
  private static boolean isRecursive(List<String> arguments) {
    for (String argument : arguments) {
      String option = argument.toLowerCase(Locale.ROOT);
      boolean isOption = "-recurse".startsWith(option) && option.length() > 1;
      if (isOption
          || option.equals("-rf")
          || option.equals("-fr")
          || option.equals("/s")
          || option.equals("-recurse:$true")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrial(List<String> arguments) {
    return WindowsRules.has(arguments, "-whatif") || WindowsRules.has(arguments, "-?");
  }

  /** What is left without options and their values; lists are taken apart. */
  private static List<String> operands(List<String> arguments) {
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      String lower = argument.toLowerCase(Locale.ROOT);
      boolean isFlag = lower.startsWith("-") || (lower.length() == 2 && lower.startsWith("/"));
      if (isFlag && VALUED.contains(lower)) {
        i++;
      } else if (!isFlag) {
        for (String part : argument.split(",", -1)) {
          if (!part.isBlank()) {
            operands.add(part);
          }
        }
      } else if (lower.startsWith("-path:") || lower.startsWith("-literalpath:")) {
        operands.add(argument.substring(argument.indexOf(':') + 1));
      }
    }
    return operands;
  }
}
