package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.PosixParser;
import dev.cmdai.safety.parse.posix.Script;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.parse.posix.Word.Substitution;
import dev.cmdai.safety.rules.Rule;
import dev.cmdai.shell.Shell;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks through code for a POSIX-like shell and has every command in it judged, also those in
 * brackets, substitutions and quoted scripts.
 */
final class PosixJudge {
  private static final int LONGEST_FOLDER = 4096;

  private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ksh", "fish");

  private final Shell shell;
  private final Findings findings;
  private final CommandJudge commands;
  private final ShellVariables variables = new ShellVariables();
  private String folder = "";
  private String function = "";

  PosixJudge(Shell shell, Findings findings) {
    this.shell = shell;
    this.findings = findings;
    commands = new CommandJudge(this, findings);
  }

  void judgeScript(String code) {
    if (!findings.enter()) {
      return;
    }
    Script script = PosixParser.parse(code, shell);
    if (!script.isComplete()) {
      findings.add(
          Rule.PARSE_INCOMPLETE, "cannot be read to its end: a quote or a bracket is not closed");
    }
    if (script.isTooDeep()) {
      findings.add(Rule.CODE_NESTED, "is nested too deep to be judged");
    }
    judge(script.pipelines());
    findings.leave();
  }

  String folder() {
    return folder;
  }

  /** Follows a {@code cd}. */
  void changeFolder(@Nullable Word target) {
    if (target == null) {
      folder = "~";
      return;
    }
    String path = target.text();
    if (target.hasUnknown() || path.startsWith("-")) {
      folder = "";
    } else if (path.startsWith("/") || path.startsWith("~")) {
      folder = path;
    } else if (!folder.isEmpty()) {
      folder = folder + "/" + path;
    }
    if (folder.length() > LONGEST_FOLDER) {
      folder = "";
    }
  }

  /** Judges all commands; true when one of them downloads something. */
  private boolean judge(List<Pipeline> pipelines) {
    boolean isDownload = false;
    for (Pipeline pipeline : pipelines) {
      isDownload |= judge(pipeline);
    }
    return isDownload;
  }

  private boolean judge(Pipeline pipeline) {
    boolean isDownload = false;
    int selfCalls = 0;
    Node previous = null;
    for (Node stage : pipeline.stages()) {
      switch (stage) {
        case Group group -> isDownload |= judge(group);
        case SimpleCommand command -> {
          selfCalls += isSelfCall(command) ? 1 : 0;
          isDownload |= judge(command, new Feed(previous, isDownload, command.redirects()));
        }
      }
      previous = stage;
    }
    if (selfCalls > 1 || (selfCalls == 1 && pipeline.isBackground())) {
      findings.add(
          Rule.FORK_BOMB, "starts itself again and again until the machine stops: a fork bomb");
    }
    return isDownload;
  }

  private boolean judge(Group group) {
    String outerFolder = folder;
    String outerFunction = function;
    if (!group.function().isEmpty()) {
      function = group.function();
    }
    boolean isDownload = judge(group.body());
    folder = outerFolder;
    function = outerFunction;
    return isDownload;
  }

  private boolean isSelfCall(SimpleCommand command) {
    if (command.words().isEmpty()) {
      return false;
    }
    String name = command.words().getFirst().text();
    if (shell == Shell.FISH && name.equals("function") && command.words().size() > 1) {
      function = command.words().get(1).text();
    }
    boolean isOwnFile =
        SHELLS.contains(name)
            && command.words().size() == 2
            && command.words().getLast().text().equals("$0");
    return isOwnFile || name.equals("$0") || (!function.isEmpty() && name.equals(function));
  }

  private boolean judge(SimpleCommand command, Feed feed) {
    for (Word word : command.words()) {
      judgeInside(word);
    }
    for (Redirect redirect : command.redirects()) {
      judgeInside(redirect.target());
    }
    variables.follow(command.words(), shell == Shell.FISH);
    List<Word> words = variables.resolved(Wrapper.withoutAssignments(command.words()));
    boolean isAlone = words.isEmpty() || words.getFirst().text().equals(":");
    for (Redirect redirect : command.redirects()) {
      WriteRules.redirect(redirect, new Call("", List.of(), folder, false), isAlone, findings);
    }
    return commands.judge(words, feed, false);
  }

  private void judgeInside(Word word) {
    for (Substitution substitution : word.substitutions()) {
      judgeApart(substitution);
    }
  }

  private boolean judgeApart(Substitution substitution) {
    String outerFolder = folder;
    boolean isDownload = judge(substitution.body());
    folder = outerFolder;
    return isDownload;
  }

  /** Whether the word is, or holds, what a command inside it downloads. */
  boolean isDownloaded(Word word) {
    for (Substitution substitution : word.substitutions()) {
      if (Downloads.isIn(substitution.body())) {
        return true;
      }
    }
    return false;
  }
}
