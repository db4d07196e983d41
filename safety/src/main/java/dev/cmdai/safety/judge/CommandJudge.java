package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges one command: finds out what it really runs, through any number of commands that only run
 * others, and asks the rules.
 */
final class CommandJudge {
  private static final Set<String> KNOWN_VARIABLES =
      Set.of("$EDITOR", "$VISUAL", "$PAGER", "$SHELL", "$BROWSER", "$0");

  /** What stands for names that are read from a pipe. */
  private static final Word PIPED_NAMES = new Word("what the pipe names", false, true, List.of());

  private final PosixJudge scripts;
  private final Findings findings;
  private final CodeRules code;
  private int trees;

  CommandJudge(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
    code = new CodeRules(scripts, findings);
  }

  /** True when the command downloads something to its output. */
  boolean judge(List<Word> command, Feed feed, boolean isOverTree) {
    if (!findings.enter()) {
      return false;
    }
    List<Word> words = Wrapper.withoutAssignments(command);
    boolean isDownload = !words.isEmpty() && judgeNamed(words, feed, isOverTree);
    findings.leave();
    return isDownload;
  }

  private boolean judgeNamed(List<Word> words, Feed feed, boolean isOverTree) {
    String name = program(words.getFirst());
    List<Word> arguments = words.subList(1, words.size());
    if (isUnknown(words.getFirst())) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs " + shown(words.getFirst().text()) + ": which command that is shows only then");
    }
    Wrapper wrapper = Wrapper.named(name);
    if (wrapper != null) {
      return judgeWrapped(name, wrapper, words, feed, isOverTree);
    }
    Call call = new Call(name, arguments, scripts.folder(), isOverTree);
    switch (name) {
      case "cd", "pushd", "chdir" ->
          scripts.changeFolder(arguments.isEmpty() ? null : arguments.getLast());
      case "find" -> find(call);
      case "fd", "fdfind" -> fd(call, feed);
      case "xargs" -> xargs(call, feed);
      case "parallel" -> parallel(call);
      default -> {
        if (!code.judge(call, feed)) {
          DeleteRules.judge(call, findings);
          WriteRules.judge(call, findings);
          DiskRules.judge(call, findings);
          SystemRules.judge(call, findings);
        }
      }
    }
    return Downloads.isBy(name);
  }

  private boolean judgeWrapped(
      String name, Wrapper wrapper, List<Word> words, Feed feed, boolean isOverTree) {
    String option = words.size() > 1 ? words.get(1).text() : "";
    if (name.equals("command") && (option.equals("-v") || option.equals("-V"))) {
      return false;
    }
    if (name.equals("env") && (option.startsWith("-S") || option.startsWith("--split"))) {
      scripts.judgeScript(
          option.length() > 2 && !option.equals("--split-string")
              ? option.substring(option.indexOf('=') + 1).replaceFirst("^-S", "")
              : Wrapper.joined(words.subList(Math.min(2, words.size()), words.size())));
      return false;
    }
    List<Word> inner = wrapper.inner(words);
    boolean isShell = inner.isEmpty() && (option.equals("-s") || option.equals("-i"));
    return judge(isShell ? List.of(Word.literal("sh")) : inner, feed, isOverTree);
  }

  /** The name of the program that a word names, without its folder and the g of GNU tools. */
  static String program(Word word) {
    String text = word.text();
    String name = text.substring(text.lastIndexOf('/') + 1);
    return switch (name) {
      case "grm",
          "gmv",
          "gcp",
          "gdd",
          "gln",
          "gtee",
          "gchmod",
          "gchown",
          "gchgrp",
          "gfind",
          "gshred",
          "gtruncate",
          "gxargs",
          "gtimeout",
          "genv",
          "gnice",
          "gnohup",
          "grmdir",
          "gunlink",
          "ginstall" ->
          name.substring(1);
      default -> name;
    };
  }

  private static boolean isUnknown(Word word) {
    String text = word.text();
    if (word.hasUnknown()) {
      return !KNOWN_VARIABLES.contains(text);
    }
    boolean isPattern = text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    boolean isClass = text.indexOf('[') >= 0 && text.indexOf(']') > text.indexOf('[') + 1;
    return word.isBare() && (isPattern || isClass);
  }

  private void find(Call call) {
    FindCommand find = FindCommand.of(call.arguments());
    if (find.isDelete()) {
      for (Word found : find.found(call.folder())) {
        boolean isWhole = !find.isNarrowed();
        DeleteRules.delete(found, call, isWhole, findings);
      }
    }
    for (List<Word> command : find.commands()) {
      judgeEach(command, "{}", find.found(call.folder()), !find.isNarrowed());
    }
  }

  /** Judges the command once for each target that stands for {@code mark}, or comes at its end. */
  private void judgeEach(List<Word> command, String mark, List<Word> targets, boolean isWhole) {
    if (command.isEmpty() || !findings.enter()) {
      return;
    }
    trees++;
    // A find that runs a find would double the work with each level.
    int most = trees > 1 ? 1 : targets.size();
    for (Word target : targets.subList(0, Math.min(most, targets.size()))) {
      List<Word> filled = new ArrayList<>(command.size());
      for (Word word : command) {
        filled.add(fill(word, mark, target));
      }
      judge(filled, new Feed(null, false, List.of()), isWhole);
    }
    trees--;
    findings.leave();
  }

  private static Word fill(Word word, String mark, Word target) {
    if (word.text().equals(mark)) {
      return target;
    }
    return word.text().contains(mark)
        ? new Word(word.text().replace(mark, target.text()), false, word.hasUnknown(), List.of())
        : word;
  }

  private void fd(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i).text()) {
        case "-x", "-X", "--exec", "--exec-batch" -> {
          List<Word> command = arguments.subList(i + 1, arguments.size());
          judge(Wrapper.with(command, List.of(PIPED_NAMES)), feed, false);
          return;
        }
        default -> {}
      }
    }
  }

  private void xargs(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    String mark = "";
    int i = 0;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      String option = arguments.get(i).text();
      boolean isValued = option.length() == 2 && "IdEaLnPsRJS".indexOf(option.charAt(1)) >= 0;
      if (option.startsWith("-I") || option.startsWith("-J") || option.equals("-i")) {
        boolean isNext = isValued && i + 1 < arguments.size();
        mark = isNext ? arguments.get(i + 1).text() : option.substring(2);
        mark = mark.isEmpty() ? "{}" : mark;
      }
      i += isValued ? 2 : 1;
    }
    if (i >= arguments.size()) {
      return;
    }
    List<Word> command = arguments.subList(i, arguments.size());
    List<Word> source = feed.sourceWords();
    String sourceName = source.isEmpty() ? "" : program(source.getFirst());
    boolean isWhole = false;
    List<Word> targets = List.of(PIPED_NAMES);
    if (sourceName.equals("find")) {
      FindCommand find = FindCommand.of(source.subList(1, source.size()));
      // With -exec, the names come from another command, most often a filter such as grep -l.
      boolean isListing = find.commands().isEmpty();
      isWhole = isListing && !find.isNarrowed();
      targets = isListing ? find.found(call.folder()) : targets;
    } else if (sourceName.equals("echo") || sourceName.equals("printf")) {
      targets = source.subList(1, source.size());
    }
    if (mark.isEmpty()) {
      judge(Wrapper.with(command, targets), new Feed(null, false, List.of()), isWhole);
    } else {
      judgeEach(command, mark, targets.subList(0, Math.min(8, targets.size())), isWhole);
    }
  }

  /** {@code parallel COMMAND ::: TARGETS}; the command may be one quoted word. */
  private void parallel(Call call) {
    List<Word> arguments = call.arguments();
    int end = 0;
    while (end < arguments.size() && !arguments.get(end).text().startsWith(":::")) {
      end++;
    }
    int start = 0;
    while (start < end && arguments.get(start).text().startsWith("-")) {
      boolean isValued = arguments.get(start).text().equals("-j");
      start += isValued ? 2 : 1;
    }
    if (start >= end) {
      return;
    }
    String command = Wrapper.joined(arguments.subList(start, end));
    boolean hasTargets = end + 1 < arguments.size();
    String target = hasTargets ? arguments.get(end + 1).text() : "$names";
    scripts.judgeScript(
        command.contains("{}") ? command.replace("{}", target) : command + " " + target);
  }
}
