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
  private final EnvironmentRules environment;
  private final EachRules each;
  private final Carriers carriers;
  private final ContainerRules containers;

  CommandJudge(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
    code = new CodeRules(scripts, findings);
    environment = new EnvironmentRules(code.sources());
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

  EnvironmentRules environment() {
    return environment;
  }

  private boolean judgeNamed(List<Word> words, Feed feed, boolean isOverTree) {
    Word first = words.getFirst();
    boolean isPattern = isUnknown(first) && !first.hasUnknown();
    String written = isPattern ? worst(first.text()) : origin(first.text());
    String name = program(first.withText(written));
    List<Word> arguments = words.subList(1, words.size());
    Call call = new Call(name, arguments, scripts.where(), isOverTree);
    if (isUnknown(first)) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "runs " + shown(first.text()) + ": which command that is shows only when it runs");
      if (scripts.files().hasConnection()) {
        findings.add(Rule.NETWORK_SHELL, "runs what comes over a connection");
      }
    }
    Wrapper wrapper = Wrapper.named(name);
    if (wrapper != null) {
      return judgeWrapped(call, wrapper, words, feed);
    }
    findings.running(call.words());
    switch (name) {
      case "cd", "pushd", "chdir" -> scripts.folder().change(folder(arguments));
      case "export", "declare", "typeset", "readonly" -> environment.judge(arguments);
      case "set" -> {
        List<Word> operands = new Arguments(arguments, "").operands();
        if (operands.size() > 1) {
          environment.set(
              operands.getFirst().text(),
              Word.literal(Wrapper.joined(operands.subList(1, operands.size()))));
        }
      }
      case "find", "gfind" -> each.find(call);
      case "fd", "fdfind" -> each.fd(call);
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

  /** The worst program that a pattern such as {@code /bin/r?} can stand for. */
  private static String worst(String pattern) {
    String name = pattern.substring(pattern.lastIndexOf('/') + 1);
    for (String program : List.of("rm", "dd", "mkfs", "shred", "chmod", "chown", "bash", "sh")) {
      if (Glob.matches(name, program)) {
        return program;
      }
    }
    return pattern;
  }

  /** The program that the code itself has copied or linked to that name, or the name. */
  private String origin(String name) {
    return scripts.files().origin(name);
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
    SecretRules.judge(call, feed, findings);
    NetworkRules.judge(call, feed, findings);
    Effects.judge(call.name(), call.texts(), findings);
  }

  /** A program that the code itself wrote or downloaded: {@code ./x.sh}. */
  private void file(Word program, Feed feed) {
    if (program.text().indexOf('/') >= 0) {
      code.sources().runFile(program, List.of(), feed);
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
    environment.judge(words.subList(1, words.size() - inner.size()));
    boolean isShell =
        inner.isEmpty() && (option.equals("-s") || option.equals("-i")) && Wrapper.isRoot(name);
    List<Word> started = isShell ? List.of(Word.literal("sh")) : inner;
    Word folder = wrapper.folder(words.subList(0, words.size() - inner.size()));
    if (folder == null) {
      return judge(started, feed, call.isOverTree());
    }
    scripts.inFolder(folder, () -> judge(started, feed, call.isOverTree()));
    return Downloads.isCalledBy(started);
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
