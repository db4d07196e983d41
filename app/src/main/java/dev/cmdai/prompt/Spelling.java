package dev.cmdai.prompt;

import dev.cmdai.names.NearestNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts misspelt words of a request right, for a small model that knows few words: {@code serach for
 * emtpy fiels}. Names stay as they are as far as one can tell: what has a digit, a dot, a slash or
 * a capital letter, stands in quotes, or comes after a word such as <i>called</i>.
 */
public final class Spelling {
  /** Quoted text, or a word between spaces and punctuation. */
  private static final Pattern WORD =
      Pattern.compile(
          "\"[^\"]*\"|(?<!\\w)'[^']*'|`[^`]*`"
              + "|(?<![^\\s(,;:])(?<word>\\p{Alpha}\\p{Lower}{2,})(?=[,;:?!)]*(\\.?[\\s)]|\\.{0,3}$))");

  private static final Set<String> NAMING =
      Set.of("branch", "called", "container", "host", "named", "namely", "service", "tag", "user");

  /** Shorter words have too many neighbours for a second mistake. */
  private static final int LONG = 6;

  /** From the most frequent on, each with its place. */
  private final Map<String, Integer> frequent;

  private final Set<String> alsoRight;

  private Spelling(Map<String, Integer> frequent, Set<String> alsoRight) {
    this.frequent = frequent;
    this.alsoRight = alsoRight;
  }

  /**
   * Reads the words.
   *
   * @param file the words of requests, the most frequent first, each in a line of its own; after an
   *     empty line those that are right too
   */
  public static Spelling read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  /** Knows the words in the lines of such a file. */
  static Spelling of(List<String> lines) {
    Map<String, Integer> frequent = HashMap.newHashMap(lines.size());
    Set<String> alsoRight = HashSet.newHashSet(lines.size());
    int end = lines.indexOf("");
    for (int i = 0; i < lines.size(); i++) {
      if (end < 0 || i < end) {
        frequent.putIfAbsent(lines.get(i), i);
      } else {
        alsoRight.add(lines.get(i));
      }
    }
    return new Spelling(frequent, alsoRight);
  }

  /** The request with its misspelt words put right; empty when there are none. */
  public Optional<String> corrected(String request) {
    StringBuilder text = new StringBuilder();
    String before = "";
    boolean isChanged = false;
    int end = 0;
    Matcher words = WORD.matcher(request);
    while (words.find()) {
      String word = words.group("word");
      if (word == null) {
        before = "";
        continue;
      }
      boolean mayBeName =
          NAMING.contains(before) || (Character.isUpperCase(word.charAt(0)) && words.start() > 0);
      before = word.toLowerCase(Locale.ROOT);
      Optional<String> right = mayBeName ? Optional.empty() : right(before);
      if (right.isPresent()) {
        isChanged = true;
        before = right.get();
        text.append(request, end, words.start()).append(before);
        end = words.end();
      }
    }
    return isChanged
        ? Optional.of(text.append(request, end, request.length()).toString())
        : Optional.empty();
  }

  /** The word that was meant, unless this one is right or like none. */
  private Optional<String> right(String word) {
    if (frequent.containsKey(word) || alsoRight.contains(word)) {
      return Optional.empty();
    }
    String best = null;
    long bestRank = Long.MAX_VALUE;
    for (Map.Entry<String, Integer> entry : frequent.entrySet()) {
      String known = entry.getKey();
      if (Math.abs(known.length() - word.length()) <= 2) {
        long rank = rank(word, known, entry.getValue());
        if (rank < bestRank) {
          best = known;
          bestRank = rank;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** The likelier one word was meant by another, the lower; the highest number for not at all. */
  private static long rank(String word, String known, int place) {
    int distance = NearestNames.distance(word, known);
    boolean beginsAlike = word.charAt(0) == known.charAt(0);
    if (distance > 2 || (distance == 2 && (word.length() < LONG || !beginsAlike))) {
      return Long.MAX_VALUE;
    }
    // How often a word is said counts more than any but these: two mistakes are rare, and so is
    // one in the first letter; letters in the wrong order are frequent.
    long rank = place + 1L;
    if (!beginsAlike) {
      rank *= 3;
    }
    if (!hasSameLetters(word, known)) {
      rank *= 3;
    }
    return distance == 2 ? rank + Integer.MAX_VALUE : rank;
  }

  private static boolean hasSameLetters(String word, String known) {
    return word.length() == known.length()
        && Arrays.equals(word.chars().sorted().toArray(), known.chars().sorted().toArray());
  }
}
