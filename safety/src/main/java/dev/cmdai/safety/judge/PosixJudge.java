package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Pipeline;
import dev.cmdai.safety.parse.posix.Pipeline.Group;
import dev.cmdai.safety.parse.posix.Pipeline.Node;
import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Pipeline.SimpleCommand;
import dev.cmdai.safety.parse.posix.PosixParser;
import dev.cmdai.safety.parse.posix.Script;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks through code for a POSIX-like shell and has every command in it judged, also those in
 * brackets, substitutions and quoted scripts.
 */
final class PosixJudge {
  private static final int LONGEST_FOLDER = 4096;

  private final Shell shell;
  private final Findings findings;
  private final CommandJudge commands;
  private final ShellValues values = new ShellValues();
  private final WrittenFiles files = new WrittenFiles();
  private final Outputs outputs;
  private final Expander expander;
  private final Assignments assignments;
  private final SelfCalls selfCalls;
  private final Definitions definitions = new Definitions();
  private String folder;

  PosixJudge(Shell shell, Findings findings) {
    this.shell = shell;
    this.findings = findings;
    folder = findings.here().folder();
    commands = new CommandJudge(this, findings);
    outputs = new Outputs(findings, values, files);
    expander = outputs.expander();
    assignments = new Assignments(values, expander, shell);
    selfCalls = new SelfCalls(shell);
  }

