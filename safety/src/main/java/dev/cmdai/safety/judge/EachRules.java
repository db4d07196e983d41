package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Judges commands that run another one for each of many names: find, fd, xargs, parallel. */
final class EachRules {
  private static final int MOST_TARGETS = 8;

  private final CommandJudge commands;
  private final PosixJudge scripts;
  private final Findings findings;
  private int trees;

  EachRules(CommandJudge commands, PosixJudge scripts, Findings findings) {
    this.commands = commands;
    this.scripts = scripts;
    this.findings = findings;
  }

  void find(Call call) {
    FindCommand find = FindCommand.of(call.arguments());
    if (find.isDelete()) {
      for (Word found : find.found(call.where())) {
        boolean isWhole = !find.isNarrowed();
        DeleteRules.delete(found, call, isWhole, findings);
      }
    }
    for (List<Word> command : find.commands()) {
      judgeEach(command, "{}", find.found(call.where()), !find.isNarrowed());
    }
    for (Word file : find.written()) {
      Writing.overwrite(file, call, findings);
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
      commands.judge(filled, Feed.NONE, isWhole);
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

  /** {@code fd PATTERN FOLDER… -x COMMAND}. */
  void fd(Call call) {
    List<Word> arguments = call.arguments();
    List<Word> operands = new ArrayList<>();
    boolean isNarrowed = false;
    for (int i = 0; i < arguments.size(); i++) {
      String text = arguments.get(i).text();
      switch (text) {
        case "-x", "-X", "--exec", "--exec-batch" -> {
          List<Word> command = arguments.subList(i + 1, arguments.size());
          List<Word> targets = fdTargets(operands, isNarrowed);
          boolean isMarked = Wrapper.joined(command).contains("{}");
          List<Word> all = isMarked ? command : Wrapper.with(command, List.of(Word.literal("{}")));
          judgeEach(all, "{}", targets, false);
          return;
        }
        case "-t", "--type", "-d", "--max-depth", "-j", "-c", "-E", "--exclude" -> i++;
        case "-e", "--extension", "-S", "--size", "--changed-before", "--changed-within" -> {
          isNarrowed = true;
          i++;
        }
        default -> {
          if (!text.startsWith("-")) {
            operands.add(arguments.get(i));
          }
        }
      }
    }
  }

  private static List<Word> fdTargets(List<Word> operands, boolean isNarrowed) {
    String pattern = operands.isEmpty() ? "" : operands.getFirst().text();
    boolean isAll =
        !isNarrowed && (pattern.isEmpty() || pattern.equals(".") || pattern.equals("*"));
    List<Word> folders =
        operands.size() < 2 ? List.of(Word.literal(".")) : operands.subList(1, operands.size());
    List<Word> targets = new ArrayList<>();
    for (Word folder : folders.subList(0, Math.min(MOST_TARGETS, folders.size()))) {
      String path = folder.text().endsWith("/") ? folder.text() : folder.text() + "/";
      targets.add(folder.withText(path + (isAll ? "*" : FindCommand.FOUND)));
    }
    return targets;
  }

  void xargs(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    String mark = "";
    Feed given = feed;
    int i = 0;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      String option = arguments.get(i).text();
      if (option.startsWith("--arg-file=")) {
        given = scripts.inputs().of(arguments.get(i).withText(option.substring(11)));
      } else if (option.equals("-a") && i + 1 < arguments.size()) {
        given = scripts.inputs().of(arguments.get(i + 1));
      }
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
    if (feed.isSecret() && NetworkRules.isClient(CommandJudge.program(command.getFirst()))) {
      findings.add(Rule.SECRET_SENT, "sends a secret to another machine");
    }
    PipedNames names = PipedNames.of(given, call.where());
    List<Word> targets = names.targets();
    if (mark.isEmpty()) {
      commands.judge(Wrapper.with(command, targets), Feed.NONE, names.isWhole());
    } else {
      List<Word> first = targets.subList(0, Math.min(MOST_TARGETS, targets.size()));
      judgeEach(command, mark, first, names.isWhole());
    }
  }

  /** {@code parallel COMMAND ::: TARGETS}; the command may be one quoted word, or be piped in. */
  void parallel(Call call, Feed feed) {
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
    List<String> targets = new ArrayList<>();
    for (Word word : arguments.subList(Math.min(end + 1, arguments.size()), arguments.size())) {
      targets.add(word.text());
    }
    if (targets.isEmpty()) {
      PipedNames names = PipedNames.of(feed, call.where());
      for (Word name : names.targets()) {
        targets.add(name.hasUnknown() ? "$names" : name.text());
      }
    }
    String command = Wrapper.joined(arguments.subList(Math.min(start, end), end));
    for (String target : targets.subList(0, Math.min(MOST_TARGETS, targets.size()))) {
      scripts.judgeScript(
          command.contains("{}") ? command.replace("{}", target) : command + " " + target);
    }
  }
}
