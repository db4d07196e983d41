package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/**
 * Judges commands that run code: what they run is judged where it can be read, and named where not.
 */
final class CodeRules {
  private final PosixJudge scripts;
  private final Findings findings;
  private final CodeSources sources;
  private final ShellRules shells;
  private final InterpreterRules interpreters;

  CodeRules(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
    sources = new CodeSources(scripts, findings);
    shells = new ShellRules(sources, scripts, findings);
    interpreters = new InterpreterRules(sources, scripts, findings);
  }

  CodeSources sources() {
    return sources;
  }

  /** Whether the command is one that runs code. */
  boolean judge(Call call, Feed feed) {
    if (ShellRules.isShell(call.name())) {
      shells.judge(call, feed);
      return true;
    }
    switch (call.name()) {
      case "eval" -> eval(call);
      case "source", "." -> source(call, feed);
      case "trap" -> {
        if (!call.arguments().isEmpty()) {
          scripts.judgeScript(call.firstArgument());
        }
      }
      case "alias", "abbr" -> alias(call);
      case "su", "sg" -> {
        optionScript(call);
        boolean isOpen = !call.has("-c") && !call.has("--command") && feed.isGiven();
        if (isOpen) {
          sources.input(call.name(), feed);
        }
      }
      case "runuser" -> {
        optionScript(call);
        if (call.texts().contains("-u")) {
          remainder(call, "uglGw", 0, feed);
        }
      }
      case "script" -> optionScript(call);
      case "capsh" -> afterDashes(call, feed);
      case "watch", "viddy", "hwatch" -> remainder(call, "nd", 0, feed);
      case "ssh", "autossh", "mosh", "dbclient" ->
          remainder(call, "bcDEeFIiJLlmMOopQRSWw", 1, feed);
      case "pwsh", "powershell" -> powerShell(call, feed);
      case "cmd" -> CmdJudge.nested(call.texts(), findings);
      case "wsl" -> scripts.judgeScript(Wrapper.joined(withoutFirstOptions(call.arguments())));
      default -> {
        return interpreters.judge(call, feed);
      }
    }
    return true;
  }

  private static List<Word> withoutFirstOptions(List<Word> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      boolean isValued =
          switch (arguments.get(i).text()) {
            case "-d", "--distribution", "-u", "--user" -> true;
            default -> false;
          };
      i += isValued ? 2 : 1;
    }
    return arguments.subList(Math.min(i, arguments.size()), arguments.size());
  }

  private void eval(Call call) {
    if (call.arguments().size() == 1 && CodeSources.isSetup(call.arguments().getFirst())) {
      return;
    }
    for (Word word : call.arguments()) {
      sources.unknown(word);
    }
    scripts.judgeScript(Wrapper.joined(call.arguments()));
  }

  private void alias(Call call) {
    for (Word word : call.arguments()) {
      int sign = word.text().indexOf('=');
      if (sign > 0) {
        scripts.judgeScript(word.text().substring(sign + 1));
      }
    }
  }

  private void source(Call call, Feed feed) {
    if (call.arguments().isEmpty() || call.firstArgument().equals("-")) {
      if (!CodeSources.isSetup(feed.source())) {
        sources.input(call.name(), feed);
      }
    } else {
      sources.runFile(
          call.arguments().getFirst(), call.texts().subList(1, call.texts().size()), feed);
    }
  }

  /** {@code su USER -c CODE}, and others that take code the same way. */
  void optionScript(Call call) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      boolean isShort = text.length() > 1 && text.charAt(0) == '-' && text.charAt(1) != '-';
      if (text.startsWith("--command=")) {
        sources.code(arguments.get(i).withText(text.substring("--command=".length())), List.of());
      } else if (i + 1 < arguments.size()
          && ((isShort && text.endsWith("c")) || text.equals("--command"))) {
        sources.code(arguments.get(i + 1), List.of());
      }
    }
  }

  /** Commands that join their last arguments and hand them to a shell. */
  private void remainder(Call call, String valued, int operands, Feed feed) {
    List<Word> arguments = call.arguments();
    int i = 0;
    int toSkip = operands;
    while (i < arguments.size()) {
      String option = arguments.get(i).text();
      if (option.equals("--")) {
        i++;
        continue;
      }
      if (!option.startsWith("-")) {
        if (toSkip == 0) {
          break;
        }
        toSkip--;
        i++;
        continue;
      }
      boolean isValued = option.length() == 2 && valued.indexOf(option.charAt(1)) >= 0;
      if (isValued && option.equals("-o") && i + 1 < arguments.size()) {
        proxy(arguments.get(i + 1).text());
      }
      i += isValued ? 2 : 1;
    }
    if (i < arguments.size()) {
      scripts.judgeScript(Wrapper.joined(arguments.subList(i, arguments.size())));
    } else if (operands == 1 && feed.isGiven()) {
      String text = feed.text();
      if (text != null) {
        scripts.judgeScript(text);
      } else {
        findings.add(Rule.CODE_UNKNOWN, "runs what comes in as code on another machine");
      }
    }
    SecretRules.judge(call, feed, findings);
    Effects.judge(call.name(), call.texts(), findings);
  }

  /** {@code ssh -o ProxyCommand=CODE} runs the code here. */
  private void proxy(String option) {
    int sign = option.indexOf('=');
    boolean isCommand = option.startsWith("ProxyCommand") || option.startsWith("LocalCommand");
    if (isCommand && sign > 0) {
      scripts.judgeScript(option.substring(sign + 1));
    }
  }

  /** {@code capsh -- ARGUMENTS} gives them to bash. */
  private void afterDashes(Call call, Feed feed) {
    int at = call.texts().indexOf("--");
    if (at >= 0) {
      List<Word> arguments = call.arguments();
      shells.judge(
          new Call("bash", arguments.subList(at + 1, arguments.size()), call.where(), false), feed);
    }
  }

  private void powerShell(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    if (arguments.isEmpty()) {
      sources.input(call.name(), feed);
      return;
    }
    new PowerShellJudge(findings).nested(call.texts());
  }
}
