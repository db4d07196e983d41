package dev.cmdai.llamacpp.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static final Path TINY = Path.of("../models/cmdai-tiny/cmdai-tiny-q8_0.gguf");

  private static LlamaModel whole;
  private static LlamaModel alone;

  @BeforeAll
  static void load() throws Exception {
    whole = load(new ModelParameters(TINY, 0, false, null));
    alone = load(ModelParameters.vocabulary(TINY));
  }

  @AfterAll
  static void close() {
    whole.close();
    alone.close();
  }

  @Test
  void aVocabularyAloneIsTheSame() {
    String text = "find . -name '*.java' <|cmd|> naïve 中文";
    assertThat(alone.vocabulary().size()).isEqualTo(whole.vocabulary().size());
    assertThat(alone.vocabulary().tokenize(text, true, true))
        .isEqualTo(whole.vocabulary().tokenize(text, true, true))
        .isNotEmpty();
  }

  @Test
  void tokensJoinToTheTextTheyCameFrom() {
    Vocabulary vocabulary = alone.vocabulary();
    String text = "grep -rn 'x' lib | xargs wc -l # 中文 😀".repeat(20);
    int[] tokens = vocabulary.tokenizeUncut(text.getBytes(UTF_8), false, false);
    assertThat(new String(vocabulary.detokenize(tokens, false, false), UTF_8).strip())
        .isEqualTo(text);
    assertThat(vocabulary.detokenize(new int[0], false, false)).isEmpty();
  }

  @Test
  void controlTokensAreSpeltOnRequest() {
    Vocabulary vocabulary = alone.vocabulary();
    int[] tokens = vocabulary.tokenizeUncut("<|cmd|>".getBytes(UTF_8), false, true);
    assertThat(tokens).hasSize(1);
    assertThat(vocabulary.piece(tokens[0])).isEmpty();
    assertThat(vocabulary.piece(tokens[0], true)).asString(UTF_8).isEqualTo("<|cmd|>");
    assertThat(vocabulary.detokenize(tokens, false, false)).isEmpty();
    assertThat(vocabulary.detokenize(tokens, false, true)).asString(UTF_8).isEqualTo("<|cmd|>");
  }

  private static LlamaModel load(ModelParameters parameters) throws Exception {
    LlamaLibrary library =
        LlamaLibrary.load(
            LlamaNatives.unpacked(Path.of("target/test-cache"), Diagnostics.NONE),
            Diagnostics.NONE);
    try (StopFlag stop = StopFlag.falseToStop()) {
      return Objects.requireNonNull(LlamaModel.load(library, parameters, stop));
    }
  }
}
