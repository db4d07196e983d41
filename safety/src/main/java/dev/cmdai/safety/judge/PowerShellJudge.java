package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.powershell.PowerShellTokens;
import dev.cmdai.safety.rules.Rule;
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

  private static final Set<String> EACH = Set.of("%", "foreach", "foreach-object");

  private static final Set<String> LISTING =
      Set.of("get-childitem", "gci", "ls", "dir", "get-item", "gi");

  private static final String UNKNOWN = "what shows only then";

  private final Findings findings;
  private final PowerShellVariables variables = new PowerShellVariables();
  private final PowerShellLoops loops = new PowerShellLoops();
  private final WindowsShell shell;

  /** What {@code $_} stands for: the output of this command. */
  private PowerShellTokens.@Nullable Command each;

  PowerShellJudge(Findings findings) {
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
      findings.at(command.start(), command.end());
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
      List<String> arguments = variables.resolved(words.subList(1, words.size()));
      for (int i = 0; i + 1 < arguments.size(); i++) {
        if (arguments.get(i).startsWith(">")) {
          shell.write(arguments.get(i + 1), arguments.get(i).equals(">"));
        }
      }
      findings.running(words);
      judge(variables.program(name), arguments, command.isPiped() ? previous : null);
      loops.follow(command, name);
      variables.follow(command.words());
      if (command.isPiped() && EACH.contains(name)) {
        each = previous;
      }
      previous = command;
    }
    if (loops.isBomb() || code.replace(" ", "").contains("for(;;){start-process")) {
      findings.add(
          Rule.PROCESS_FORK_BOMB,
          "starts programs again and again until the machine stops: a fork bomb");
    }
  }

  /** {@code $x = COMMAND}; also a leading dot, which runs in place. */
  private static List<String> withoutAssignment(List<String> words) {
    String first = words.getFirst();
    int sign = first.startsWith("$") ? first.indexOf('=') : -1;
    if (sign > 0 && sign < first.length() - 1 && words.size() > 1) {
      List<String> command = new ArrayList<>(words);
      command.set(0, first.substring(sign + 1));
      return command;
    }
    boolean isAssignment = words.size() > 1 && first.startsWith("$") && words.get(1).endsWith("=");
    boolean isSplit = sign == first.length() - 1;
    int start = isAssignment ? 2 : isSplit || first.equals(".") ? 1 : 0;
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
          WindowsTarget target = shell.target(operand);
          findings.add(
              target.place().isSystem() ? Rule.OVERWRITE_SYSTEM_FILE : Rule.OVERWRITE_FILE,
              "empties " + shown(operand),
              operand,
              target.place());
        }
      }
      case "clear-recyclebin" ->
          findings.add(Rule.DELETE_FILE, "deletes what is in the recycle bin");
      case "format-volume", "clear-disk", "initialize-disk", "reset-physicaldisk" -> {
        if (!isTrial(arguments)) {
          findings.add(
              Rule.DISK_FORMAT,
              "erases a disk or a volume: everything on it is lost",
              "",
              Place.DEVICE);
        }
      }
      case "remove-partition", "set-partition", "resize-partition", "remove-virtualdisk" ->
          findings.add(Rule.DISK_PARTITION, "changes the partitions of a disk");
      case "stop-computer", "restart-computer" -> {
        if (!isTrial(arguments)) {
          findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        }
      }
      case "move-item", "mv", "mi", "move" -> move(arguments);
      case "rename-item", "ren", "rni" -> move(arguments);
      case "set-content", "out-file", "tee-object" -> write(arguments, true);
      case "copy-item", "cp", "copy", "cpi" -> copy(arguments);
      case "add-content", "ac" -> write(arguments, false);
      case "set-location", "cd", "sl", "chdir", "push-location", "pushd" -> {
        List<String> operands = operands(arguments);
        shell.changeFolder(operands.isEmpty() ? "~" : operands.getFirst());
      }
      case "cmd" -> CmdJudge.nested(arguments, findings);
      case "powershell", "pwsh" -> nested(arguments);
      case "iex", "invoke-expression" ->
          judgeScript(
              arguments.contains("+")
                  ? String.join("", arguments).replace("+", "")
                  : String.join(" ", arguments));
      case "start-process", "saps", "start" -> start(arguments);
      case "bash", "wsl", "sh" -> posix(name, arguments);
      case "start-job", "invoke-command", "icm" -> encodedBlocks(arguments);
      default -> {
        if (name.endsWith("io.directory]::delete") || name.endsWith("io.file]::delete")) {
          findings.add(Rule.CODE_DESTRUCTIVE, "deletes files or folders");
          deleteEach(operands(arguments), name.contains("directory"));
        } else if (name.contains("io.file]::")) {
          for (String operand : operands(arguments)) {
            shell.write(operand, true);
          }
        }
        if (!isReading(name)) {
          shell.program(name, arguments, Feed.NONE);
        }
      }
    }
  }

  /** Names that mean something else here than on other systems. */
  private static boolean isReading(String name) {
    return switch (name) {
      case "echo",
          "write-output",
          "write-host",
          "write",
          "where",
          "sort",
          "select",
          "set",
          "cat",
          "ls",
          "gc",
          "type",
          "man",
          "help",
          "get-help",
          "tee",
          "diff",
          "measure",
          "group",
          "history",
          "h",
          "ps",
          "pwd",
          "kill",
          "sleep",
          "clear",
          "cls",
          "select-string",
          "sls",
          "time",
          "if",
          "foreach",
          "%",
          "?" ->
          true;
      default -> name.startsWith("get-") || name.startsWith("$") || name.startsWith("[");
    };
  }

  /** A block of code is read where it stands; what is left is the target of {@code >}. */
  private void encodedBlocks(List<String> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).equalsIgnoreCase("-filepath")) {
        shell.run(arguments.get(i + 1));
      }
    }
  }

  private void write(List<String> arguments, boolean isOverwrite) {
    if (isTrial(arguments)) {
      return;
    }
    List<String> operands = operands(arguments);
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String option = arguments.get(i).toLowerCase(Locale.ROOT);
      if (option.equals("-destination") || option.equals("-filepath")) {
        shell.write(arguments.get(i + 1), isOverwrite);
      }
    }
    if (!operands.isEmpty()) {
      shell.write(operands.getFirst(), isOverwrite);
    }
  }

  private void copy(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (operands.size() > 1 && !isTrial(arguments)) {
      shell.write(operands.getLast(), true);
    }
  }

  private void remove(List<String> arguments, PowerShellTokens.@Nullable Command source) {
    if (isTrial(arguments)) {
      return;
    }
    boolean isRecursive = isRecursive(arguments);
    List<String> targets = operands(arguments);
    if (each != null && (targets.contains("$_") || targets.contains("$_.FullName"))) {
      piped(each, isRecursive);
    } else if (!targets.isEmpty()) {
      deleteEach(targets, isRecursive);
    } else if (source != null) {
      piped(source, isRecursive);
    } else {
      shell.delete(UNKNOWN, isRecursive);
    }
  }

  private void deleteEach(List<String> targets, boolean isRecursive) {
    for (String target : targets) {
      shell.delete(target, isRecursive);
    }
  }

  /** {@code Get-ChildItem FOLDER -Recurse | Remove-Item} deletes all that is listed. */
  private void piped(PowerShellTokens.Command source, boolean isRecursive) {
    List<String> words = variables.resolved(withoutAssignment(source.words()));
    String name = words.isEmpty() ? "" : WindowsRules.program(words.getFirst());
    List<String> arguments = words.isEmpty() ? List.of() : words.subList(1, words.size());
    boolean isNarrowed =
        WindowsRules.has(arguments, "-filter") || WindowsRules.has(arguments, "-include");
    boolean isConstant = words.size() == 1 && !LISTING.contains(name);
    List<String> listed =
        isConstant
            ? operands(words)
            : LISTING.contains(name) && !isNarrowed ? operands(arguments) : List.of();
    deleteEach(listed, isRecursive || isRecursive(arguments));
    if (listed.isEmpty()) {
      shell.delete(UNKNOWN, isRecursive);
    }
  }

  /** {@code Start-Process PROGRAM -ArgumentList 'A','B'}. */
  private void start(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (String argument : arguments) {
      boolean isOption = words.isEmpty() || argument.toLowerCase(Locale.ROOT).startsWith("-arg");
      if (!(isOption && argument.startsWith("-"))) {
        words.addAll(List.of(argument.split("[,\\s]+", -1)));
      }
    }
    words.removeIf(String::isEmpty);
    if (!words.isEmpty()) {
      shell.run(words.getFirst());
    }
    if (!words.isEmpty() && findings.enterScript()) {
      judge(WindowsRules.program(words.getFirst()), words.subList(1, words.size()), null);
      findings.leaveScript();
    }
  }

  private void move(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (!operands.isEmpty() && !isTrial(arguments)) {
      shell.move(operands.getFirst());
    }
  }

  /** Judges what a PowerShell that is started with these arguments runs. */
  void nested(List<String> arguments) {
    PowerShellOptions options = PowerShellOptions.of(arguments);
    if (options.kind() == PowerShellOptions.Kind.ENCODED) {
      findings.add(Rule.CODE_HIDDEN, "runs code that is encoded, so nobody can read it");
    }
    if (options.kind() == PowerShellOptions.Kind.FILE) {
      shell.run(options.code());
    } else {
      judgeScript(options.code());
    }
  }

  private void posix(String name, List<String> arguments) {
    shell.posix(
        name.equals("wsl")
            ? WindowsShell.linuxCode(arguments)
            : afterOption(arguments, "-c", "-lc"));
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
