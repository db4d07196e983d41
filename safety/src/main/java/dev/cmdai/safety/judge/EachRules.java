package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges commands that run another one for each of many names: find, fd, xargs, parallel. */
final class EachRules {
  private static final int MOST_TARGETS = 8;

  /** What stands for names that are read from a pipe. */
  private static final Word PIPED_NAMES = new Word("what the pipe names", false, true, List.of());

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
      WriteRules.overwrite(file, call, findings);
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

  void fd(Call call, Feed feed) {
    List<Word> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i).text()) {
        case "-x", "-X", "--exec", "--exec-batch" -> {
          List<Word> command = arguments.subList(i + 1, arguments.size());
          commands.judge(Wrapper.with(command, List.of(PIPED_NAMES)), feed, false);
          return;
        }
        default -> {}
      }
    }
  }

  void xargs(Call call, Feed feed) {
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
    if (feed.isSecret() && NetworkRules.isClient(CommandJudge.program(command.getFirst()))) {
      findings.add(Rule.SECRET_SENT, "sends a secret to another machine");
    }
    String given = feed.text();
    boolean isWhole = false;
    List<Word> targets = List.of(PIPED_NAMES);
    FindCommand find = findBefore(feed);
    if (find != null) {
      // With -exec, the names come from another command, most often a filter such as grep -l.
      boolean isListing = find.commands().isEmpty();
      isWhole = isListing && !find.isNarrowed();
      targets = isListing ? find.found(call.where()) : targets;
    } else if (given != null) {
      targets = words(given);
    } else if (isListing(feed)) {
      targets = listed(feed);
    }
    if (mark.isEmpty()) {
      commands.judge(Wrapper.with(command, targets), Feed.NONE, isWhole);
    } else {
      judgeEach(command, mark, targets.subList(0, Math.min(MOST_TARGETS, targets.size())), isWhole);
    }
  }

  private static @Nullable FindCommand findBefore(Feed feed) {
    List<Word> source = feed.source();
    boolean isFind = !source.isEmpty() && CommandJudge.program(source.getFirst()).equals("find");
    return isFind ? FindCommand.of(source.subList(1, source.size())) : null;
  }

  /** {@code ls FOLDER} names what is in the folder; without its path, but that can be added. */
  private static boolean isListing(Feed feed) {
    List<Word> source = feed.source();
    return source.size() > 1 && CommandJudge.program(source.getFirst()).equals("ls");
  }

  private static List<Word> listed(Feed feed) {
    List<Word> targets = new ArrayList<>();
    targets.add(PIPED_NAMES);
    for (Word operand :
        new Arguments(feed.source().subList(1, feed.source().size()), "").operands()) {
      if (Target.isAbsolute(operand.text())) {
        targets.add(operand.withText(operand.text() + "/*"));
      }
    }
    return targets;
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    for (String word : text.split("[\\s\\x00]+", -1)) {
      if (!word.isEmpty() && words.size() < 256) {
        words.add(Word.literal(word));
      }
    }
    return words;
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
    String given = feed.text();
    if (targets.isEmpty()) {
      targets.add(given == null ? "$names" : given.strip());
    }
    String command = Wrapper.joined(arguments.subList(Math.min(start, end), end));
    for (String target : targets.subList(0, Math.min(MOST_TARGETS, targets.size()))) {
      scripts.judgeScript(
          command.contains("{}") ? command.replace("{}", target) : command + " " + target);
    }
  }
}
