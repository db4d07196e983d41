package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Special tokens in texts, against llama.cpp's definition: one token after the other. */
class SpecialTokensTest {
  /** A part of a text: what it says, and whether it is a token. */
  private record Part(String text, boolean isToken) {}

  private record Special(String text, int type) {}

  /**
   * As {@code tokenizer_st_partition} does it: the longest token first, each in all that is left.
   */
  private static List<Part> reference(
      List<Special> specials, String text, boolean parseSpecial, boolean stripsRight) {
    List<Special> ordered = new ArrayList<>(specials);
    ordered.sort(Comparator.comparingInt(special -> -special.text.length()));
    List<Part> parts = new ArrayList<>(List.of(new Part(text, false)));
    for (Special special : ordered) {
      if (!parseSpecial && special.type != TestVocabulary.USER_DEFINED) {
        continue;
      }
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        int at = part.isToken ? -1 : part.text.indexOf(special.text);
        if (at < 0) {
          continue;
        }
        parts.remove(i);
        String right = part.text.substring(at + special.text.length());
        if (stripsRight) {
          right = right.replaceFirst("^[ \t-\r]+", "");
        }
        if (!right.isEmpty()) {
          parts.add(i, new Part(right, false));
        }
        parts.add(i, new Part(special.text, true));
        if (at > 0) {
          parts.add(i, new Part(part.text.substring(0, at), false));
          i++;
        }
      }
    }
    return parts;
  }

  private static List<Part> parts(
      SpecialTokens tokens, Vocabulary vocabulary, String text, boolean parseSpecial) {
    byte[] bytes = ("<" + text + ">").getBytes(ISO_8859_1);
    List<Part> parts = new ArrayList<>();
    tokens
        .newScan()
        .split(
            bytes,
            1,
            bytes.length - 1,
            parseSpecial,
            new SpecialTokens.Parts() {
              @Override
              public void text(int from, int to) {
                assertThat(to).isGreaterThan(from);
                parts.add(new Part(new String(bytes, from, to - from, ISO_8859_1), false));
              }

              @Override
              public void token(int id) {
                parts.add(new Part(vocabulary.texts.text(id), true));
              }
            });
    return parts;
  }

  private static Vocabulary vocabulary(List<Special> specials, boolean stripsRight)
      throws GgufException {
    TestVocabulary file = TestVocabulary.of("rwkv");
    specials.forEach(special -> file.token(special.text, special.type, 0));
    if (stripsRight) {
      file.with(keys -> keys.string("general.name", "Phi-3 mini"));
    }
    return VocabularyReader.read(file.file().read());
  }

  private static List<Special> randomSpecials(Random random, String alphabet) {
    Set<String> texts = new LinkedHashSet<>();
    for (int left = 1 + random.nextInt(8); left > 0; left--) {
      texts.add(randomText(random, alphabet, 1 + random.nextInt(5)));
    }
    return texts.stream().map(text -> new Special(text, 2 + random.nextInt(3))).toList();
  }

  private static String randomText(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  @Test
  void overlappingTokensAreFoundAsDefined() throws GgufException {
    Random random = new Random(7);
    for (int round = 0; round < 3000; round++) {
      String alphabet = "abc".substring(0, 1 + random.nextInt(3));
      List<Special> specials = randomSpecials(random, alphabet);
      Vocabulary vocabulary = vocabulary(specials, false);
      SpecialTokens tokens = new SpecialTokens(vocabulary);
      for (int i = 0; i < 5; i++) {
        String text = randomText(random, alphabet + "x", random.nextInt(40));
        boolean parse = random.nextInt(4) > 0;
        List<Part> expected = text.isEmpty() ? List.of() : reference(specials, text, parse, false);
        assertThat(parts(tokens, vocabulary, text, parse))
            .as("%s in %s", specials, text)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void whiteSpaceIsStrippedAsDefined() throws GgufException {
    Random random = new Random(8);
    for (int round = 0; round < 3000; round++) {
      List<Special> specials = randomSpecials(random, "ab ");
      Vocabulary vocabulary = vocabulary(specials, true);
      SpecialTokens tokens = new SpecialTokens(vocabulary);
      for (int i = 0; i < 5; i++) {
        String text = randomText(random, "aab  \tx", 1 + random.nextInt(40));
        boolean parse = random.nextInt(4) > 0;
        assertThat(parts(tokens, vocabulary, text, parse))
            .as("%s in %s", specials, text)
            .isEqualTo(reference(specials, text, parse, true));
      }
    }
  }

  @Test
  void moreOverlapsThanAreKeptAreTakenApartAsDefined() throws GgufException {
    List<Special> specials =
        List.of(
            new Special("aab", 3), new Special("aa", 4), new Special("ba", 3), new Special("a", 3));
    Vocabulary vocabulary = vocabulary(specials, false);
    SpecialTokens tokens = new SpecialTokens(vocabulary);
    Random random = new Random(9);
    for (String middle : List.of("", "b", "bb", "x")) {
      // Before and behind the long run there are texts and short ones.
      String text =
          "xx"
              + "a".repeat(70_000)
              + middle
              + randomText(random, "aaab", 90_000)
              + "xxaxab"
              + "a".repeat(70_001)
              + "bx";
      for (boolean parse : new boolean[] {true, false}) {
        assertThat(parts(tokens, vocabulary, text, parse).equals(fast(specials, text, parse)))
            .as("middle %s, parse %s", middle, parse)
            .isTrue();
      }
    }
  }

  /** The reference for long texts: the same order of tokens, with places marked as taken. */
  private static List<Part> fast(List<Special> specials, String text, boolean parseSpecial) {
    int[] taken = new int[text.length()]; // by place: 1 + the token that begins here; -1 inside
    List<Special> ordered = new ArrayList<>(specials);
    ordered.sort(Comparator.comparingInt(special -> -special.text.length()));
    for (int rank = 0; rank < ordered.size(); rank++) {
      Special special = ordered.get(rank);
      if (!parseSpecial && special.type != TestVocabulary.USER_DEFINED) {
        continue;
      }
      int length = special.text.length();
      for (int at = text.indexOf(special.text); at >= 0; at = text.indexOf(special.text, at)) {
        boolean free = true;
        for (int i = at; i < at + length; i++) {
          free &= taken[i] == 0;
        }
        if (free) {
          Arrays.fill(taken, at, at + length, -1);
          taken[at] = 1 + rank;
        }
        at += free ? length : 1;
      }
    }
    List<Part> parts = new ArrayList<>();
    int textFrom = 0;
    for (int at = 0; at < text.length(); ) {
      if (taken[at] == 0) {
        at++;
        continue;
      }
      if (textFrom < at) {
        parts.add(new Part(text.substring(textFrom, at), false));
      }
      String token = ordered.get(taken[at] - 1).text;
      parts.add(new Part(token, true));
      at += token.length();
      textFrom = at;
    }
    if (textFrom < text.length()) {
      parts.add(new Part(text.substring(textFrom), false));
    }
    return parts;
  }

  @Test
  void theLongestTokenIsFoundBeforeTheFirstOne() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("rwkv").control("ab", "bcd", "cdef").normal("a", "b", "c", "d").open();
    assertThat(split(tokenizer, "abcdef", false, true)).containsExactly("ab", "cdef");
    assertThat(split(tokenizer, "abcd", false, true)).containsExactly("a", "bcd");
  }

  @Test
  void userDefinedTokensAreFoundAlsoWhereSpecialOnesAreNot() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("rwkv")
            .control("<c>")
            .userDefined("<u>")
            .token("<n>", TestVocabulary.UNKNOWN, 0)
            .normal("<", ">", "c", "n", "u")
            .open();
    assertThat(split(tokenizer, "<c><u><n>", false, false))
        .containsExactly("<c>", "<u>", "<n>"); // RWKV's tokens are all in its trie
    TestVocabulary llama =
        TestVocabulary.llama()
            .truth("add_space_prefix", false)
            .userDefined("<u>")
            .normal("<", ">", "s", "u");
    assertThat(split(llama.open(), "<s><u>", false, false)).containsExactly("<", "s", ">", "<u>");
    assertThat(split(llama.open(), "<s><u>", false, true)).containsExactly("<s>", "<u>");
  }

  @Test
  void phi3DropsWhiteSpaceBehindMostSpecialTokens() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.llama()
            .control("<|user|>", "<|endoftext|>")
            .normal("▁", "a")
            .truth("add_space_prefix", false)
            .with(keys -> keys.string("general.name", "Microsoft Phi-3 Mini"))
            .open();
    assertThat(split(tokenizer, "a <|user|> \n\t a</s> a", false, true))
        .containsExactly("a", "▁", "<|user|>", "a", "</s>", "a");
    assertThat(split(tokenizer, "<s> a<|endoftext|> a", false, true))
        .containsExactly("<s>", "▁", "a", "<|endoftext|>", "▁", "a");
  }

  @Test
  void someMasksTakeTheWhiteSpaceBeforeThem() throws GgufException {
    TestVocabulary jina =
        TestVocabulary.gpt2("jina-v2-de").control("<mask>").normal("Ġa").merges("Ġ a");
    assertThat(split(jina.open(), "a \t<mask> a", false, true))
        .containsExactly("a", "<mask>", "Ġa");
    TestVocabulary plain =
        TestVocabulary.gpt2("gpt-2").control("<mask>").normal("Ġa").merges("Ġ a");
    assertThat(split(plain.open(), "a <mask> a", false, true))
        .containsExactly("a", "Ġ", "<mask>", "Ġa");
    TestVocabulary nomic =
        plain.with(keys -> keys.string("general.architecture", "nomic-bert-moe"));
    assertThat(split(nomic.open(), "a <mask> a", false, true)).containsExactly("a", "<mask>", "Ġa");
    TestVocabulary modern =
        TestVocabulary.gpt2("modern-bert")
            .control("[MASK]")
            .with(keys -> keys.string("general.name", "Modern-BERT base"));
    assertThat(split(modern.open(), "a [MASK]", false, true)).containsExactly("a", "[MASK]");
  }
}
