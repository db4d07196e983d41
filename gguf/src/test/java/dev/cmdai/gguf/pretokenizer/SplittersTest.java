package dev.cmdai.gguf.pretokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ways to cut that are no regular expressions here, against plain ones. */
class SplittersTest {
  private static List<String> pieces(Splitter splitter, String text) {
    String before = "12"; // must not count
    byte[] bytes = (before + text + "34").getBytes(UTF_8);
    int start = before.length();
    int end = bytes.length - 2;
    List<String> pieces = new ArrayList<>();
    for (int at = start; at < end; ) {
      int to = splitter.pieceEnd(bytes, start, at, end);
      assertThat(to).isBetween(at + 1, end);
      pieces.add(new String(bytes, at, to - at, UTF_8));
      at = to;
    }
    return pieces;
  }

  private static List<String> reference(Pattern cuts, String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    Matcher matcher = cuts.matcher(text);
    while (matcher.find()) {
      for (int cut : new int[] {matcher.start(), matcher.end()}) {
        if (cut > from) {
          pieces.add(text.substring(from, cut));
          from = cut;
        }
      }
    }
    if (from < text.length()) {
      pieces.add(text.substring(from));
    }
    return pieces;
  }

  private static String random(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(30); left > 0; left--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void digitGroupsAreOfThreeFromTheRight() {
    assertThat(pieces(new DigitGroups(), "ab1234567cd12e"))
        .containsExactly("ab1", "234", "567", "cd12", "e");
    assertThat(pieces(new DigitGroups(), "123")).containsExactly("123");
    assertThat(pieces(new DigitGroups(), "x")).containsExactly("x");
    Pattern cuts = Pattern.compile("(?<=\\p{N})(?=(\\p{N}{3})*(?!\\p{N}))");
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      String text = random(random, "11223٣½x ");
      assertThat(pieces(new DigitGroups(), text)).isEqualTo(reference(cuts, text));
    }
  }

  @Test
  void thousandsAreCutWhereWholeGroupsFollow() {
    assertThat(pieces(new Thousands(), "ab1234567cd123"))
        .containsExactly("ab1", "234", "567cd", "123");
    assertThat(pieces(new Thousands(), "12")).containsExactly("12");
    Pattern cuts = Pattern.compile("(?=([0-9]{3})+(?![0-9]))");
    Random random = new Random(2);
    for (int i = 0; i < 3000; i++) {
      String text = random(random, "11223٣x ");
      assertThat(pieces(new Thousands(), text)).isEqualTo(reference(cuts, text));
    }
  }

  @Test
  void whiteSpaceAtTheEndIsCutOff() {
    Pattern cuts = Pattern.compile("[\\s\u3000\u0085]+\\z");
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      String text = random(random, " \t\n\u3000\u0085xé");
      assertThat(pieces(new TrailingSpace(), text)).isEqualTo(reference(cuts, text));
    }
  }

  @Test
  @Timeout(60) // looking at the rest of the number for each group would take minutes
  void longNumbersTakeNoMoreThanOneLookAtEachDigit() {
    String digits = "7".repeat(1_000_000);
    for (Splitter splitter : List.of(new DigitGroups(), new Thousands())) {
      List<String> pieces = pieces(splitter, digits);
      assertThat(pieces).hasSize(333_334);
      assertThat(pieces.getFirst()).isEqualTo("7");
    }
  }
}
