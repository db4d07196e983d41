package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges code by where it comes from: a word, a file or standard input. */
final class CodeSources {
  private final PosixJudge scripts;
  private final Findings findings;

  CodeSources(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
  }

  /**
   * A script that is given as a word.
   *
   * @param arguments what it finds in {@code $0}, {@code $1} and so on
   */
  void code(Word word, List<String> arguments) {
    unknown(word);
    if (arguments.isEmpty()) {
      scripts.judgeScript(word.text());
    } else {
      scripts.judgeNamedScript(word.text(), arguments);
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

  /** Code in another language: a variable inside it is most often a plain value. */
  void unknownProgram(Word word) {
    if (isVariable(word) || PosixJudge.isDownloaded(word)) {
      unknown(word);
    }
  }

  /** {@code eval "$(TOOL init SHELL)"}: how many tools ask to be set up. */
  static boolean isSetup(Word word) {
    List<Output> outputs = word.outputs();
    if (outputs.size() != 1 || outputs.getFirst().body().size() != 1) {
      return false;
    }
    List<Pipeline.Node> stages = outputs.getFirst().body().getFirst().stages();
    return stages.size() == 1
        && stages.getFirst() instanceof SimpleCommand command
        && isSetup(command.words());
  }

  /** {@code TOOL init SHELL}, and what else writes only settings of its own. */
  static boolean isSetup(List<Word> words) {
    for (Word part : words) {
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
            "alias",
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
    String content = scripts.inputs().content(word);
    if (content != null && findings.repeat()) {
      scripts.judgeScript(content, arguments);
    }
    if (word.text().equals("/dev/stdin") || word.text().equals("/proc/self/fd/0")) {
      input("the shell", feed);
    } else if (content == null || word.outputs().isEmpty()) {
      fileFrom(word);
    }
  }

  /** Judges a file that is run by where it comes from. */
  void fileFrom(Word word) {
    if (scripts.files().isDownload(word.text())) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs " + shown(word.text()) + ", which it downloads before anybody has looked at it");
    } else if (!word.outputs().isEmpty()) {
      unknown(word);
    }
  }

  /** A script that is read from standard input. */
  void input(String reader, Feed feed) {
    String text = feed.text();
    if (text != null) {
      scripts.judgeScript(text);
    }
    Redirect redirect = feed.input();
    if (redirect != null) {
      if (redirect.operator().startsWith("<<")) {
        unknown(redirect.target());
      } else {
        fileFrom(redirect.target());
      }
    } else if (feed.isDownload() && feed.isPiped()) {
      findings.add(
          Rule.CODE_DOWNLOADED,
          "runs what it downloads in " + reader + " before anybody has looked at it");
    } else if (feed.isPiped()) {
      findings.add(Rule.CODE_PIPED, "runs what the pipe brings in " + reader + " as code");
    }
  }
}
