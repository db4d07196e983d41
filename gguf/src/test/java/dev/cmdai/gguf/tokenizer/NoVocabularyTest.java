package dev.cmdai.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.gguf.GgufBuilder;
import dev.cmdai.gguf.GgufException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models {@code none} and {@code no_vocab}, whose ids are numbers without texts. */
class NoVocabularyTest {
  private static GgufTokenizer open(String model, int size) throws GgufException {
    return GgufTokenizer.of(
        new GgufBuilder()
            .string("tokenizer.ggml.model", model)
            .string("general.architecture", "wavtokenizer-dec")
            .uint32("wavtokenizer-dec.vocab_size", size)
            .read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "no_vocab"})
  void idsRunToTheSizeThatTheArchitectureSays(String model) throws GgufException {
    GgufTokenizer tokenizer = open(model, 4096);
    assertThat(tokenizer.vocabularySize()).isEqualTo(4096);
    assertThat(tokenizer.modelType()).isEqualTo(model);
    assertThat(tokenizer.specialTokens()).isEmpty();
    assertThat(tokenizer.decode(new int[] {0, 4095}, true, true)).isEmpty();
    assertThat(tokenizer.tokenText(7)).isEmpty();
    assertThat(tokenizer.tokenType(7)).isEqualTo(TokenType.UNDEFINED);
    assertThat(tokenizer.tokenToPiece(7)).isEmpty();
    assertThat(tokenizer.score(7)).isZero();
    assertThat(tokenizer.token("")).isEmpty();
    assertThat(tokenizer.isEndOfGeneration(7)).isFalse();
    assertThatThrownBy(() -> tokenizer.tokenText(4096)).hasMessageContaining("4096");
  }

  @Test
  void textsCannotBeEncoded() throws GgufException {
    GgufTokenizer tokenizer = open("none", 10);
    assertThatThrownBy(() -> tokenizer.encode("a", true, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no vocabulary");
  }

  @Test
  void withoutASizeThereAreNoIds() throws GgufException {
    GgufTokenizer tokenizer =
        GgufTokenizer.of(new GgufBuilder().string("tokenizer.ggml.model", "none").read());
    assertThat(tokenizer.vocabularySize()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
  void aSizeThatNoModelHasIsAnError(long size) {
    GgufBuilder file =
        new GgufBuilder()
            .string("tokenizer.ggml.model", "none")
            .string("general.architecture", "x")
            .int64("x.vocab_size", size);
    assertThatThrownBy(() -> GgufTokenizer.of(file.read()))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("x.vocab_size");
  }
}
