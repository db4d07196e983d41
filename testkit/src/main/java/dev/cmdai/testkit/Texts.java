package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Texts that go wrong where somebody thinks of characters as bytes or of text as English. */
final class Texts {
  static final String WORDS = "and tell me how many lines each of them has";

  /** Some of everything; each is one short message. */
  static final List<String> UNICODE =
      List.of(
          "list files",
          "日本語のファイルを探す",
          "ابحث عن الملفات",
          "na\u0308ive e\u0301 \u0E01\u0E33 combining",
          "\uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDE9\uD83C\uDDEA"
              + " emoji",
          "right \u202E left \u2066 isolate",
          "\u0000 zero \u0007 bell \u001B[31m escape",
          "\uFEFF mark \uFFFE \uFFFF none",
          "private \uE000\uF8FF",
          "\r\n line \u2028 ends \u0085");

  /** What people write to a program. */
  static final List<String> PLAIN =
      List.of(
          "Find all .txt files in /tmp, and delete them!",
          "  two spaces, a\ttab and\n\na line",
          "x = 3.14159e-10; y[0] = f(x) && !z",
          "don't DON'T cafe\u0301 caf\u00E9",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "1234567890123456789");

  private Texts() {}

  /** Whether a text begins or ends with half a surrogate pair. */
  static boolean isTorn(String text) {
    return !text.isEmpty()
        && (Character.isLowSurrogate(text.charAt(0))
            || Character.isHighSurrogate(text.charAt(text.length() - 1)));
  }

  /** The reply to the author's conversation, which has to be long enough for the rule. */
  static String requireLong(String reply) {
    assertThat(reply)
        .as("the reply to conversation(), which has to be one that makes the model talk longer")
        .hasSizeGreaterThanOrEqualTo(8);
    return reply;
  }

  /** About half of a text. */
  static String firstHalf(String text) {
    return text.substring(0, middleIndex(text));
  }

  /** Two characters from the middle of a text, which no token need end with. */
  static String middle(String text) {
    int from = middleIndex(text);
    return text.substring(from, text.offsetByCodePoints(from, 2));
  }

  private static int middleIndex(String text) {
    return text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
  }
}
