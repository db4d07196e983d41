package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.judge.PowerShellValue.Origin;
import dev.cmdai.safety.judge.PowerShellValue.Text;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges programs and script files that PowerShell code starts, other shells among them. */
final class PowerShellPrograms {
  private final PowerShellJudge scripts;
  private final WindowsShell shell;
  private final Findings findings;

  PowerShellPrograms(PowerShellJudge scripts, WindowsShell shell, Findings findings) {
    this.scripts = scripts;
    this.shell = shell;
    this.findings = findings;
  }

  /** Judges a program, or a command of PowerShell that is one in all but its name. */
  PowerShellValue run(String name, String written, PowerShellCall call, boolean isPiped) {
    List<String> words = call.words();
    switch (name) {
      case "cmd" -> {
        if (!CmdJudge.nested(words, shell, findings) && isPiped) {
          piped(call.input(), true);
        }
      }
      case "powershell", "pwsh" -> {
        scripts.loops().start();
        if (call.blocks().isEmpty()) {
          powerShell(words, call.input(), isPiped);
        }
      }
      case "wsl" -> {
        Effects.judge(name, words, findings);
        shell.linux(words, feed(call.input(), isPiped));
      }
      default -> {
        file(written);
        boolean isTrial = name.indexOf('-') > 0 && call.isTrial();
        if (!isReading(name) && !isTrial) {
          shell.program(name, words, feed(call.input(), isPiped));
        }
      }
    }
    return given(name, call);
  }

  private PowerShellValue given(String name, PowerShellCall call) {
    if (!WindowsRules.isDownload(name)) {
      return PowerShellValue.unknown(call.written());
    }
    for (Text file : call.named("outfile", "destination").texts()) {
      shell.write(file.target(), true);
    }
    return PowerShellValue.text(call.written(), Origin.DOWNLOADED);
  }

  private void powerShell(List<String> words, PowerShellValue input, boolean isPiped) {
    PowerShellOptions options = PowerShellOptions.of(words);
    boolean isInput = options.code().isEmpty();
    if (isPiped && isInput) {
      piped(input, false);
    }
    new PowerShellJudge(findings, shell).nested(words);
  }

  /** What a pipe brings into a shell is code. */
  private void piped(PowerShellValue input, boolean isCmd) {
    Text code = input.joined("\n");
    if (code.isKnown()) {
      if (isCmd) {
        new CmdJudge(findings, shell).judgeScript(code.text());
      } else {
        new PowerShellJudge(findings, shell).judgeScript(code.text());
      }
      return;
    }
    boolean isDownload = code.origin() == Origin.DOWNLOADED;
    findings.add(
        isDownload ? Rule.CODE_DOWNLOADED : Rule.CODE_PIPED,
        isDownload
            ? "runs what it downloads, before anybody has looked at it"
            : "runs " + shown(code.target()) + " as code");
  }

  private static Feed feed(PowerShellValue input, boolean isPiped) {
    Text text = input.joined("\n");
    boolean isDownload = text.origin() == Origin.DOWNLOADED;
    boolean isSecret = !text.isKnown() && Secrets.isOne(text.text());
    return new Feed(
        isPiped,
        List.of(),
        isPiped && text.isKnown() ? text.text() : null,
        isDownload,
        isSecret,
        List.of());
  }

  /** Names that only read, or that mean something else on other systems. */
  private static boolean isReading(String name) {
    return name.startsWith("get-")
        || name.startsWith("format-")
        || name.startsWith("write-")
        || name.startsWith("test-")
        || name.startsWith("measure-")
        || name.startsWith("select-")
        || name.startsWith("sort-")
        || name.startsWith("compare-")
        || name.startsWith("convertto-")
        || name.startsWith("convertfrom-");
  }

  /** Runs a file: its text, where the code wrote it. */
  void file(String path) {
    shell.run(path);
    String content = shell.content(path);
    if (content == null) {
      return;
    }
    String lower = path.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".bat") || lower.endsWith(".cmd")) {
      new CmdJudge(findings, shell).judgeScript(content);
    } else if (lower.endsWith(".ps1")) {
      new PowerShellJudge(findings, shell).judgeScript(content);
    }
  }

  /** Starts a program with a line of arguments. */
  void start(String program, String line, PowerShellCommands commands) {
    List<String> words = words(program + " " + line);
    boolean isOne = line.isBlank() || program.indexOf(' ') > 0;
    List<String> parts = isOne && program.indexOf(':') == 1 ? List.of(program) : words;
    List<PowerShellCall.Given> given = new ArrayList<>();
    for (String word : parts.subList(Math.min(1, parts.size()), parts.size())) {
      given.add(new PowerShellCall.Given("", true, PowerShellValue.known(word)));
    }
    if (!parts.isEmpty() && findings.enterScript()) {
      PowerShellCall call = new PowerShellCall(given, PowerShellValue.NOTHING, program);
      commands.call(new Text(parts.getFirst(), Origin.KNOWN), call, false);
      findings.leaveScript();
    }
  }

  /** The words of a line for Windows: only double quotes quote. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c > ' ' || isQuoted) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }
}
