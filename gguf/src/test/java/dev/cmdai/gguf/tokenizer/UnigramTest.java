package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.names;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The model {@code t5}. */
class UnigramTest {
  private static TestVocabulary t5() {
    return TestVocabulary.of("t5")
        .control("<pad>", "</s>")
        .token("<unk>", TestVocabulary.UNKNOWN, 0)
        .scored("▁", -3)
        .scored("a", -2)
        .scored("b", -2)
        .scored("c", -2);
  }

  @Test
  void theHighestSumOfScoresWins() throws GgufException {
    GgufTokenizer tokenizer = t5().scored("ab", -3).scored("bc", -2.5).scored("abc", -4.75).open();
    assertThat(split(tokenizer, "abc")).containsExactly("a", "bc"); // -4.5 against -5 and -4.75
    assertThat(split(tokenizer, "ab")).containsExactly("ab");
  }

  @Test
  void ofEqualSumsTheOneFoundFirstStays() throws GgufException {
    GgufTokenizer tokenizer = t5().scored("ab", -4).open();
    assertThat(split(tokenizer, "ab")).containsExactly("ab"); // found from the earlier place
  }

  @Test
  void unknownCharactersInARowAreOneToken() throws GgufException {
    GgufTokenizer tokenizer = t5().open();
    assertThat(split(tokenizer, "axyza漢字")).containsExactly("a", "<unk>", "a", "<unk>");
    assertThat(split(tokenizer, "xx xx")).containsExactly("<unk>", "▁", "<unk>");
    assertThat(split(tokenizer, "x".repeat(1000))).containsExactly("<unk>");
  }

  @Test
  void unknownCharactersInARowAreOneTokenAlsoWhereScoresCannotBeAddedExactly()
      throws GgufException {
    GgufTokenizer tokenizer = t5().scored("d", -0.1e-12).open();
    assertThat(split(tokenizer, "axyzda漢字")).containsExactly("a", "<unk>", "d", "a", "<unk>");
  }

  @Test
  void withoutAnUnknownTokenUnknownCharactersVanish() throws GgufException {
    GgufTokenizer tokenizer = TestVocabulary.of("t5").scored("a", -1).scored("b", -1).open();
    assertThat(split(tokenizer, "axbxxa")).containsExactly("a", "b", "a");
    assertThat(split(tokenizer, "x")).isEmpty();
    assertThat(split(tokenizer, "xax")).containsExactly("a");
  }

  @Test
  void userDefinedTokensCountNothingAndAreFoundFirst() throws GgufException {
    GgufTokenizer tokenizer =
        t5().token("abab", TestVocabulary.USER_DEFINED, -100).scored("ba", 5).open();
    assertThat(split(tokenizer, "cababc")).containsExactly("c", "abab", "c");
  }

  @Test
  void unusedTokensAreFoundAndControlTokensAreNot() throws GgufException {
    GgufTokenizer tokenizer =
        t5().token("ab", TestVocabulary.UNUSED, -1).token("bc", TestVocabulary.CONTROL, 9).open();
    assertThat(split(tokenizer, "abc")).containsExactly("ab", "c");
  }

  @Test
  void endOfTextIsAddedByDefaultAndBeginOfTextIsNot() throws GgufException {
    assertThat(split(t5().open(), "a", true, false)).containsExactly("a", "</s>");
    assertThat(split(t5().open(), "", true, false)).containsExactly("</s>");
  }

  @Test
  void keysDecideOnSpaces() throws GgufException {
    TestVocabulary spaces = t5().scored("▁a", -1);
    assertThat(split(spaces.open(), "a  a ")).containsExactly("a", "▁", "▁a", "▁");
    GgufTokenizer prefix = t5().scored("▁a", -1).truth("add_space_prefix", true).open();
    assertThat(split(prefix, "a  a ")).containsExactly("▁a", "▁", "▁a", "▁");
    GgufTokenizer tidy =
        t5().scored("▁a", -1)
            .truth("add_space_prefix", true)
            .truth("remove_extra_whitespaces", true)
            .open();
    assertThat(split(tidy, "  a   a  ")).containsExactly("▁a", "▁a");
    assertThat(split(tidy, "   ")).isEmpty();
  }

  @Test
  void badBytesAreReplacementCharacters() throws GgufException {
    GgufTokenizer tokenizer = t5().scored("\uFFFD", -1).open();
    byte[] text = {'a', (byte) 0xFF, (byte) 0xC3, 'b'};
    assertThat(names(tokenizer, tokenizer.encode(text, false, false)))
        .containsExactly("a", "\uFFFD", "\uFFFD", "b");
  }

  @Test
  void theTableOfReplacementsIsAppliedLongestFirst() throws GgufException {
    TestVocabulary vocabulary =
        t5().with(file ->
            file.bytes8(
                "tokenizer.ggml.precompiled_charsmap",
                CharsMapBlob.of(Map.of("A", "a", "AB", "bb", "Ａ", "a", "X", "", "\t", " "))));
    GgufTokenizer tokenizer = vocabulary.open();
    assertThat(split(tokenizer, "AcABcＡ")).containsExactly("a", "c", "b", "b", "c", "a");
    assertThat(split(tokenizer, "aXXb")).containsExactly("a", "b");
    assertThat(split(tokenizer, "a\tb")).containsExactly("a", "▁", "b");
    assertThat(split(tokenizer, "XX")).isEmpty();
  }

  @Test
  void userDefinedTokensAreNotReplaced() throws GgufException {
    GgufTokenizer tokenizer =
        t5().token("A", TestVocabulary.USER_DEFINED, 0)
            .with(file ->
                file.bytes8(
                    "tokenizer.ggml.precompiled_charsmap", CharsMapBlob.of(Map.of("A", "a"))))
            .open();
    assertThat(split(tokenizer, "aAa")).containsExactly("a", "A", "a");
  }

  @Test
  void decodingTurnsBlocksIntoSpaces() throws GgufException {
    GgufTokenizer tokenizer = t5().scored("▁a", -1).truth("add_space_prefix", true).open();
    int[] ids = ids(tokenizer, "▁a", "▁a", "</s>");
    assertThat(tokenizer.decode(ids, true, false)).isEqualTo("a a");
    assertThat(tokenizer.decode(ids, false, true)).isEqualTo("a a</s>");
  }
}
