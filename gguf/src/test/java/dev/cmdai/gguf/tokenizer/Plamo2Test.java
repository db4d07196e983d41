package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/** The model {@code plamo2}. */
class Plamo2Test {
  private static TestVocabulary plamo() {
    return TestVocabulary.of("plamo2")
        .specials()
        .control("<pad>")
        .bytes()
        .scored("a", -2)
        .scored("b", -2)
        .scored("c", -2);
  }

  @Test
  void theHighestSumOfScoresWins() throws GgufException {
    GgufTokenizer tokenizer =
        plamo().scored("ab", -3).scored("bc", -2.5).scored("abc", -4.75).open();
    assertThat(split(tokenizer, "abc")).containsExactly("a", "bc");
    assertThat(split(tokenizer, "abab")).containsExactly("ab", "ab");
  }

  @Test
  void ofEqualSumsTheLongerBeginningWins() throws GgufException {
    GgufTokenizer tokenizer = plamo().scored("ab", -4).open();
    assertThat(split(tokenizer, "ab")).containsExactly("ab");
    GgufTokenizer both = plamo().scored("ab", -3).scored("bc", -3).open();
    assertThat(split(both, "abc")).containsExactly("ab", "c");
  }

  @Test
  void whatIsNoTokenBecomesItsBytes() throws GgufException {
    assertThat(split(plamo().open(), "aé漢"))
        .containsExactly("a", "<0xC3>", "<0xA9>", "<0xE6>", "<0xBC>", "<0xA2>");
  }

  @Test
  void aByteOrderMarkAtTheBeginningIsDropped() throws GgufException {
    assertThat(split(plamo().open(), "\uFEFFa")).containsExactly("a");
    assertThat(split(plamo().open(), "a\uFEFF")).containsExactly("a", "<0xEF>", "<0xBB>", "<0xBF>");
    assertThat(split(plamo().open(), "\uFEFF")).isEmpty();
  }

  @Test
  void nothingIsEverAddedAroundAText() throws GgufException {
    GgufTokenizer tokenizer =
        plamo().truth("add_bos_token", true).truth("add_eos_token", true).open();
    assertThat(split(tokenizer, "a", true, false)).containsExactly("a");
    assertThat(split(tokenizer, "a<s>", true, true)).containsExactly("a", "<s>");
  }

  @Test
  void allBytesMustBeTokens() {
    assertThatThrownBy(TestVocabulary.of("plamo2").specials().normal("a")::open)
        .isInstanceOf(GgufException.class)
        .hasMessage("the vocabulary has no token for byte 00");
  }

  @Test
  void decodingJoinsBytes() throws GgufException {
    GgufTokenizer tokenizer = plamo().scored("▁", -1).open();
    int[] ids = tokenizer.encode("aé▁ b", false, false);
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo("aé▁ b");
  }
}
