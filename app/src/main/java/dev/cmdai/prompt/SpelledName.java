package dev.cmdai.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that a request spells out, and where.
 *
 * @param start where it begins, with its quotes
 * @param end where it ends
 * @param name without quotes
 * @param isQuoted whether it has quotes
 */
record SpelledName(int start, int end, String name, boolean isQuoted) {
  private static final Pattern WORD =
      Pattern.compile("\"[^\"]+\"|'[^']+'|“[^”]+”|`[^`]+`|[^\\s,;()]+");

  /** A word is left alone that is more than a name: an expression, an option, an account. */
  private static final Pattern NO_NAME = Pattern.compile("[*?\\[\\]{}$<>|&=@\\\\\"'`]|^-");

  /** Two words in one, or a word with a number; not sizes and the like, which begin with one. */
  private static final Pattern UNUSUAL =
      Pattern.compile("(?=.{5})\\p{L}[\\p{L}\\d]*(-[\\p{L}\\d]|\\d|(?<=\\p{Ll})\\p{Lu}).*");

  /** The names of a request, the first one first. */
  static List<SpelledName> in(String request) {
    List<SpelledName> names = new ArrayList<>();
    Matcher words = WORD.matcher(request);
    while (words.find()) {
      String word = words.group();
      boolean isQuoted = "\"'“`".indexOf(word.charAt(0)) >= 0 && word.length() > 2;
      String name = isQuoted ? word.substring(1, word.length() - 1) : withoutPunctuation(word);
      if (!NO_NAME.matcher(name).find()
          && (isQuoted || Names.isName(name) || UNUSUAL.matcher(name).matches())) {
        int end = words.start() + (isQuoted ? word.length() : name.length());
        names.add(new SpelledName(words.start(), end, name, isQuoted));
      }
    }
    return names;
  }

  private static String withoutPunctuation(String word) {
    int end = word.length();
    while (end > 0 && ".:!?".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    return word.substring(0, end);
  }

  /** Whether it is one for certain; others, such as read-only or 10MB, may be plain words. */
  boolean isCertain() {
    return isQuoted || Names.isName(name);
  }

  /** Whether a command has it as it is, in one word. */
  boolean isIn(String command) {
    boolean isOneWord = name.indexOf(' ') < 0;
    int at = command.indexOf(name);
    while (at >= 0) {
      if (isOneWord || Quotes.at(command, at) != Quotes.NONE) {
        return true;
      }
      at = command.indexOf(name, at + 1);
    }
    return !isOneWord && command.contains(name.replace(" ", "\\ "));
  }
}
