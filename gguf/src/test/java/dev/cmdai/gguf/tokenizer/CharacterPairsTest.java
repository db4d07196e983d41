package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/**
 * Byte pairs that begin with characters: Gemma 4, Sarvam, and the models of words between spaces.
 */
class CharacterPairsTest {
  private static TestVocabulary gemma4() {
    return TestVocabulary.of("gemma4").merges().specials().bytes().id("bos_token_id", 1);
  }

  private static TestVocabulary words() {
    return TestVocabulary.of("whitespace").string("pre", "whitespace").merges();
  }

  @Test
  void spacesMergeAsLowBlocks() throws GgufException {
    GgufTokenizer tokenizer =
        gemma4().normal("▁", "a", "b", "▁a", "a▁").merges("▁ a", "a ▁").open();
    assertThat(split(tokenizer, "a a b")).containsExactly("a", "▁a", "▁", "b");
    assertThat(tokenizer.decode(ids(tokenizer, "a", "▁a", "▁", "b"), false, false))
        .isEqualTo("a a b");
  }

  @Test
  void mergesReachOverWhateverIsInALine() throws GgufException {
    GgufTokenizer tokenizer =
        gemma4().normal("1", "▁", "a", "a▁", "a▁1").merges("a ▁", "a▁ 1").open();
    assertThat(split(tokenizer, "a 1a 1")).containsExactly("a▁1", "a▁1");
  }

  @Test
  void whatIsNoTokenBecomesItsBytes() throws GgufException {
    GgufTokenizer tokenizer = gemma4().normal("a").open();
    assertThat(split(tokenizer, "aé")).containsExactly("a", "<0xC3>", "<0xA9>");
    assertThat(split(tokenizer, " ")).containsExactly("<0xE2>", "<0x96>", "<0x81>");
  }

  @Test
  void partsOfMergesThatAreNoTokensBecomeTheirBytes() throws GgufException {
    GgufTokenizer tokenizer = gemma4().normal("a", "é", "aéa").merges("a é", "aé a").open();
    assertThat(split(tokenizer, "aéa")).containsExactly("aéa");
    assertThat(split(tokenizer, "aé")).containsExactly("<0x61>", "<0xC3>", "<0xA9>");
  }

  @Test
  void runsOfLineBreaksAreOneTokenWithoutAnyMerge() throws GgufException {
    GgufTokenizer tokenizer = gemma4().normal("\n", "\n\n", "a").open();
    assertThat(split(tokenizer, "a\n\na\n")).containsExactly("a", "\n\n", "a", "\n");
    assertThat(split(tokenizer, "\n\n\n")).containsExactly("\n", "\n", "\n");
    GgufTokenizer sarvam =
        TestVocabulary.of("gpt2").string("pre", "sarvam-moe").merges().normal("\n", "\n\n").open();
    assertThat(split(sarvam, "\n\n")).containsExactly("\n", "\n");
  }

  @Test
  void gemmaAlwaysBeginsTexts() throws GgufException {
    GgufTokenizer tokenizer = gemma4().normal("a").truth("add_bos_token", false).open();
    assertThat(split(tokenizer, "a", true, false)).containsExactly("<s>", "a");
    assertThat(tokenizer.preType()).isEqualTo("gemma4");
    assertThat(tokenizer.modelType()).isEqualTo("gemma4");
  }

  @Test
  void whiteSpaceOnlySeparates() throws GgufException {
    GgufTokenizer tokenizer = words().normal("a", "b", "ab", "ba").merges("a b", "b a").open();
    assertThat(split(tokenizer, " ab\t\n\u3000ba b a ")).containsExactly("ab", "ba", "b", "a");
    assertThat(split(tokenizer, " \n")).isEmpty();
  }

  @Test
  void capitalsBecomeSmallLettersWhenTheFileSaysSo() throws GgufException {
    TestVocabulary capitals = words().normal("a", "A", "ⱥ");
    assertThat(split(capitals.open(), "Aa")).containsExactly("A", "a");
    GgufTokenizer lower = capitals.truth("normalizer.lowercase", true).open();
    assertThat(split(lower, "Aa")).containsExactly("a", "a");
    assertThat(split(lower, "Ⱥ".repeat(1000))).hasSize(1000).containsOnly("ⱥ");
  }
}
