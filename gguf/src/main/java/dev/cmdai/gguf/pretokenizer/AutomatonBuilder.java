package dev.cmdai.gguf.pretokenizer;

import dev.cmdai.gguf.unicode.CodePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the table of an {@link Automaton}.
 *
 * <p>A state is the list of places in the pattern at which a backtracking matcher could be, the one
 * it would try first in front (the subset construction with priorities, as in RE2). A place behind
 * one that has reached the end of the pattern is never tried, and falls off the list. What a look
 * ahead may see is one character, so it is decided when that character is read.
 */
final class AutomatonBuilder {
  /**
   * A step of the pattern.
   *
   * @param kind one of those below
   * @param set index of the set of characters, where the kind has one
   * @param next the step that follows, or the one that is tried first
   * @param other the one that is tried second
   */
  private record Step(int kind, int set, int next, int other) {
    static final int ONE = 0;
    static final int SPLIT = 1;
    static final int AHEAD = 2;
    static final int AHEAD_OR_END = 3;
    static final int MATCH = 4;
  }

  private static final int NONE = -1;

  private final List<Step> steps = new ArrayList<>();
  private final List<CharacterSet> sets = new ArrayList<>();
  private final boolean categories;

  /** For each class, which sets contain its characters, by index; the end of a text is in none. */
  private final List<BitSet> classes = new ArrayList<>();

  private final Map<BitSet, Integer> classNumbers = new HashMap<>();

  private AutomatonBuilder(boolean categories) {
    this.categories = categories;
  }

  static Automaton build(String source) {
    AutomatonBuilder builder = new AutomatonBuilder(PatternParser.usesCategories(source));
    builder.steps.add(new Step(Step.MATCH, NONE, NONE, NONE));
    int first = builder.compile(PatternParser.parse(source), 0);
    return builder.automaton(first);
  }

  /** Adds the steps of a pattern in front of others; returns the first. */
  private int compile(Pattern pattern, int next) {
    return switch (pattern) {
      case Pattern.One(CharacterSet set) -> addReading(Step.ONE, set, next);
      case Pattern.Ahead(CharacterSet set, boolean atEnd) ->
          addReading(atEnd ? Step.AHEAD_OR_END : Step.AHEAD, set, next);
      case Pattern.Sequence(List<Pattern> parts) -> {
        int first = next;
        for (Pattern part : parts.reversed()) {
          first = compile(part, first);
        }
        yield first;
      }
      case Pattern.Choice(List<Pattern> branches) -> {
        int first = compile(branches.getLast(), next);
        for (Pattern branch : branches.subList(0, branches.size() - 1).reversed()) {
          first = addSplit(compile(branch, next), first);
        }
        yield first;
      }
      case Pattern.Repeat(Pattern part, int least, int most) -> repeat(part, least, most, next);
    };
  }

  private int repeat(Pattern part, int least, int most, int next) {
    int first = next;
    if (most == Pattern.Repeat.UNLIMITED) {
      int loop = addSplit(NONE, next);
      int body = compile(part, loop);
      steps.set(loop, new Step(Step.SPLIT, NONE, body, next));
      first = loop;
    } else {
      for (int i = least; i < most; i++) {
        first = addSplit(compile(part, first), next);
      }
    }
    for (int i = 0; i < least; i++) {
      first = compile(part, first);
    }
    return first;
  }

  private int addReading(int kind, CharacterSet set, int next) {
    sets.add(set);
    steps.add(new Step(kind, sets.size() - 1, next, NONE));
    return steps.size() - 1;
  }

  private int addSplit(int next, int other) {
    steps.add(new Step(Step.SPLIT, NONE, next, other));
    return steps.size() - 1;
  }

  private Automaton automaton(int firstStep) {
    byte[] ascii = new byte[128];
    for (int c = 0; c < ascii.length; c++) {
      int character = c;
      ascii[c] = classOf(set -> set.containsAscii(character));
    }
    byte[] kinds = new byte[0];
    int[] changes = new int[0];
    byte[] changed = new byte[0];
    if (categories) {
      kinds = new byte[CodePoints.KINDS];
      for (int k = 0; k < kinds.length; k++) {
        int kind = k;
        kinds[k] = classOf(set -> set.containsKind(kind));
      }
    } else {
      changes = changes();
      changed = new byte[changes.length];
      for (int i = 0; i < changes.length; i++) {
        int codePoint = changes[i];
        changed[i] = classOf(set -> set.containsCodePoint(codePoint));
      }
    }
    int[] table = withAscii(table(firstStep, classes.size() + 1), ascii);
    return new Automaton(kinds, changes, changed, table, 128 + classes.size() + 1);
  }

