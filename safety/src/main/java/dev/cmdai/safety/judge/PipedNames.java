package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * The names that a command reads and gives to others, as {@code xargs} and {@code read} do.
 *
 * @param targets what the names stand for, as far as it matters
 * @param isWhole they are all files below the targets
 * @param isTold the targets are the very names
 */
record PipedNames(List<Word> targets, boolean isWhole, boolean isTold) {
  /** Stands for names of which nothing is known. */
  static final Word UNKNOWN = new Word("what the pipe names", false, true, List.of());

  private static final int MOST_NAMES = 256;

  static PipedNames of(Feed feed, Where where) {
    List<Word> source = feed.source();
    String program = source.isEmpty() ? "" : CommandJudge.program(source.getFirst());
    if (program.equals("find")) {
      FindCommand find = FindCommand.of(source.subList(1, source.size()));
      // With -exec, the names come from another command, most often a filter such as grep -l.
      boolean isListing = find.commands().isEmpty();
      return new PipedNames(
          isListing ? find.found(where) : List.of(UNKNOWN), isListing && !find.isNarrowed(), false);
    }
    if (program.equals("ls") && source.size() > 1) {
      return new PipedNames(listed(source), false, false);
    }
    String text = feed.text();
    return text == null
        ? new PipedNames(List.of(UNKNOWN), false, false)
        : new PipedNames(words(text), false, true);
  }

  /** {@code ls FOLDER} names what is in the folder; without its path, but that can be added. */
  private static List<Word> listed(List<Word> source) {
    List<Word> targets = new ArrayList<>();
    targets.add(UNKNOWN);
    for (Word operand : new Arguments(source.subList(1, source.size()), "").operands()) {
      if (Target.isAbsolute(operand.text())) {
        targets.add(operand.withText(operand.text() + "/*"));
      }
    }
    return targets;
  }

  private static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    for (String word : text.split("[\\s\\x00]+", -1)) {
      if (!word.isEmpty() && words.size() < MOST_NAMES) {
        words.add(Word.literal(word));
      }
    }
    return words;
  }
}