  /** Judges code that is quoted in the code, or all of it. */
  void judgeScript(String code) {
    if (!findings.enterPosixScript()) {
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
    findings.leavePosixScript();
  }

  /** Judges code that gets arguments of its own. */
  void judgeScript(String code, List<String> arguments) {
    Map<String, List<String>> outer = values.bind(arguments);
    judgeScript(code);
    values.unbind(outer);
  }

  /** Judges a command that is already taken apart, for code in another language. */
  void judgeWords(List<String> words, Feed feed) {
    List<Word> literal = new ArrayList<>(words.size());
    for (String word : words) {
      literal.add(Word.literal(word));
    }
    commands.judge(literal, feed, false);
  }

  WrittenFiles files() {
    return files;
  }

  Where where() {
    return new Where(folder, findings.here());
  }

  /** Follows a {@code cd}. */
  void changeFolder(@Nullable Word target) {
    if (target == null) {
      folder = Word.HOME;
      return;
    }
    String path = target.text();
    if (target.hasUnknown() || path.startsWith("-")) {
      folder = "";
    } else if (Target.isAbsolute(path) || folder.isEmpty()) {
      folder = path;
    } else {
      folder = folder + "/" + path;
    }
    if (folder.length() > LONGEST_FOLDER) {
      folder = "";
    }
  }

  /** Judges all commands; true when one of them downloads something. */
  private boolean judge(List<Pipeline> pipelines) {
    boolean isDownload = false;
    if (shell == Shell.FISH) {
      definitions.ofFish(pipelines);
    }
    for (Pipeline pipeline : pipelines) {
      isDownload |= judge(pipeline);
    }
    return isDownload;
  }

  private boolean judge(Pipeline pipeline) {
    boolean isDownload = false;
    boolean isSecret = false;
    boolean isPiped = false;
    int selfCallsHere = 0;
    String known = null;
    List<Word> source = List.of();
    for (Node stage : pipeline.stages()) {
      if (stage instanceof Group group) {
        isDownload |= judge(group);
        boolean isRun = group.function().isEmpty() && pipeline.stages().size() > 1;
        known = isRun ? outputs.partly(group.body()) : null;
        source = List.of();
      } else if (stage instanceof SimpleCommand command) {
        selfCallsHere += selfCalls.isOne(command.words()) ? 1 : 0;
        Stage judged = expanded(command);
        Feed feed = new Feed(isPiped, source, known, isDownload, isSecret, judged.redirects());
        isDownload |= judge(judged, feed);
        isSecret |= Secrets.isRead(judged.words(), judged.redirects());
        known = outputs.of(judged.words(), judged.redirects(), known);
        source = judged.words();
        follow(judged, feed);
      }
      isPiped = true;
    }
    selfCalls.judge(selfCallsHere, pipeline.isBackground(), findings);
    return isDownload;
  }

  private boolean judge(Group group) {
    String outerFolder = folder;
    String outerFunction = selfCalls.enter(group.function());
    Map<String, List<String>> outerValues = group.isSubshell() ? values.all() : Map.of();
    if (!group.function().isEmpty()) {
      definitions.define(group.function(), group.body());
    }
    boolean isDownload = judge(group.body());
    if (group.isSubshell()) {
      values.restore(outerValues);
    }
    if (group.isSubshell() || !group.function().isEmpty()) {
      folder = outerFolder;
    }
    selfCalls.leave(outerFunction);
    return isDownload;
  }

  /** A command with the values of its words. */
  private record Stage(List<Word> words, List<Redirect> redirects) {}

  private Stage expanded(SimpleCommand command) {
    findings.at(command.start(), command.end());
    for (Word word : command.words()) {
      judgeInside(word);
    }
    List<Redirect> redirects = new ArrayList<>(command.redirects().size());
    for (Redirect redirect : command.redirects()) {
      judgeInside(redirect.target());
      for (Word target : expander.alternatives(redirect.target())) {
        redirects.add(new Redirect(redirect.operator(), target));
      }
    }
    findings.at(command.start(), command.end());
    assignments.follow(command.words());
    List<Word> words = expander.expand(Wrapper.withoutAssignments(command.words()));
    assignments.followCommand(words, redirects);
    return new Stage(words, redirects);
  }

  private boolean judge(Stage stage, Feed feed) {
    List<Word> words = stage.words();
    boolean isAlone = words.isEmpty() || words.getFirst().text().equals(":");
    for (Redirect redirect : stage.redirects()) {
      WriteRules.redirect(redirect, new Call("", List.of(), where(), false), isAlone, findings);
    }
    if (!words.isEmpty() && call(words)) {
      return false;
    }
    return commands.judge(words, feed, false);
  }

  /** Runs an alias, or a function to which something is given; false where there is none. */
  private boolean call(List<Word> words) {
    String name = words.getFirst().text();
    String alias = definitions.alias(name);
    List<Word> arguments = words.subList(1, words.size());
    if (alias != null && findings.repeat()) {
      definitions.suspend(name);
      judgeScript(alias + " " + Wrapper.joined(arguments));
      definitions.resume(name, alias);
      return true;
    }
    List<Pipeline> body = definitions.function(name);
    if (body == null || arguments.isEmpty() || !findings.repeat() || !findings.enter()) {
      return false;
    }
    List<String> texts = new ArrayList<>();
    for (Word argument : arguments) {
      texts.add(argument.text());
    }
    Map<String, List<String>> outer = values.bind(texts);
    judge(body);
    values.unbind(outer);
    findings.leave();
    return true;
  }

  /** Remembers what the command defines or writes, for the commands after it. */
  private void follow(Stage stage, Feed feed) {
    List<Word> words = stage.words();
    if (words.isEmpty()) {
      return;
    }
    String name = CommandJudge.program(words.getFirst());
    if (name.equals("alias") || name.equals("abbr")) {
      definitions.alias(words.subList(1, words.size()));
    }
    FileEffects.follow(
        name, words, stage.redirects(), outputs.of(words, List.of(), feed.text()), feed, files);
  }

  private void judgeInside(Word word) {
    for (Output output : word.outputs()) {
      String outerFolder = folder;
      judge(output.body());
      folder = outerFolder;
    }
  }

  /** Whether the word is, or holds, what a command inside it downloads. */
  static boolean isDownloaded(Word word) {
    for (Output output : word.outputs()) {
      if (Downloads.isIn(output.body())) {
        return true;
      }
    }
    return false;
  }

  /** What the file that the word names holds, where it is {@code <(…)} of known commands. */
  @Nullable String fileContent(Word word) {
    List<Output> inside = word.outputs();
    return inside.size() == 1 && inside.getFirst().isFile()
        ? outputs.of(inside.getFirst().body())
        : files.content(word.text());
  }
}
