package dev.cmdai.testkit;

import static dev.cmdai.testkit.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cmdai.api.tokenizer.Tokenizer;
import java.util.Arrays;

/** The ids that there are, and those that there are not. */
final class VocabularyRules {
  /** Ids between the first and the last are looked at in so many steps. */
  private static final int STEPS = 1000;

  private final TokenizerProviderContract contract;
  private final Tokenizer tokenizer;

  VocabularyRules(TokenizerProviderContract contract, Tokenizer tokenizer) {
    this.contract = contract;
    this.tokenizer = tokenizer;
  }

  void tokensAreInTheVocabulary() {
    int size = tokenizer.vocabularySize();
    assertThat(size).as("the number of tokens").isPositive();
    for (String text : TokenizerRules.texts(contract)) {
      assertThat(Arrays.stream(tokenizer.encode(text, true, true)))
          .as("tokens of [%s] in a vocabulary of %d", text, size)
          .allMatch(id -> id >= 0 && id < size);
    }
  }

  void specialTokensAreInTheVocabulary() {
    tokenizer
        .specialTokens()
        .forEach((role, id) ->
            assertThat(id)
                .as("the id of the special token '%s'", role)
                .isBetween(0, tokenizer.vocabularySize() - 1));
  }

  void idsOutsideAreRefused() {
    int size = tokenizer.vocabularySize();
    for (int bad : new int[] {-1, size, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertFails(
          IllegalArgumentException.class,
          "decode with the id " + bad,
          () -> tokenizer.decode(new int[] {0, bad}, false, true));
      assertFails(
          IllegalArgumentException.class,
          "tokenToPiece with the id " + bad,
          () -> tokenizer.tokenToPiece(bad));
      assertFails(
          IllegalArgumentException.class,
          "a streaming decoder with the id " + bad,
          () -> tokenizer.streamingDecoder(true).accept(bad));
    }
  }

  void everyTokenHasAPiece() {
    int size = tokenizer.vocabularySize();
    for (long step = 0; step <= STEPS; step++) {
      int id = (int) (step * (size - 1) / STEPS);
      assertThatCode(
              () -> {
                assertThat(tokenizer.tokenToPiece(id)).isNotNull();
                assertThat(tokenizer.decode(new int[] {id}, false, true)).isNotNull();
              })
          .as("tokenToPiece and decode with the id %d of a vocabulary of %d", id, size)
          .doesNotThrowAnyException();
    }
  }
}
