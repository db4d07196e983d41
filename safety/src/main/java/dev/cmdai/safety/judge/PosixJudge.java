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

/**
 * Walks through code for a POSIX-like shell and has every command in it judged, also those in
 * brackets, substitutions and quoted scripts.
 */
final class PosixJudge {
  private final Shell shell;
  private final Findings findings;
  private final CommandJudge commands;
  private final ShellValues values = new ShellValues();
  private final WrittenFiles files = new WrittenFiles();
  private final Outputs outputs;
  private final CurrentFolder folder;
  private final StandardInput inputs;
  private final Expander expander;
  private final Assignments assignments;
  private final SelfCalls selfCalls = new SelfCalls();
  private final StartupFiles startupFiles = new StartupFiles(this);
  private final Definitions definitions = new Definitions();

  /** What commands read that nothing else is given to. */
  private Feed input = Feed.NONE;

  PosixJudge(Shell shell, Findings findings) {
    this.shell = shell;
    this.findings = findings;
    folder = new CurrentFolder(findings.here().folder());
    commands = new CommandJudge(this, findings);
    outputs = new Outputs(findings, values, files, definitions);
    inputs = new StandardInput(outputs, files);
    expander = outputs.expander();
    assignments = new Assignments(values, expander, shell);
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

  /** Judges code that gets a name and arguments of its own. */
  void judgeNamedScript(String code, List<String> nameAndArguments) {
    Map<String, List<String>> outer = values.bindWithName(nameAndArguments);
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

  StandardInput inputs() {
    return inputs;
  }

  WrittenFiles files() {
    return files;
  }

  Where where() {
    return new Where(folder.path(), findings.here(), files);
  }

  CurrentFolder folder() {
    return folder;
  }

  /** Judges what runs in another folder than the commands around it. */
  void inFolder(Word other, Runnable commandsThere) {
    String outer = folder.path();
    folder.change(other);
    commandsThere.run();
    folder.restore(outer);
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
    int selfCallsHere = 0;
    Feed piped = input;
    for (Node stage : pipeline.stages()) {
      if (stage instanceof Group group) {
        Feed feed = inputs.of(expanded(group.redirects(), group.start(), group.end()), piped);
        boolean isBringing = judge(group, feed);
        isDownload |= isBringing;
        boolean isRun = group.function().isEmpty() && pipeline.stages().size() > 1;
        String known = isRun ? outputs.partly(group.body()) : null;
        piped =
            new Feed(
                true,
                List.of(),
                known,
                feed.isDownload() || isBringing,
                feed.isSecret(),
                List.of());
      } else if (stage instanceof SimpleCommand command) {
        selfCallsHere += selfCalls.isOne(command.words()) ? 1 : 0;
        Stage judged = expanded(command);
        Feed feed = inputs.of(judged.redirects(), piped);
        if (NetworkRules.isOpening(judged.words(), judged.redirects())) {
          files.openConnection();
        }
        assignments.followCommand(judged.words(), feed, where());
        boolean isBringing = judge(judged, feed);
        isDownload |= isBringing;
        boolean isSecret =
            feed.isSecret() || Secrets.isRead(judged.words(), judged.redirects(), files);
        String known = outputs.of(judged.words(), judged.redirects(), feed.text());
        follow(judged, feed, isSecret);
        Node writer =
            new SimpleCommand(judged.words(), judged.redirects(), command.start(), command.end());
        piped =
            new Feed(
                true,
                StandardInput.added(feed.writers(), writer),
                known,
                feed.isDownload() || isBringing,
                isSecret,
                List.of());
      }
    }
    selfCalls.judge(selfCallsHere, pipeline.isBackground(), findings);
    return isDownload;
  }

  private boolean judge(Group group, Feed feed) {
    String outerFolder = folder.path();
    Feed outerInput = input;
    input = feed.inherited();
    String outerFunction = selfCalls.enter(group.function());
    Map<String, List<String>> outerValues = group.isSubshell() ? values.all() : Map.of();
    if (!group.function().isEmpty()) {
      definitions.define(group.function(), group.body());
    }
    for (Redirect redirect : feed.redirects()) {
      Writing.redirect(redirect, new Call("", List.of(), where(), false), false, findings);
    }
    boolean isDownload = judge(group.body());
    if (group.isSubshell()) {
      values.restore(outerValues);
    }
    if (group.isSubshell() || !group.function().isEmpty()) {
      folder.restore(outerFolder);
    }
    selfCalls.leave(outerFunction);
    input = outerInput;
    return isDownload;
  }

  /** A command with the values of its words. */
  private record Stage(List<Word> words, List<Redirect> redirects) {}

  private Stage expanded(SimpleCommand command) {
    findings.at(command.start(), command.end());
    for (Word word : command.words()) {
      judgeInside(word);
    }
    List<Redirect> redirects = expanded(command.redirects(), command.start(), command.end());
    assignments.follow(command.words());
    for (Word word : command.words()) {
      if (!Wrapper.isAssignment(word)) {
        break;
      }
      commands.environment().judge(List.of(expander.single(word)));
    }
    List<Word> words = expander.expand(Wrapper.withoutAssignments(command.words()));
    return new Stage(shell == Shell.ZSH ? definitions.globals(words) : words, redirects);
  }

  private List<Redirect> expanded(List<Redirect> written, int start, int end) {
    findings.at(start, end);
    List<Redirect> redirects = new ArrayList<>(written.size());
    for (Redirect redirect : written) {
      judgeInside(redirect.target());
      for (Word target : expander.alternatives(redirect.target())) {
        redirects.add(new Redirect(redirect.operator(), target));
      }
    }
    findings.at(start, end);
    return redirects;
  }

  private boolean judge(Stage stage, Feed feed) {
    List<Word> words = stage.words();
    boolean isAlone = words.isEmpty() || words.getFirst().text().equals(":");
    for (Redirect redirect : stage.redirects()) {
      Writing.redirect(redirect, new Call("", List.of(), where(), false), isAlone, findings);
    }
    Feed outerInput = input;
    input = feed.inherited();
    boolean isDownload = (words.isEmpty() || !call(words)) && commands.judge(words, feed, false);
    input = outerInput;
    return isDownload;
  }

  /** Runs an alias, or a function that gets arguments or input; false where there is none. */
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
    boolean isGiven = !arguments.isEmpty() || input.isGiven();
    if (body == null || !isGiven || !findings.repeat() || !findings.enter()) {
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
  private void follow(Stage stage, Feed feed, boolean isSecret) {
    List<Word> words = Wrapper.unwrapped(stage.words());
    if (words.isEmpty()) {
      return;
    }
    String name = CommandJudge.program(words.getFirst());
    if (name.equals("alias") || name.equals("abbr")) {
      definitions.alias(words.subList(1, words.size()));
    }
    FileEffects.follow(
        name,
        words,
        stage.redirects(),
        outputs.of(words, List.of(), feed.text()),
        feed,
        isSecret,
        files);
    for (Redirect redirect : stage.redirects()) {
      if (redirect.isWrite()) {
        written(redirect.target());
      }
    }
    if (name.equals("tee")) {
      words.subList(1, words.size()).forEach(this::written);
    }
  }

  private void written(Word file) {
    startupFiles.judge(file.text(), files.content(file.text()));
  }

  private void judgeInside(Word word) {
    for (Output output : word.outputs()) {
      String outerFolder = folder.path();
      judge(output.body());
      folder.restore(outerFolder);
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
}
