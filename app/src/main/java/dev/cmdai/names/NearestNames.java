package dev.cmdai.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody probably meant, for messages such as "did you mean …?". */
public final class NearestNames {
  /** A message with more suggestions helps nobody. */
  private static final int MOST_NAMES = 3;

  /** Nobody mistypes a longer name; comparing costs time that grows with the square of this. */
  private static final int LONGEST_NAME = 100;

  private NearestNames() {}

  private record Scored(String name, int distance) {}

  /**
   * The known names that come close to what was typed.
   *
   * @param typed what was typed, of any length
   * @param known the names that exist
   * @return at most three names, the nearest first; none when nothing comes close
   */
  public static List<String> of(String typed, Collection<String> known) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
      return List.of();
    }
    return known.stream()
        .distinct()
        .filter(name -> name.length() <= LONGEST_NAME)
        .map(name -> new Scored(name, score(wanted, name.toLowerCase(Locale.ROOT))))
        .filter(scored -> scored.distance <= tolerance(wanted, scored.name))
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(MOST_NAMES)
        .map(Scored::name)
        .toList();
  }

  /** One mistake in a short name, and one more for every three further letters. */
  private static int tolerance(String wanted, String name) {
    return Math.max(wanted.length(), name.length()) / 3 + 1;
  }

  /** A name that somebody began to type is as near as a single mistake. */
  private static int score(String wanted, String name) {
    if (wanted.length() >= 2 && name.startsWith(wanted)) {
      return Math.min(1, name.length() - wanted.length());
    }
    return distance(wanted, name);
  }

  /**
   * Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, each 1.
   */
  public static int distance(String a, String b) {
    int[] beforePrevious = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
        if (isSwap(a, i, b, j)) {
          current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
        }
      }
      int[] free = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = free;
    }
    return previous[b.length()];
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
