package dev.cmdai.safety.parse.posix;

import java.util.ArrayList;
import java.util.List;

/**
 * One word of a shell command after quotes and escapes are gone.
 *
 * @param text what the command gets: the home folder as {@code ~}, the current one as {@code .},
 *     other expansions as they were written
 * @param isBare no part of it was quoted
 * @param hasUnknown part of it is only known when the command runs
 * @param substitutions the commands inside it
 */
public record Word(
    String text, boolean isBare, boolean hasUnknown, List<Substitution> substitutions) {
  private static final int MOST_EXPANSIONS = 64;
  private static final int LONGEST_EXPANDED = 256;

  /**
   * Commands whose output, or whose file, becomes part of a word.
   *
   * @param isFile written {@code <(…)}: the word is the name of a file with that output
   */
  public record Substitution(List<Pipeline> body, boolean isFile) {}

  /** A word that stands for itself. */
  public static Word literal(String text) {
    return new Word(text, false, false, List.of());
  }

  /** The words that {@code a{b,c}} becomes; a word without such braces becomes itself. */
  public List<Word> expanded() {
    int open = text.indexOf('{');
    if (!isBare || open < 0 || text.length() > LONGEST_EXPANDED) {
      return List.of(this);
    }
    List<String> texts = new ArrayList<>();
    expand("", text, texts);
    List<Word> words = new ArrayList<>(texts.size());
    for (String expanded : texts) {
      words.add(new Word(expanded, true, hasUnknown, substitutions));
    }
    return words;
  }

  private static void expand(String before, String rest, List<String> words) {
    int open = rest.indexOf('{');
    int close = open < 0 ? -1 : closing(rest, open);
    if (close < 0 || words.size() >= MOST_EXPANSIONS) {
      words.add(before + rest);
      return;
    }
    String head = before + rest.substring(0, open);
    String tail = rest.substring(close + 1);
    int depth = 0;
    int start = open + 1;
    boolean isList = false;
    for (int i = open + 1; i <= close; i++) {
      char c = rest.charAt(i);
      if ((c == ',' && depth == 0) || (i == close && isList)) {
        isList = true;
        expand(head, rest.substring(start, i) + tail, words);
        start = i + 1;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
    }
    if (!isList) {
      words.add(before + rest);
    }
  }

  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '{') {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
