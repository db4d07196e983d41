package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one command: finds out what it really runs, through any number of commands that only run
 * others, and asks the rules.
 */
final class CommandJudge {
  private static final Set<String> KNOWN_VARIABLES =
      Set.of("$EDITOR", "$VISUAL", "$PAGER", "$SHELL", "$BROWSER", "$0");

  private final PosixJudge scripts;
  private final Findings findings;
  private final CodeRules code;
  private final EachRules each;
  private final Carriers carriers;
  private final ContainerRules containers;

  CommandJudge(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
    code = new CodeRules(scripts, findings);
    each = new EachRules(this, scripts, findings);
    carriers = new Carriers(this, scripts, findings);
    containers = new ContainerRules(this, findings);
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
    Call call = new Call(name, arguments, scripts.where(), isOverTree);
    if (isUnknown(words.getFirst())) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs "
              + shown(words.getFirst().text())
              + ": which command that is shows only when it runs");
    }
    Wrapper wrapper = Wrapper.named(name);
    if (wrapper != null) {
      return judgeWrapped(call, wrapper, words, feed);
    }
    findings.running(call.words());
    switch (name) {
      case "cd", "pushd", "chdir" -> scripts.changeFolder(folder(arguments));
      case "find", "gfind" -> each.find(call);
      case "fd", "fdfind" -> each.fd(call, feed);
      case "xargs" -> each.xargs(call, feed);
      case "parallel", "rush" -> each.parallel(call, feed);
      default -> {
        carriers.judge(call, feed);
        if (!code.judge(call, feed) && !containers.judge(call, feed)) {
          file(words.getFirst(), feed);
          effects(call, feed);
        }
      }
    }
    return Downloads.isBy(name);
  }

  private static @Nullable Word folder(List<Word> arguments) {
    List<Word> operands = new Arguments(arguments, "").operands();
    return operands.isEmpty() ? null : operands.getLast();
  }

  private void effects(Call call, Feed feed) {
    DeleteRules.judge(call, findings);
    WriteRules.judge(call, findings);
    DiskRules.judge(call, findings);
    SystemRules.judge(call, findings);
    DatabaseRules.judge(call, feed, findings);
    Secrets.judge(call, feed, findings);
    NetworkRules.judge(call, feed, findings);
    Effects.judge(call.name(), call.texts(), findings);
  }

  /** A program that the code itself wrote or downloaded: {@code ./x.sh}. */
  private void file(Word program, Feed feed) {
    if (program.text().indexOf('/') >= 0) {
      code.runFile(program, List.of(), feed);
    }
  }

  private boolean judgeWrapped(Call call, Wrapper wrapper, List<Word> words, Feed feed) {
    String name = call.name();
    String option = call.firstArgument();
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
    if (name.equals("systemd-run") || name.equals("busybox") || name.equals("npx")) {
      findings.running(call.words());
      Effects.judge(name, call.texts(), findings);
      carriers.judge(call, feed);
    }
    if (name.equals("flock") || name.equals("script") || name.equals("chronic")) {
      code.optionScript(call);
    }
    List<Word> inner = wrapper.inner(words);
    boolean isShell =
        inner.isEmpty() && (option.equals("-s") || option.equals("-i")) && Wrapper.isRoot(name);
    return judge(isShell ? List.of(Word.literal("sh")) : inner, feed, call.isOverTree());
  }

  /** The name of the program that a word names, without its folder and the g of GNU tools. */
  static String program(Word word) {
    String text = word.text();
    String name = text.substring(text.lastIndexOf('/') + 1);
    if (name.endsWith(".exe")) {
      name = name.substring(0, name.length() - ".exe".length());
    }
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
}
