package dev.cmdai.prompt;

import java.util.regex.Pattern;

/**
 * A request without the courtesies around it, for a small model that may stumble over them: {@code
 * Could you please lock the screen?} becomes {@code lock the screen}.
 */
public final class BareRequest {
  private static final String SOMEBODY = "(?:you|u|we|i|someone|somebody|anybody|anyone)";

  /** What people begin with, each to be taken away alone. */
  private static final Pattern OPENING =
      Pattern.compile(
          "^(?:"
              + String.join(
                  "|",
                  "(?:hi|hello|hey|ok|okay|so|well|sorry|question)(?: there)?[,.!:;]?\\s+",
                  "(?:please|pls|plz|kindly|just|now|maybe)\\b,?\\s+",
                  "(?:can|could|would|will) " + SOMEBODY + "(?: please| kindly| maybe| just)?\\s+",
                  "(?:how|where) (?:do|can|could|would|should|might|must) (?:i|you|we|one)\\s+",
                  "how to\\s+",
                  "(?:what is|what's|what would be) (?:the|a) (?:best |easiest |right )?"
                      + "(?:command|way) (?:to|for|that)\\s+",
                  "(?:is there|there is) (?:a|any) (?:command|way) (?:to|for|that)\\s+",
                  "(?:is it possible|would it be possible|would you be so kind) (?:and|to)\\s+",
                  "(?:i|we)(?: would|'d| really)? (?:want|need|like|love|wish|have|try)"
                      + "(?: you| the computer)? to\\s+",
                  "(?:i'm|i am|we are|we're) (?:trying|looking) to\\s+",
                  "(?:i|we) (?:must|should|gotta|wanna|will|shall)\\s+",
                  "(?:let me|let us|let's|help me(?: to)?|tell me)\\s+",
                  "(?:show|tell|teach) me how (?:to|i can|can i|do i)\\s+",
                  "(?:i need|need|give me|show me|tell me) (?:a|the) command (?:to|for|that)\\s+")
              + ")",
          Pattern.CASE_INSENSITIVE);

  /** What people end with, unless a name is due there: "search a.txt for please". */
  private static final Pattern CLOSING =
      Pattern.compile(
          "(?<!\\b(?:to|for|called|named|word|text|user|branch|as|with|of|in|is))"
              + "[,;]?\\s+(?:please|pls|plz|thanks|thank you|thx|thanks a lot|many thanks"
              + "|thank you very much|for me|if possible|if you can|asap|now|quickly|kindly)$",
          Pattern.CASE_INSENSITIVE);

  /** Not the dots of a path: "what is in ..". */
  private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[\\w\"')`])[.!?]+$");

  private static final int MOST_COURTESIES = 4;

  /** What is left of a request has at least so many characters: "please now" has no wish. */
  private static final int SHORTEST = 7;

  private BareRequest() {}

  /** The wish alone, with a small letter at its beginning. */
  public static String of(String request) {
    String text = END_OF_SENTENCE.matcher(request.strip()).replaceFirst("");
    for (int i = 0; i < MOST_COURTESIES; i++) {
      text = without(OPENING, text);
      text = without(CLOSING, text);
    }
    boolean isSentence =
        text.length() > 1
            && Character.isUpperCase(text.charAt(0))
            && Character.isLowerCase(text.charAt(1));
    return isSentence ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }

  /** The text without a courtesy, if something is left then. */
  private static String without(Pattern courtesy, String text) {
    String rest = courtesy.matcher(text).replaceFirst("");
    return rest.length() < SHORTEST ? text : rest;
  }
}