  /** Gives each ASCII character a column of its own, in front: one look instead of two. */
  private int[] withAscii(int[] table, byte[] asciiClasses) {
    int width = classes.size() + 1;
    int newWidth = asciiClasses.length + width;
    int[] wide = new int[table.length / width * newWidth];
    for (int state = 0; state < table.length / width; state++) {
      for (int column = 0; column < newWidth; column++) {
        int c = column < asciiClasses.length ? asciiClasses[column] : column - asciiClasses.length;
        int entry = table[state * width + c];
        int next = (entry & ~Automaton.ACCEPT) / width;
        wide[state * newWidth + column] = next * newWidth | (entry & Automaton.ACCEPT);
      }
    }
    return wide;
  }

  /** The code points beyond ASCII where any set begins or ends, or white space does. */
  private int[] changes() {
    TreeSet<Integer> all = new TreeSet<>();
    all.add(128);
    for (CharacterSet set : sets) {
      for (int[] range : set.ranges()) {
        all.add(range[0]);
        all.add(range[1] + 1);
      }
    }
    for (int codePoint = 128; codePoint <= 0x3001; codePoint++) {
      if (CodePoints.isWhiteSpace(CodePoints.kind(codePoint))
          != CodePoints.isWhiteSpace(CodePoints.kind(codePoint - 1))) {
        all.add(codePoint);
      }
    }
    return all.tailSet(128).stream().mapToInt(Integer::intValue).toArray();
  }

  private interface Membership {
    boolean in(CharacterSet set);
  }

  private byte classOf(Membership membership) {
    BitSet in = new BitSet();
    for (int i = 0; i < sets.size(); i++) {
      in.set(i, membership.in(sets.get(i)));
    }
    Integer known = classNumbers.putIfAbsent(in, classes.size());
    if (known != null) {
      return known.byteValue();
    }
    classes.add(in);
    return (byte) (classes.size() - 1);
  }

  private int[] table(int firstStep, int width) {
    Map<List<Integer>, Integer> states = new HashMap<>();
    List<List<Integer>> queue = new ArrayList<>();
    states.put(List.of(), 0);
    queue.add(List.of());
    states.put(List.of(firstStep), 1);
    queue.add(List.of(firstStep));
    int[] table = new int[0];
    for (int state = 0; state < queue.size(); state++) {
      table = Arrays.copyOf(table, (state + 1) * width);
      for (int c = 0; c < width; c++) {
        Reading reading = new Reading(c < classes.size() ? classes.get(c) : null);
        for (int step : queue.get(state)) {
          if (!reading.matched) {
            reading.follow(step);
          }
        }
        List<Integer> next = List.copyOf(reading.next);
        Integer number = states.putIfAbsent(next, queue.size());
        if (number == null) {
          number = queue.size();
          queue.add(next);
        }
        table[state * width + c] = number * width | (reading.matched ? Automaton.ACCEPT : 0);
      }
    }
    return table;
  }

  /** Follows the pattern from the places of one state while one character, or the end, is read. */
  private final class Reading {
    private final @Nullable BitSet read;
    private final BitSet seen = new BitSet();
    private final BitSet seenNext = new BitSet();
    final List<Integer> next = new ArrayList<>();
    boolean matched;

    Reading(@Nullable BitSet read) {
      this.read = read;
    }

    void follow(int number) {
      if (seen.get(number)) {
        return;
      }
      seen.set(number);
      Step step = steps.get(number);
      switch (step.kind) {
        case Step.MATCH -> matched = true;
        case Step.SPLIT -> {
          follow(step.next);
          if (!matched) {
            follow(step.other);
          }
        }
        case Step.ONE -> {
          if (isIn(step) && !seenNext.get(step.next)) {
            seenNext.set(step.next);
            next.add(step.next);
          }
        }
        case Step.AHEAD -> {
          if (isIn(step)) {
            follow(step.next);
          }
        }
        default -> {
          if (read == null || isIn(step)) {
            follow(step.next);
          }
        }
      }
    }

    private boolean isIn(Step step) {
      return read != null && read.get(step.set);
    }
  }
}
