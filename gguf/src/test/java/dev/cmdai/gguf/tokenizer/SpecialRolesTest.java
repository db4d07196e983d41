package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.ids;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens have a role, and which end a reply, whatever the file forgot to say. */
class SpecialRolesTest {
  private static TestVocabulary llama(String... more) {
    return TestVocabulary.of("llama").specials().normal(more);
  }

  private static List<String> ends(GgufTokenizer tokenizer) {
    return IntStream.range(0, tokenizer.vocabularySize())
        .filter(tokenizer::isEndOfGeneration)
        .mapToObj(tokenizer::tokenText)
        .toList();
  }

  private static TokenType type(GgufTokenizer tokenizer, String text) {
    return tokenizer.tokenType(ids(tokenizer, text)[0]);
  }

  @Test
  void rolesHaveDefaultsThatTheFileCanChange() throws GgufException {
    assertThat(llama().open().specialTokens())
        .containsOnly(Map.entry("bos", 1), Map.entry("eos", 2), Map.entry("unk", 0));
    GgufTokenizer tokenizer =
        llama("<a>", "<b>")
            .id("bos_token_id", 3)
            .id("eom_token_id", 4)
            .id("seperator_token_id", 3)
            .id("fim_pre_token_id", 4)
            .id("eos_token_id", 5)
            .open();
    assertThat(tokenizer.specialTokens())
        .containsEntry("bos", 3)
        .containsEntry("eom", 4)
        .containsEntry("sep", 3)
        .containsEntry("fim_pre", 4)
        .containsEntry("eos", 2);
    assertThat(ends(tokenizer)).containsExactly("</s>", "<b>");
  }

  @Test
  void keysOfFormerTimesStillCount() throws GgufException {
    GgufTokenizer tokenizer =
        llama("p", "s", "m")
            .id("prefix_token_id", 3)
            .id("suffix_token_id", 4)
            .id("middle_token_id", 5)
            .open();
    assertThat(tokenizer.specialTokens())
        .containsEntry("fim_pre", 3)
        .containsEntry("fim_suf", 4)
        .containsEntry("fim_mid", 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<|flush|>", "<|calls|>",
        "<end_of_turn>", "<|endoftext|>", "<|eom_id|>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]",
        "<|end_of_text|>", "<end_of_utterance>", "<eos>", "<turn|>", "<｜end▁of▁sentence｜>", "[e~["
      })
  void tokensOfWellKnownTextsEndAReplyAndAreControlTokens(String text) throws GgufException {
    GgufTokenizer tokenizer = llama(text, "other").open();
    assertThat(ends(tokenizer)).containsExactly("</s>", text);
    assertThat(type(tokenizer, text)).isEqualTo(TokenType.CONTROL);
    assertThat(type(tokenizer, "other")).isEqualTo(TokenType.NORMAL);
    assertThat(tokenizer.tokenToPiece(3)).isEmpty();
    assertThat(tokenizer.tokenToPiece(3, true)).isNotEmpty();
  }

  @Test
  void endOfTurnIsFoundByItsTextUnlessTheFileNamesIt() throws GgufException {
    assertThat(llama("<|im_end|>").open().specialTokens()).containsEntry("eot", 3);
    GgufTokenizer named = llama("<|im_end|>", "x").id("eot_token_id", 4).open();
    assertThat(named.specialTokens()).containsEntry("eot", 4);
    assertThat(ends(named)).containsExactly("</s>", "<|im_end|>", "x");
  }

  @Test
  void tokensOfGapsAreFoundByTheirTextsAndSomeOfThemEndAReply() throws GgufException {
    GgufTokenizer tokenizer =
        llama("<fim-prefix>", "<SUF>", "▁<MID>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>")
            .open();
    assertThat(tokenizer.specialTokens())
        .containsEntry("fim_pre", 3)
        .containsEntry("fim_suf", 4)
        .containsEntry("fim_mid", 5)
        .containsEntry("fim_pad", 6)
        .containsEntry("fim_rep", 7)
        .containsEntry("fim_sep", 8);
    assertThat(ends(tokenizer))
        .containsExactly("</s>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>");
  }

  @Test
  void gptOssShowsItsChannelsAndGoesOnAfterAnEnd() throws GgufException {
    GgufTokenizer tokenizer =
        llama("<|end|>", "<|return|>", "<|call|>", "<|channel|>", "<|message|>", "<|start|>")
            .open();
    assertThat(ends(tokenizer)).containsExactly("</s>", "<|return|>", "<|call|>");
    assertThat(type(tokenizer, "<|end|>")).isEqualTo(TokenType.USER_DEFINED);
    assertThat(type(tokenizer, "<|channel|>")).isEqualTo(TokenType.USER_DEFINED);
    assertThat(new String(tokenizer.tokenToPiece(6), UTF_8)).isEqualTo("<|channel|>");
  }

  @Test
  void solarGoesOnAfterAnEndToo() throws GgufException {
    assertThat(ends(llama("<|end|>", "<|calls|>", "<|flush|>").open()))
        .containsExactly("</s>", "<|calls|>", "<|flush|>");
    assertThat(ends(llama("<|end|>", "<|call|>").open()))
        .containsExactly("</s>", "<|end|>", "<|call|>");
  }

  @Test
  void withToolResponsesTheOldEndIsOrdinary() throws GgufException {
    GgufTokenizer tokenizer = llama("<|tool_response>", "<turn|>").open();
    assertThat(ends(tokenizer)).containsExactly("<|tool_response>", "<turn|>");
    assertThat(type(tokenizer, "</s>")).isEqualTo(TokenType.NORMAL);
  }

  @Test
  void controlTokensThatSayTheyAreUnusedAreMarkedSo() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("llama").specials().control("<unused1>").normal("unused").open();
    assertThat(tokenizer.attributes(3)).isEqualTo(Attributes.CONTROL | Attributes.UNUSED);
    assertThat(type(tokenizer, "<unused1>")).isEqualTo(TokenType.CONTROL);
    assertThat(type(tokenizer, "unused")).isEqualTo(TokenType.NORMAL);
  }

  @Test
  void everyNumberOfATypeHasAMeaning() throws GgufException {
    TestVocabulary vocabulary = TestVocabulary.of("rwkv");
    for (int type = 0; type <= 7; type++) {
      vocabulary.token("t" + type, type, 0);
    }
    GgufTokenizer tokenizer = vocabulary.open();
    assertThat(IntStream.rangeClosed(0, 7).mapToObj(tokenizer::tokenType))
        .containsExactly(
            TokenType.UNDEFINED,
            TokenType.NORMAL,
            TokenType.UNKNOWN,
            TokenType.CONTROL,
            TokenType.USER_DEFINED,
            TokenType.UNUSED,
            TokenType.BYTE,
            TokenType.UNDEFINED);
  }
}
