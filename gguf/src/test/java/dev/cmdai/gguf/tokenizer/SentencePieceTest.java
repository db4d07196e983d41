package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.names;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/** The model {@code llama}. */
class SentencePieceTest {
  private static TestVocabulary letters() {
    return TestVocabulary.llama().normal("▁", "a", "b", "c", "d");
  }

  private static TestVocabulary withoutPrefix() {
    return letters().truth("add_space_prefix", false);
  }

  @Test
  void theHigherScoreMergesFirst() throws GgufException {
    GgufTokenizer left = withoutPrefix().scored("ab", -1).scored("bc", -2).open();
    assertThat(split(left, "abc")).containsExactly("ab", "c");
    GgufTokenizer right = withoutPrefix().scored("ab", -2).scored("bc", -1).open();
    assertThat(split(right, "abc")).containsExactly("a", "bc");
  }

  @Test
  void ofEqualScoresTheLeftmostMergesFirst() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().scored("aa", -1).scored("aab", -1).open();
    assertThat(split(tokenizer, "aaa")).containsExactly("aa", "a");
    assertThat(split(tokenizer, "aaab")).containsExactly("aa", "a", "b");
    assertThat(split(tokenizer, "aab")).containsExactly("aab");
  }

  @Test
  void negativeAndPositiveZeroAreOneScore() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().scored("ab", -0.0).scored("bc", 0.0).open();
    assertThat(split(tokenizer, "abc")).containsExactly("ab", "c");
  }

  @Test
  void aTokenThatNoTwoTokensMakeIsNeverFound() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().scored("abcd", -1).scored("ab", -2).open();
    assertThat(split(tokenizer, "abcd")).containsExactly("ab", "c", "d");
  }

  @Test
  void whatIsNoTokenBecomesItsBytes() throws GgufException {
    assertThat(split(withoutPrefix().open(), "aéx"))
        .containsExactly("a", "<0xC3>", "<0xA9>", "<0x78>");
  }

  @Test
  void withoutByteTokensABytesOwnTextIsTakenAndThenTheUnknownToken() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("llama")
            .specials()
            .normal("a", "x")
            .truth("add_space_prefix", false)
            .open();
    assertThat(split(tokenizer, "axé")).containsExactly("a", "x", "<unk>", "<unk>");
  }

  @Test
  void spacesAreWrittenAsLowBlocks() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().scored("▁a", -1).scored("▁▁", -2).open();
    assertThat(split(tokenizer, "a  a a")).containsExactly("a", "▁", "▁a", "▁a");
    assertThat(split(tokenizer, "   ")).containsExactly("▁▁", "▁");
    assertThat(split(tokenizer, "▁a")).containsExactly("▁a");
  }

  @Test
  void aSpaceComesBeforeTheTextAndAfterEverySpecialToken() throws GgufException {
    GgufTokenizer tokenizer = letters().scored("▁a", -1).userDefined("<user>").open();
    assertThat(split(tokenizer, "a<s>aa<user>a b", false, true))
        .containsExactly("▁a", "<s>", "▁a", "a", "<user>", "▁a", "▁", "b");
    assertThat(split(tokenizer, "<s>", false, true)).containsExactly("<s>");
  }

  @Test
  void beginOfTextIsAddedByDefaultAndEndOfTextIsNot() throws GgufException {
    assertThat(split(letters().open(), "b", true, false)).containsExactly("<s>", "▁", "b");
    assertThat(split(letters().open(), "", true, false)).containsExactly("<s>");
    assertThat(split(letters().open(), "")).isEmpty();
  }

  @Test
  void keysDecideOnBeginAndEndOfText() throws GgufException {
    GgufTokenizer tokenizer =
        withoutPrefix().truth("add_bos_token", false).truth("add_eos_token", true).open();
    assertThat(split(tokenizer, "b", true, false)).containsExactly("b", "</s>");
    assertThat(tokenizer.addsBos()).isFalse();
    assertThat(tokenizer.addsEos()).isTrue();
  }

  @Test
  void badBytesStayWhatTheyAre() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().scored("ab", -1).open();
    // FE announces four bytes, and what it takes is no token any more; C3 at the end announces two.
    byte[] text = {'a', 'b', (byte) 0xFE, (byte) 0xBF, 'a', (byte) 0xC3, 'a', (byte) 0xC3};
    assertThat(names(tokenizer, tokenizer.encode(text, false, false)))
        .containsExactly("ab", "<0xFE>", "<0xBF>", "<0x61>", "<0xC3>", "a", "<0xC3>");
    assertThat(tokenizer.decodeToBytes(tokenizer.encode(text, false, false), false, false))
        .isEqualTo(text);
  }

  @Test
  void aByteThatAnnouncesMoreTakesThePartsOfAWrittenSpace() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().open();
    byte[] text = {(byte) 0xE2, ' ', 'a'};
    assertThat(names(tokenizer, tokenizer.encode(text, false, false)))
        .containsExactly("<0xE2>", "<0xE2>", "<0x96>", "<0x81>", "a");
  }

  @Test
  void decodingTurnsBlocksIntoSpacesAndDropsTheFirst() throws GgufException {
    GgufTokenizer tokenizer = letters().scored("▁a", -1).open();
    assertThat(tokenizer.decode(ids(tokenizer, "▁a", "▁a"), false, false)).isEqualTo("a a");
    assertThat(tokenizer.decode(ids(tokenizer, "<s>", "▁a"), false, false)).isEqualTo(" a");
    assertThat(tokenizer.decode(ids(tokenizer, "<s>", "▁a"), true, false)).isEqualTo(" a");
    assertThat(tokenizer.decode(ids(tokenizer, "<s>", "▁a", "</s>"), false, true))
        .isEqualTo("<s> a</s>");
  }

  @Test
  void decodingJoinsBytesToCharacters() throws GgufException {
    GgufTokenizer tokenizer = withoutPrefix().open();
    int[] ids = ids(tokenizer, "<0xE2>", "<0x82>", "<0xAC>", "<0xC3>");
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo("€\uFFFD");
    assertThat(tokenizer.decodeToBytes(ids, false, false))
        .startsWith("€".getBytes(UTF_8))
        .endsWith(new byte[] {(byte) 0xC3});
  }
}
