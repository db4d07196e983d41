package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.names;
import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;

/** The model {@code gpt2}. */
class BytePairsTest {
  private static TestVocabulary gpt2() {
    return TestVocabulary.gpt2("gpt-2");
  }

  @Test
  void theMergeThatStandsFirstIsDoneFirst() throws GgufException {
    GgufTokenizer left = gpt2().normal("ab", "bc").merges("a b", "b c").open();
    assertThat(split(left, "abc")).containsExactly("ab", "c");
    GgufTokenizer right = gpt2().normal("ab", "bc").merges("b c", "a b").open();
    assertThat(split(right, "abc")).containsExactly("a", "bc");
  }

  @Test
  void ofTheSameMergeTheLeftmostPlaceIsFirst() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("aa", "aaaa").merges("a a", "aa aa").open();
    assertThat(split(tokenizer, "aaa")).containsExactly("aa", "a");
    assertThat(split(tokenizer, "aaaaaaa")).containsExactly("aaaa", "aa", "a");
  }

  @Test
  void aMergeThatStandsTwiceCountsWhereItStandsFirst() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("ab", "bc").merges("b c", "a b", "b c").open();
    assertThat(split(tokenizer, "abc")).containsExactly("a", "bc");
  }

  @Test
  void wordsAreCutBeforeTheyMerge() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("aĠ", "Ġb").merges("a Ġ", "Ġ b").open();
    assertThat(split(tokenizer, "a b")).containsExactly("a", "Ġb");
  }

  @Test
  void aMergeWithoutATokenOnlyLeadsFurther() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("abc").merges("a b", "ab c").open();
    assertThat(split(tokenizer, "abc")).containsExactly("abc");
    assertThat(split(tokenizer, "abd")).containsExactly("a", "b", "d");
  }

  @Test
  void whatIsNoTokenIsLeftOut() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("gpt2").string("pre", "gpt-2").normal("a", "Ã").merges("a b").open();
    assertThat(split(tokenizer, "abé")).containsExactly("a", "Ã");
    assertThat(split(tokenizer, "b")).isEmpty();
  }

  @Test
  void aByteIsLookedForByTheBytesOfItsLetter() throws GgufException {
    // The letter of byte 0A is U+010A, in UTF-8 C4 8A; a token that is C4 alone is what counts.
    GgufTokenizer tokenizer =
        TestVocabulary.of("gpt2")
            .string("pre", "gpt-2")
            .normal("a")
            .token(new byte[] {(byte) 0xC4}, TestVocabulary.NORMAL, 0)
            .merges()
            .open();
    assertThat(tokenizer.encode("\n", false, false)).containsExactly(1);
  }

  @Test
  void wholeWordsCountOnlyWherePreTokenizersSaySo() throws GgufException {
    TestVocabulary llama3 = TestVocabulary.gpt2("llama-bpe").normal("hello", "Ġhello");
    assertThat(split(llama3.open(), "hello hello")).containsExactly("hello", "Ġhello");
    assertThat(split(gpt2().normal("hello").open(), "hello"))
        .containsExactly("h", "e", "l", "l", "o");
  }

  @Test
  void badBytesAreReplacementCharactersEach() throws GgufException {
    GgufTokenizer tokenizer = gpt2().open();
    byte[] text = {(byte) 0xE2, (byte) 0x82, 'a'};
    assertThat(tokenizer.encode(text, false, false))
        .containsExactly(0xEF, 0xBF, 0xBD, 0xEF, 0xBF, 0xBD, 'a');
    byte[] beyondUnicode = {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80};
    assertThat(tokenizer.encode(beyondUnicode, false, false)).hasSize(12);
  }

  @Test
  void overlongFormsBecomeWhatTheyMean() throws GgufException {
    byte[] text = {(byte) 0xC1, (byte) 0xA1};
    assertThat(gpt2().open().encode(text, false, false)).containsExactly('a');
  }

  @Test
  void preTokenizersDecideOnBeginOfText() throws GgufException {
    assertThat(gpt2().open().encode("a", true, false)).containsExactly('a');
    assertThat(TestVocabulary.gpt2("llama-bpe").open().encode("a", true, false))
        .containsExactly(11, 'a');
    assertThat(
            TestVocabulary.gpt2("glm4")
                .truth("add_bos_token", true)
                .open()
                .encode("a", true, false))
        .containsExactly('a');
    assertThat(
            TestVocabulary.gpt2("glm4")
                .id("bos_token_id", 7)
                .truth("add_bos_token", true)
                .open()
                .encode("a", true, false))
        .containsExactly(7, 'a');
  }

  @Test
  void keysDecideOnBeginAndEndOfText() throws GgufException {
    GgufTokenizer tokenizer =
        gpt2()
            .control("<s>", "</s>")
            .truth("add_bos_token", true)
            .truth("add_eos_token", true)
            .id("bos_token_id", 256)
            .id("eos_token_id", 257)
            .open();
    assertThat(split(tokenizer, "a", true, false)).containsExactly("<s>", "a", "</s>");
    assertThat(split(tokenizer, "a<s>", false, true)).containsExactly("a", "<s>");
    assertThat(split(tokenizer, "a<s>", false, false)).containsExactly("a", "<", "s", ">");
  }

  @Test
  void idsOutsideOfTheVocabularyCountAsNone() throws GgufException {
    GgufTokenizer tokenizer =
        gpt2().truth("add_bos_token", true).id("bos_token_id", 256).id("pad_token_id", -1).open();
    assertThat(tokenizer.encode("a", true, false)).containsExactly(11, 'a');
    GgufTokenizer tiny =
        TestVocabulary.of("gpt2").string("pre", "llama-bpe").normal("a").merges().open();
    assertThat(tiny.specialTokens()).isEmpty();
    assertThat(tiny.addsBos()).isFalse();
    assertThat(tiny.encode("a", true, false)).containsExactly(0);
  }

  @Test
  void mergesAreRequiredButOfKimi() throws GgufException {
    TestVocabulary without = TestVocabulary.of("gpt2").string("pre", "gpt-2").normal("a");
    assertThatThrownBy(without::open)
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("tokenizer.ggml.merges");
    GgufTokenizer kimi = TestVocabulary.of("gpt2").string("pre", "kimi-k2").normal("a").open();
    assertThat(kimi.encode("aa", false, false)).containsExactly(0, 0);
  }

  @Test
  void aMissingPreTokenizerIsTheDefault() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("gpt2").normal("1", "12", "123", "1234").merges("1 2", "12 3").open();
    assertThat(tokenizer.preType()).isEmpty();
    assertThat(split(tokenizer, "1231")).containsExactly("123", "1");
  }

  @Test
  void decodingIsTheAlphabetBackwards() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("Ġa").control("<s>").open();
    assertThat(tokenizer.decode(ids(tokenizer, "Ġa", "Ċ", "<s>"), false, false)).isEqualTo(" a\n");
    assertThat(tokenizer.decode(ids(tokenizer, "Ġa", "<s>"), false, true)).isEqualTo(" a<s>");
  }

  @Test
  void lettersOutsideOfTheAlphabetAreShownAsUnknownBytes() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("a漢", "x\u0000").open();
    assertThat(tokenizer.decode(new int[] {256}, false, false)).isEqualTo("a[UNK_BYTE_0xe6bca2a漢]");
    assertThat(tokenizer.decode(new int[] {257}, false, false))
        .isEqualTo("x[UNK_BYTE_0x00x\u0000]");
  }

  @Test
  void tokensWithoutTextGetANumberedOne() throws GgufException {
    GgufTokenizer tokenizer = gpt2().normal("", "").open();
    assertThat(names(tokenizer, 256, 257)).containsExactly("[EMPTY_256]", "[EMPTY_257]");
    assertThat(tokenizer.token("[EMPTY_257]")).hasValue(257);
  }

  @Test
  void spacesBeforePunctuationAreCleanedUpByThePreTokenizersOfTheirTime() throws GgufException {
    GgufTokenizer cleaning = gpt2().open();
    GgufTokenizer plain = TestVocabulary.gpt2("qwen2").open();
    String text = "a , b . c ? d ! e 's 'm 're 've 'll";
    int[] ids = cleaning.encode(text, false, false);
    assertThat(cleaning.decode(ids, false, false)).isEqualTo("a, b. c? d! e's'm're've 'll");
    assertThat(plain.decode(ids, false, false)).isEqualTo(text);
    assertThat(cleaning.decode(cleaning.encode("a ' b", false, false), false, false))
        .isEqualTo("a'b");
    assertThat(cleaning.decode(cleaning.encode(" ", false, false), false, false)).isEqualTo(" ");
    assertThat(cleaning.decode(cleaning.encode(" '", false, false), false, false)).isEqualTo(" '");
    assertThat(cleaning.decode(cleaning.encode("  .", false, false), false, false)).isEqualTo(" .");
  }
}
