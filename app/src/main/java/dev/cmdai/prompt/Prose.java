package dev.cmdai.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells sentences from commands, and a refusal from an answer. */
final class Prose {
  /** Words that begin a sentence and are no command in any shell. */
  private static final Set<String> OPENERS =
      Set.of(
          "a",
          "according",
          "alternatively",
          "an",
          "and",
          "answer",
          "apologies",
          "as",
          "assuming",
          "based",
          "because",
          "both",
          "but",
          "cannot",
          "can't",
          "certainly",
          "command",
          "could",
          "explanation",
          "first",
          "hello",
          "here",
          "here's",
          "hi",
          "however",
          "i",
          "i'd",
          "i'll",
          "i'm",
          "i've",
          "in",
          "instead",
          "it",
          "it's",
          "its",
          "let",
          "like",
          "my",
          "no",
          "note",
          "of",
          "ok",
          "okay",
          "on",
          "once",
          "or",
          "please",
          "replace",
          "run",
          "simply",
          "so",
          "sorry",
          "sure",
          "that",
          "that's",
          "the",
          "then",
          "there",
          "there's",
          "these",
          "they",
          "this",
          "to",
          "try",
          "unable",
          "unfortunately",
          "use",
          "using",
          "we",
          "what",
          "when",
          "which",
          "will",
          "would",
          "yes",
          "you",
          "you'll",
          "your");

  /** Those of them that are also commands, or words a command may begin with, in lower case. */
  private static final Set<String> COMMANDS_TOO =
      Set.of("as", "command", "in", "let", "replace", "then", "use", "what", "which", "yes");

  private static final List<String> FUNCTION_WORDS =
      List.of(
          " the ", " a ", " an ", " is ", " are ", " of ", " you ", " your ", " can ", " will ",
          " this ", " that ", " with ", " for ", " and ", " to ");

  private static final List<String> REFUSALS =
      List.of(
          "i'm sorry",
          "i am sorry",
          "sorry,",
          "sorry ",
          "i cannot",
          "i can't",
          "i can not",
          "i'm unable",
          "i am unable",
          "i'm not able",
          "i am not able",
          "i won't",
          "as an ai",
          "as a language model",
          "unfortunately",
          "i apologize",
          "apologies",
          "unable to ",
          "please clarify",
          "please provide",
          "could you please",
          "i don't ",
          "i do not ",
          "there is no ",
          "there's no ",
          "no command",
          "not possible",
          "it is not possible",
          "it's not possible",
          "this cannot be done",
          "i need more");

  private Prose() {}

  /** Whether a line is a sentence, a heading or a label rather than a command. */
  static boolean is(String line) {
    String firstWord = firstWord(line);
    String lower = firstWord.toLowerCase(Locale.ROOT);
    boolean isCapitalised = isCapitalised(firstWord);
    if (OPENERS.contains(lower) && (isCapitalised || !COMMANDS_TOO.contains(lower))) {
      return line.length() > firstWord.length() || isCapitalised;
    }
    if (line.startsWith("- ") || line.startsWith("* ") || line.startsWith("**")) {
      return true;
    }
    return isCapitalised && (endsSentence(line) || functionWords(line) >= 2);
  }

  /** Whether the reply says that there is no command. */
  static boolean isRefusal(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replace('’', '\'');
    for (String refusal : REFUSALS) {
      if (lower.startsWith(refusal)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the command does nothing but print a refusal: {@code echo "Please clarify …"}. */
  static boolean isEchoedRefusal(String command) {
    String text = "";
    for (String printer : List.of("echo ", "Write-Output ", "Write-Host ", "printf ")) {
      if (command.startsWith(printer)) {
        text = command.substring(printer.length()).strip();
      }
    }
    if (text.length() < 2 || "\"'".indexOf(text.charAt(0)) < 0) {
      return false;
    }
    boolean isWhole = text.indexOf(text.charAt(0), 1) == text.length() - 1;
    return isWhole && isRefusal(text.substring(1)) && hasWords(text, 4);
  }

  private static boolean hasWords(String text, int atLeast) {
    int spaces = 0;
    for (int i = 0; i < text.length(); i++) {
      spaces += text.charAt(i) == ' ' ? 1 : 0;
    }
    return spaces >= atLeast - 1;
  }

  /** Whether a line only announces something: {@code Command:}. */
  static boolean isLabel(String line) {
    return line.endsWith(":");
  }

  private static String firstWord(String line) {
    int end = 0;
    while (end < line.length()
        && (Character.isLetter(line.charAt(end)) || "'’".indexOf(line.charAt(end)) >= 0)) {
      end++;
    }
    boolean isWord = end == line.length() || " ,.:;!".indexOf(line.charAt(end)) >= 0;
    return isWord ? line.substring(0, end).replace('’', '\'') : "";
  }

  private static boolean isCapitalised(String word) {
    if (word.isEmpty() || !Character.isUpperCase(word.charAt(0))) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      if (Character.isUpperCase(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean endsSentence(String line) {
    int last = line.length() - 1;
    return last > 0
        && ".:!?".indexOf(line.charAt(last)) >= 0
        && Character.isLetterOrDigit(line.charAt(last - 1));
  }

  private static int functionWords(String line) {
    int count = 0;
    for (String word : FUNCTION_WORDS) {
      if (line.contains(word)) {
        count++;
      }
    }
    return count;
  }
}
