package dev.cmdai.safety.judge;

import dev.cmdai.safety.judge.CmdJudge.Output;
import dev.cmdai.safety.parse.cmd.CmdNode.Simple;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judges single commands of cmd.exe, and follows what they write. */
final class CmdCommands {
  private final CmdJudge scripts;
  private final CmdVariables variables;
  private final CmdLoops loops;
  private final WindowsShell shell;
  private final Findings findings;
  private final CmdFiles files;

  CmdCommands(
      CmdJudge scripts,
      CmdVariables variables,
      CmdLoops loops,
      WindowsShell shell,
      Findings findings) {
    this.scripts = scripts;
    this.variables = variables;
    this.loops = loops;
    this.shell = shell;
    this.findings = findings;
    files = new CmdFiles(loops, shell, findings);
  }

  Output judge(Simple command, Output input, boolean isPiped) {
    String line = command.line().strip();
    int end = 0;
    while (end < line.length() && Character.isLetter(line.charAt(end))) {
      end++;
    }
    String rest = line.substring(Math.min(end + 1, line.length()));
    return switch (line.substring(0, end).toLowerCase(Locale.ROOT)) {
      case "echo" -> {
        findings.running(command.words());
        yield new Output(rest + "\n", false, false);
      }
      case "set" -> {
        set(rest.strip());
        yield Output.NONE;
      }
      default -> judge(command.words(), input, isPiped);
    };
  }

  /** {@code set NAME=VALUE}, also in quotes; what is asked for or computed is not known. */
  private void set(String written) {
    boolean isAsked = written.startsWith("/");
    String plain = isAsked ? written.replaceFirst("^/\\S+\\s*", "") : written;
    int last = plain.lastIndexOf('"');
    plain = plain.startsWith("\"") && last > 0 ? plain.substring(1, last) : plain;
    int sign = plain.indexOf('=');
    if (sign > 0) {
      variables.set(plain.substring(0, sign).strip(), isAsked ? null : plain.substring(sign + 1));
    }
  }

  private Output judge(List<String> words, Output input, boolean isPiped) {
    if (words.isEmpty() || !findings.enter()) {
      return Output.NONE;
    }
    Output output = named(words, input, isPiped);
    findings.leave();
    return output;
  }

  private Output named(List<String> words, Output input, boolean isPiped) {
    String name = WindowsRules.program(words.getFirst());
    List<String> arguments = words.subList(1, words.size());
    loops.follow(name, arguments, isPiped);
    if (files.judge(name, arguments)) {
      findings.running(words);
      return Output.NONE;
    }
    switch (name) {
      case "cd", "chdir", "pushd" -> {
        List<String> operands = CmdFiles.operands(arguments);
        if (!operands.isEmpty()) {
          shell.changeFolder(operands.getLast());
        }
      }
      case "call", "else", "do" -> {
        return judge(arguments, input, isPiped);
      }
      case "type", "more" -> {
        findings.running(words);
        return read(arguments, input);
      }
      case "rem",
          "title",
          "prompt",
          "dir",
          "find",
          "findstr",
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
          "setlocal",
          "endlocal",
          "popd",
          "pause",
          "timeout",
          "goto",
          "kill",
          "at",
          "assoc",
          "ftype",
          "write",
          "print" ->
          other(name, words, arguments);
      case "schtasks", "sc", "wmic", "reg" -> later(name, arguments);
      case "start" -> start(arguments);
      case "forfiles" -> loops.forFiles(arguments);
      case "cmd" -> {
        String code = code(arguments);
        if (code != null) {
          return scripts.judgeScript(code);
        }
        piped(input, isPiped, true);
      }
      case "powershell", "pwsh" -> powerShell(arguments, input, isPiped);
      case "wsl" -> {
        Effects.judge(name, arguments, findings);
        shell.linux(arguments, feed(input, isPiped));
      }
      default -> {
        String content = shell.content(words.getFirst());
        content = content == null ? shell.content(name + ".bat") : content;
        if (content != null) {
          shell.run(name);
          return scripts.judgeScript(content);
        }
        unknown(name);
        shell.program(name, arguments, feed(input, isPiped));
        return new Output(null, WindowsRules.isDownload(name), false);
      }
    }
    return Output.UNKNOWN;
  }

