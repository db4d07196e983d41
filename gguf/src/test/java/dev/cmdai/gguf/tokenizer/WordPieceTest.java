package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/** The model {@code bert}; words begin with U+2581 in its vocabulary. */
class WordPieceTest {
  private static TestVocabulary bert() {
    return TestVocabulary.of("bert")
        .control("[PAD]")
        .token("[UNK]", TestVocabulary.UNKNOWN, 0)
        .control("[CLS]", "[SEP]", "[MASK]")
        .id("padding_token_id", 0)
        .id("unknown_token_id", 1)
        .id("bos_token_id", 2)
        .id("seperator_token_id", 3)
        .id("mask_token_id", 4)
        .normal("▁un", "▁u", "able", "a", "b", "aff", "▁e", "▁E", "▁é", "▁,", "▁.", "▁漢", "▁字");
  }

  @Test
  void theLongestTokenIsTakenFirst() throws GgufException {
    assertThat(split(bert().open(), "unaffable")).containsExactly("▁un", "aff", "able");
    assertThat(split(bert().open(), "ua un")).containsExactly("▁u", "a", "▁un");
  }

  @Test
  void aWordWithAnyUnknownPartIsUnknownAsAWhole() throws GgufException {
    assertThat(split(bert().open(), "unz un")).containsExactly("[UNK]", "▁un");
    assertThat(split(bert().open(), "z z")).containsExactly("[UNK]", "[UNK]");
  }

  @Test
  void punctuationAndChineseStandAlone() throws GgufException {
    assertThat(split(bert().open(), "un,un. 漢字un"))
        .containsExactly("▁un", "▁,", "▁un", "▁.", "▁漢", "▁字", "▁un");
    assertThat(split(bert().open(), "$")).containsExactly("[UNK]");
  }

  @Test
  void textsAreWithoutCapitalsAndAccentsUnlessTheFileSaysSo() throws GgufException {
    assertThat(split(bert().open(), "É e\u0301 UN")).containsExactly("▁e", "▁e", "▁un");
    assertThat(split(bert().truth("normalizer.lowercase", false).open(), "E É é UN"))
        .containsExactly("▁E", "[UNK]", "▁é", "[UNK]");
    assertThat(split(bert().truth("normalizer.strip_accents", false).open(), "É"))
        .containsExactly("▁é");
  }

  @Test
  void controlCharactersAndBadBytesAreDropped() throws GgufException {
    assertThat(split(bert().open(), "u\u0000n\uFFFD\u0007 \u0001")).containsExactly("▁un");
    assertThat(bert().open().encode(new byte[] {'u', (byte) 0xFF, 'n'}, false, false))
        .containsExactly(5);
  }

  @Test
  void everyTextIsBetweenItsMarksWhateverTheKeysSay() throws GgufException {
    GgufTokenizer tokenizer =
        bert().truth("add_bos_token", false).truth("add_eos_token", false).open();
    assertThat(split(tokenizer, "un", true, false)).containsExactly("[CLS]", "▁un", "[SEP]");
    assertThat(split(tokenizer, "", true, false)).containsExactly("[CLS]", "[SEP]");
  }

  @Test
  void withoutAnUnknownTokenUnknownWordsVanish() throws GgufException {
    GgufTokenizer tokenizer = TestVocabulary.of("bert").normal("▁a").open();
    assertThat(split(tokenizer, "a z a", true, false)).containsExactly("▁a", "▁a");
  }

  @Test
  void decodingCleansSpacesBeforePunctuation() throws GgufException {
    GgufTokenizer tokenizer = bert().open();
    int[] ids = ids(tokenizer, "▁un", "able", "▁,", "▁un", "▁.");
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo(" unable, un.");
  }
}
