package dev.cmdai.gguf.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.tokenizer.Tokenizer.StreamingDecoder;
import dev.cmdai.gguf.GgufException;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the public methods promise, with every kind of vocabulary. */
class GgufTokenizerTest {
  /** Around 1024, which the buffer for UTF-8 has, and that less what it keeps free. */
  private static final int[] LENGTHS = {
    340, 341, 342, 893, 894, 895, 896, 897, 898, 1022, 1023, 1024, 1025, 1026
  };

  static List<String> kinds() {
    return SampleVocabularies.kinds();
  }

  private static GgufTokenizer qwen() throws GgufException {
    return TestVocabulary.gpt2("qwen2")
        .control("<|im_start|>", "<|im_end|>")
        .normal("Ġa", "he", "ll", "hell", "hello")
        .merges("Ġ a", "h e", "l l", "he ll", "hell o")
        .open();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void textsAndTheirUtf8HaveTheSameTokens(String kind) throws GgufException {
    GgufTokenizer tokenizer = SampleVocabularies.of(kind).open();
    Random random = new Random(kind.hashCode());
    for (int round = 0; round < 300; round++) {
      String text = SampleVocabularies.text(random, random.nextInt(60));
      boolean add = random.nextBoolean();
      boolean parse = random.nextBoolean();
      int[] ids = tokenizer.encode(text.getBytes(UTF_8), add, parse);
      assertThat(tokenizer.encode(text, add, parse)).as(text).isEqualTo(ids);
      assertThat(tokenizer.encode(CharBuffer.wrap(text), add, parse)).isEqualTo(ids);
      assertThat(tokenizer.count(text, add, parse)).isEqualTo(ids.length);
      assertThat(Arrays.stream(ids)).allMatch(id -> id >= 0 && id < tokenizer.vocabularySize());
    }
  }

  @Test
  void textsOfEveryLengthAroundTheBuffersEndHaveTheTokensOfTheirUtf8() throws GgufException {
    GgufTokenizer tokenizer = SampleVocabularies.of("llama").open();
    for (String filler : List.of("a", "é", "漢", "😀")) {
      for (int length : LENGTHS) {
        for (String end : List.of("", "é", "漢", "😀", "\uD83D")) {
          String text = filler.repeat(length / filler.length()) + end;
          // Only the first text of a tokenizer finds the buffer as small as it ever is.
          assertThat(SampleVocabularies.of("llama").open().encode(text, false, false))
              .isEqualTo(tokenizer.encode(utf8(text), false, false));
        }
      }
    }
    for (String filler : List.of("a", "é", "漢", "😀", "a漢")) {
      String text = "x" + filler.repeat(100_000 / filler.length());
      assertThat(SampleVocabularies.of("llama").open().encode(text, false, false))
          .isEqualTo(tokenizer.encode(utf8(text), false, false));
    }
  }

  /** A text as UTF-8, lone surrogates as U+FFFD. */
  private static byte[] utf8(String text) {
    return text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .getBytes(UTF_8);
  }

  @Test
  void loneSurrogatesAreReplacementCharacters() throws GgufException {
    GgufTokenizer tokenizer = qwen();
    int[] replacement = {0xEF, 0xBF, 0xBD};
    assertThat(tokenizer.encode("\uD83D", false, false)).isEqualTo(replacement);
    assertThat(tokenizer.encode("\uDE00", false, false)).isEqualTo(replacement);
    assertThat(tokenizer.encode("\uDE00\uD83D", false, false))
        .isEqualTo(tokenizer.encode("\uFFFD\uFFFD", false, false));
    assertThat(tokenizer.encode("\uD83Da", false, false))
        .isEqualTo(tokenizer.encode("\uFFFDa", false, false));
    assertThat(tokenizer.token("\uD83D")).isEmpty();
  }

  @Test
  void targetsGetAsManyIdsAsFit() throws GgufException {
    GgufTokenizer tokenizer = qwen();
    byte[] text = "hello a b".getBytes(UTF_8);
    int[] ids = tokenizer.encode(text, false, false);
    assertThat(ids).hasSize(4);
    for (int length = 0; length < 7; length++) {
      int[] target = new int[length];
      Arrays.fill(target, -7);
      assertThat(tokenizer.encodeInto(text, false, false, target)).isEqualTo(4);
      int kept = Math.min(4, length);
      assertThat(Arrays.copyOf(target, kept)).isEqualTo(Arrays.copyOf(ids, kept));
      assertThat(Arrays.stream(target).skip(kept)).allMatch(id -> id == -7);
    }
    assertThat(tokenizer.encodeInto(new byte[0], false, false, new int[3])).isZero();
  }

  @Test
  void batchesAreInOrderAndEqualToSingleTexts() throws GgufException {
    GgufTokenizer tokenizer = qwen();
    Random random = new Random(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      texts.add(SampleVocabularies.text(random, random.nextInt(30)));
    }
    List<int[]> batch = tokenizer.encodeBatch(texts, true, true);
    assertThat(batch).hasSameSizeAs(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(batch.get(i)).isEqualTo(tokenizer.encode(texts.get(i), true, true));
    }
    assertThat(tokenizer.encodeBatch(List.of(), true, true)).isEmpty();
  }

  /** A text that cannot be read. */
  private record Unreadable(String why) implements CharSequence {
    @Override
    public int length() {
      throw new IllegalStateException(why);
    }

    @Override
    public char charAt(int index) {
      throw new IllegalStateException(why);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      throw new IllegalStateException(why);
    }
  }

  @Test
  void theLowestTextOfABatchThatCannotBeReadIsNamed() throws GgufException {
    GgufTokenizer tokenizer = qwen();
    List<CharSequence> texts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      texts.add(i == 17 || i > 400 ? new Unreadable("text " + i) : "hello");
    }
    for (int round = 0; round < 20; round++) {
      assertThatThrownBy(() -> tokenizer.encodeBatch(texts, false, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("text 17 of the batch")
          .hasRootCauseMessage("text 17");
    }
    assertThat(TestVocabulary.names(tokenizer, tokenizer.encode("hello", false, false)))
        .containsExactly("hello");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void streamsGiveTheTextOfAllTokensAndNeverHalfACharacter(String kind) throws GgufException {
    GgufTokenizer tokenizer = SampleVocabularies.of(kind).open();
    boolean cleans = SampleVocabularies.cleansSpaces(kind);
    Random random = new Random(kind.hashCode());
    StreamingDecoder stream = tokenizer.streamingDecoder(true);
    for (int round = 0; round < 300; round++) {
      int[] ids = random.ints(random.nextInt(12), 0, tokenizer.vocabularySize()).toArray();
      StringBuilder text = new StringBuilder();
      for (int id : ids) {
        String piece = stream.accept(id);
        assertThat(piece.codePoints()).noneMatch(c -> Character.getType(c) == Character.SURROGATE);
        text.append(piece);
      }
      text.append(stream.finish());
      if (!cleans) {
        assertThat(text.toString()).isEqualTo(tokenizer.decode(ids, false, true));
      }
    }
  }

  @Test
  void streamsHoldBackHalfACharacterAndFinishWithAReplacement() throws GgufException {
    StreamingDecoder stream = qwen().streamingDecoder(false);
    assertThat(stream.accept(0xE6)).isEmpty();
    assertThat(stream.accept(0xBC)).isEmpty();
    assertThat(stream.accept(0xA2)).isEqualTo("漢");
    assertThat(stream.accept(0xF0)).isEmpty();
    assertThat(stream.finish()).isEqualTo("\uFFFD");
    assertThat(stream.finish()).isEmpty();
    assertThat(stream.accept('a')).isEqualTo("a");
    assertThat(stream.accept(256)).isEmpty();
    assertThat(qwen().streamingDecoder(true).accept(256)).isEqualTo("<|im_start|>");
  }

  @Test
  void streamsDropTheSpaceThatEncodingPutsInFront() throws GgufException {
    GgufTokenizer tokenizer = TestVocabulary.llama().normal("▁", "a", "▁a").merges().open();
    int a = tokenizer.token("▁a").orElseThrow();
    StreamingDecoder stream = tokenizer.streamingDecoder(false);
    assertThat(stream.accept(a)).isEqualTo("a");
    assertThat(stream.accept(a)).isEqualTo(" a");
    stream.finish();
    assertThat(stream.accept(a)).isEqualTo("a");
  }

  @Test
  void decodingLeavesOutWhatEncodingAdded() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.llama()
            .normal("a")
            .truth("add_eos_token", true)
            .truth("add_space_prefix", false)
            .open();
    int a = tokenizer.token("a").orElseThrow();
    assertThat(tokenizer.encode("a", true, false)).containsExactly(1, a, 2);
    assertThat(tokenizer.decode(new int[] {1, a, 2}, true, true)).isEqualTo("a");
    assertThat(tokenizer.decode(new int[] {1, 1, a, 2, 2}, true, true)).isEqualTo("<s>a</s>");
    assertThat(tokenizer.decode(new int[] {1, a, 2}, false, true)).isEqualTo("<s>a</s>");
    assertThat(tokenizer.decode(new int[] {1, a, 2}, false, false)).isEqualTo("a");
    assertThat(tokenizer.decode(new int[] {1}, true, true)).isEmpty();
    assertThat(tokenizer.decode(new int[0], true, true)).isEmpty();
  }

  @Test
  void tokensAnswerWhatTheyAre() throws GgufException {
    GgufTokenizer tokenizer =
        TestVocabulary.of("llama").specials().token("▁x", TestVocabulary.NORMAL, -1.5).open();
    assertThat(tokenizer.vocabularySize()).isEqualTo(4);
    assertThat(tokenizer.modelType()).isEqualTo("llama");
    assertThat(tokenizer.preType()).isEmpty();
    assertThat(tokenizer.token("▁x")).hasValue(3);
    assertThat(tokenizer.token(" x")).isEmpty();
    assertThat(tokenizer.tokenText(3)).isEqualTo("▁x");
    assertThat(tokenizer.tokenToPiece(3)).isEqualTo(new byte[] {' ', 'x'});
    assertThat(tokenizer.score(3)).isEqualTo(-1.5f);
    assertThat(tokenizer.tokenType(3)).isEqualTo(TokenType.NORMAL);
    assertThat(tokenizer.tokenType(1)).isEqualTo(TokenType.CONTROL);
    assertThat(tokenizer.isEndOfGeneration(2)).isTrue();
    assertThat(tokenizer.isEndOfGeneration(3)).isFalse();
    assertThat(tokenizer.addsBos()).isTrue();
    assertThat(tokenizer.addsEos()).isFalse();
    assertThat(tokenizer.specialTokens())
        .containsExactlyInAnyOrderEntriesOf(Map.of("bos", 1, "eos", 2, "unk", 0));
    assertThatThrownBy(() -> tokenizer.specialTokens().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void idsOutOfRangeAreNamed() throws GgufException {
    GgufTokenizer tokenizer = qwen();
    int size = tokenizer.vocabularySize();
    for (int id : new int[] {-1, size, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> tokenizer.decode(new int[] {1, id}, false, false),
              () -> tokenizer.decodeToBytes(new int[] {id}, true, true),
              () -> tokenizer.streamingDecoder(false).accept(id),
              () -> tokenizer.tokenToPiece(id),
              () -> tokenizer.tokenToPiece(id, true),
              () -> tokenizer.tokenText(id),
              () -> tokenizer.tokenType(id),
              () -> tokenizer.score(id),
              () -> tokenizer.isEndOfGeneration(id))) {
        assertThatThrownBy(call)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(" " + id + ":")
            .hasMessageContaining("0 to %,d".formatted(size - 1));
      }
    }
  }

  @Test
  void filesAreOpenedByTheirPath(@TempDir Path folder) throws Exception {
    Path file = TestVocabulary.llama().normal("▁", "a").file().writeTo(folder.resolve("a.gguf"));
    GgufTokenizer tokenizer = GgufTokenizer.load(file);
    assertThat(TestVocabulary.split(tokenizer, "a")).containsExactly("▁", "a");
  }
}