  private void other(String name, List<String> words, List<String> arguments) {
    findings.running(words);
    if (name.equals("assoc") || name.equals("ftype")) {
      Effects.judge(name, arguments, findings);
    }
  }

  /** A variable that the code does not set: nobody can tell which program it names. */
  private void unknown(String name) {
    boolean isVariable =
        name.length() > 2
            && (name.startsWith("%") || name.startsWith("!"))
            && name.indexOf(name.charAt(0), 1) > 1;
    if (isVariable) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs " + Findings.shown(name) + ": which command that is shows only when it runs");
    }
  }

  private Output read(List<String> arguments, Output input) {
    List<String> operands = CmdFiles.operands(arguments);
    if (operands.isEmpty()) {
      return input;
    }
    String path = operands.getFirst();
    String content = path.equalsIgnoreCase("nul") ? "" : shell.content(path);
    return new Output(content, shell.isDownloaded(path), Secrets.isOne(path));
  }

  /** {@code schtasks /create /tr CODE}, {@code sc create X binPath= CODE}. */
  private void later(String name, List<String> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      boolean isCode =
          switch (arguments.get(i).toLowerCase(Locale.ROOT)) {
            case "/tr", "binpath", "create" -> true;
            default -> false;
          };
      if (isCode && arguments.get(i + 1).indexOf(' ') > 0) {
        scripts.judgeScript(arguments.get(i + 1));
      }
    }
    shell.program(name, arguments, Feed.NONE);
  }

  /** The command that {@code start} runs, behind its options and the title of its window. */
  private void start(List<String> arguments) {
    int first = behindOptions(arguments, 0);
    int second = behindOptions(arguments, first + 1);
    for (int i : new int[] {first, second}) {
      if (i < arguments.size()) {
        judge(arguments.subList(i, arguments.size()), Output.NONE, false);
      }
    }
  }

  private static int behindOptions(List<String> arguments, int start) {
    int i = start;
    while (i < arguments.size()
        && (arguments.get(i).startsWith("/") || arguments.get(i).isEmpty())) {
      i += arguments.get(i).equalsIgnoreCase("/d") ? 2 : 1;
    }
    return i;
  }

  /** What {@code cmd} runs with these arguments; null when they name no command. */
  static @Nullable String code(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i).toLowerCase(Locale.ROOT);
      if (option.startsWith("/c") || option.startsWith("/k") || option.startsWith("/r")) {
        // "/crd" is "/c rd".
        String rest = String.join(" ", arguments.subList(i + 1, arguments.size()));
        return arguments.get(i).substring(2) + " " + rest;
      }
    }
    return null;
  }

  private void powerShell(List<String> arguments, Output input, boolean isPiped) {
    if (isPiped && PowerShellOptions.of(arguments).code().isEmpty()) {
      piped(input, true, false);
    }
    new PowerShellJudge(findings, shell).nested(arguments);
  }

  /** What a pipe brings into a shell is code. */
  private void piped(Output input, boolean isPiped, boolean isCmd) {
    String text = input.text();
    if (!isPiped) {
      return;
    }
    if (input.isDownload()) {
      findings.add(Rule.CODE_DOWNLOADED, "runs what it downloads, before anybody has looked at it");
    } else if (text == null) {
      findings.add(Rule.CODE_PIPED, "runs what the pipe brings as code");
    } else if (isCmd) {
      scripts.judgeScript(text);
    } else {
      new PowerShellJudge(findings, shell).judgeScript(text);
    }
  }

  private static Feed feed(Output input, boolean isPiped) {
    return new Feed(
        isPiped,
        List.of(),
        isPiped ? input.text() : null,
        input.isDownload(),
        input.isSecret(),
        List.of());
  }
}
