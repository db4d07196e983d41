package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;

/** From texts to tokens and back, alone, in batches, in streams and in threads. */
final class TokenizerRules {
  private static final int THREADS = 8;
  private static final int ROUNDS = 20;

  private final TokenizerProviderContract contract;
  private final Tokenizer tokenizer;

  TokenizerRules(TokenizerProviderContract contract, Tokenizer tokenizer) {
    this.contract = contract;
    this.tokenizer = tokenizer;
  }

  /** The texts that every tokenizer gets, and the author's. */
  static List<String> texts(TokenizerProviderContract contract) {
    return Stream.of(Texts.UNICODE, Texts.PLAIN, contract.texts()).flatMap(List::stream).toList();
  }

  void textComesBack() {
    for (String text : texts(contract)) {
      String expected = contract.afterRoundTrip(text);
      assertThat(tokenizer.decode(ids(text), false, false))
          .as("what comes back of [%s]", text)
          .isEqualTo(expected);
      assertThat(tokenizer.decode(tokenizer.encode(text, true, false), true, false))
          .as("what comes back of [%s], with special tokens added and removed", text)
          .isEqualTo(expected);
    }
  }

  void emptyTextHasNoTokens() {
    assertThat(ids("")).as("tokens of an empty text").isEmpty();
    assertThat(tokenizer.decode(new int[0], false, false)).as("text of no tokens").isEmpty();
  }

  void loneSurrogatesAreReplacementCharacters() {
    assertThat(ids("a\uD83Db"))
        .as("tokens of a text with a high surrogate alone, which is read as U+FFFD")
        .isEqualTo(ids("a\uFFFDb"));
    assertThat(ids("a\uDE00"))
        .as("tokens of a text with a low surrogate alone, which is read as U+FFFD")
        .isEqualTo(ids("a\uFFFD"));
  }

  void batchIsTheSameAsOneByOne() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      texts.addAll(texts(contract));
    }
    Collections.addAll(texts, "", "a");
    for (boolean addSpecial : new boolean[] {false, true}) {
      List<int[]> batch = tokenizer.encodeBatch(texts, addSpecial, false);
      assertThat(batch).as("arrays of ids, one for each text").hasSameSizeAs(texts);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(batch.get(i))
            .as("tokens of [%s], number %d of a batch", texts.get(i), i)
            .isEqualTo(tokenizer.encode(texts.get(i), addSpecial, false));
      }
    }
    assertThat(tokenizer.encodeBatch(List.of(), false, false)).as("an empty batch").isEmpty();
  }

  void threadsGetTheSame() throws Exception {
    List<String> texts = texts(contract);
    List<int[]> alone = texts.stream().map(this::ids).toList();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Caller<List<int[]>>> callers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      callers.add(
          Caller.start(() -> {
            start.await();
            List<int[]> ids = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
              texts.forEach(text -> ids.add(ids(text)));
            }
            return ids;
          }));
    }
    Caller.awaitAll(callers);
    for (Caller<List<int[]>> caller : callers) {
      List<int[]> ids = caller.result();
      for (int i = 0; i < ids.size(); i++) {
        int text = i % texts.size();
        assertThat(ids.get(i))
            .as("tokens of [%s] in one of %d threads", texts.get(text), THREADS)
            .isEqualTo(alone.get(text));
      }
    }
  }

  void streamedPiecesJoinToTheText() {
    for (String text : texts(contract)) {
      int[] ids = ids(text);
      assertThat(contract.afterRoundTrip(String.join("", streamed(ids))))
          .as("the streamed text of [%s]", text)
          .isEqualTo(tokenizer.decode(ids, false, false));
      if (ids.length > 1) {
        // Without its last token a text may end in the middle of a character.
        int[] part = Arrays.copyOf(ids, ids.length - 1);
        assertThat(contract.afterRoundTrip(String.join("", streamed(part))))
            .as("the streamed text of [%s] without its last token", text)
            .isEqualTo(tokenizer.decode(part, false, false));
      }
    }
  }

  void streamNeverHandsOutHalfACharacter() {
    for (String text : texts(contract)) {
      for (String piece : streamed(ids(text))) {
        assertThat(piece)
            .as("a streamed piece of [%s], which holds no such character", text)
            .doesNotContain("\uFFFD");
        assertThat(Texts.isTorn(piece))
            .as("the piece [%s] of [%s] begins or ends with half a character", piece, text)
            .isFalse();
      }
    }
  }

  private List<String> streamed(int[] ids) {
    Tokenizer.StreamingDecoder decoder = tokenizer.streamingDecoder(false);
    List<String> pieces = new ArrayList<>();
    for (int id : ids) {
      pieces.add(decoder.accept(id));
    }
    pieces.add(decoder.finish());
    return pieces;
  }

  private int[] ids(String text) {
    return tokenizer.encode(text, false, false);
  }
}
