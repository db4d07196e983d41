package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/** The model {@code hybriddna}. */
class HybridDnaTest {
  private static TestVocabulary dna() {
    return TestVocabulary.of("hybriddna")
        .string("pre", "gpt-2")
        .merges("A A")
        .normal("A", "C", "AA", "<", "AAAAAA")
        .normal("<dna>", "</dna>", "<oov>", "ACGTAC\uE000", "GGAAAA\uE000", "AAAAAA\uE000");
  }

  @Test
  void lettersBetweenTheMarksAreTakenSixAtATime() throws GgufException {
    GgufTokenizer tokenizer = dna().open();
    assertThat(split(tokenizer, "AA<dna>ACGTACGGAAAA</dna>AAC"))
        .containsExactly("AA", "<dna>", "ACGTAC", "GGAAAA", "</dna>", "AA", "C");
  }

  @Test
  void theLastSixAreFilledUpWithTheLetterA() throws GgufException {
    assertThat(split(dna().open(), "<dna>ACGTACGG</dna>"))
        .containsExactly("<dna>", "ACGTAC", "GGAAAA", "</dna>");
    assertThat(split(dna().open(), "<dna>A</dna>")).containsExactly("<dna>", "AAAAAA", "</dna>");
  }

  @Test
  void smallLettersAreCapitals() throws GgufException {
    assertThat(split(dna().open(), "<dna>acgtAC</dna>"))
        .containsExactly("<dna>", "ACGTAC", "</dna>");
  }

  @Test
  void sixLettersThatAreNoTokenAreOutOfTheVocabulary() throws GgufException {
    assertThat(split(dna().open(), "<dna>CCCCCCACGTAC</dna>"))
        .containsExactly("<dna>", "<oov>", "ACGTAC", "</dna>");
  }

  @Test
  void anOpenEndAndNothingAtAll() throws GgufException {
    assertThat(split(dna().open(), "<dna>acgtac")).containsExactly("<dna>", "ACGTAC");
    assertThat(split(dna().open(), "<dna></dna>")).containsExactly("<dna>", "</dna>");
  }

  @Test
  void aTokenOfSixLettersIsNotAWordOfThem() throws GgufException {
    GgufTokenizer tokenizer = dna().open();
    int[] ids = tokenizer.encode("<dna>AAAAAA</dna>", false, false);
    assertThat(ids).containsExactly(ids(tokenizer, "<dna>", "AAAAAA\uE000", "</dna>"));
    assertThat(ids[1]).isNotEqualTo(ids(tokenizer, "AAAAAA")[0]);
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo("<dna>AAAAAA</dna>");
  }

  @Test
  void withoutTheMarksItIsOrdinaryText() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("hybriddna")
            .string("pre", "gpt-2")
            .merges("A A")
            .normal("A", "AA", "<", "d", "n", "a", ">")
            .open();
    assertThat(split(tokenizer, "<dna>AA")).containsExactly("<", "d", "n", "a", ">", "AA");
  }
}
