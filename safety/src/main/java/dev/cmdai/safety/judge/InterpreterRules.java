package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges interpreters of other languages by the code that they get: as a word, a file or input. */
final class InterpreterRules {
  private final CodeSources sources;
  private final PosixJudge scripts;
  private final Findings findings;
  private final ForeignCode foreign;

  InterpreterRules(CodeSources sources, PosixJudge scripts, Findings findings) {
    this.sources = sources;
    this.scripts = scripts;
    this.findings = findings;
    foreign = new ForeignCode(scripts, findings);
  }

  /** Whether the command is an interpreter. */
  boolean judge(Call call, Feed feed) {
    if (!Interpreters.isOne(call.name())) {
      return false;
    }
    List<Word> arguments = call.arguments();
    Effects.judge(call.name(), call.texts(), findings);
    WriteRules.judge(call, findings);
    boolean hasProgram = false;
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      boolean isOption = text.startsWith("-") && text.length() > 1;
      boolean isEval = text.equals("eval") && !isOption;
      if ((isEval || (isOption && Interpreters.isCode(call.name(), text)))
          && i + 1 < arguments.size()) {
        sources.unknownProgram(arguments.get(i + 1));
        String program = arguments.get(i + 1).text();
        foreign.judge(call.name(), program);
        String given = feed.text();
        if (given != null && program.contains("stdin") && program.contains("exec")) {
          foreign.judge(call.name(), given);
        }
        return true;
      }
      String attached = Interpreters.attached(call.name(), text);
      if (isOption && !attached.isEmpty()) {
        foreign.judge(call.name(), attached);
        return true;
      }
      boolean isStandardInput = text.equals("-") || text.equals("/dev/stdin");
      if (!isOption && !isStandardInput) {
        program(arguments.get(i), call);
        hasProgram = true;
        break;
      }
      hasProgram |= text.startsWith("-m") || text.equals("--version") || text.equals("-V");
    }
    if (!hasProgram && feed.isGiven()) {
      interpretedInput(call, feed);
    }
    return true;
  }

  private void program(Word word, Call call) {
    String content = scripts.inputs().content(word);
    if (content != null) {
      foreign.judge(call.name(), content);
    }
    if (scripts.files().isDownload(word.text())) {
      sources.fileFrom(word);
    } else if (!word.outputs().isEmpty()) {
      sources.unknown(word);
    }
  }

  private void interpretedInput(Call call, Feed feed) {
    String text = feed.text();
    if (text != null) {
      foreign.judge(call.name(), text);
    }
    if (feed.isPiped()) {
      findings.add(
          feed.isDownload() ? Rule.CODE_DOWNLOADED : Rule.CODE_PIPED,
          "runs what "
              + (feed.isDownload() ? "it downloads" : "the pipe brings")
              + " in "
              + call.name()
              + " as code");
    }
  }
}
