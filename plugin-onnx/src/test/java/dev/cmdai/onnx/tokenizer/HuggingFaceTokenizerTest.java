package dev.cmdai.onnx.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cmdai.api.BackendException;
import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tokenizers of all kinds answer, with the real library. */
class HuggingFaceTokenizerTest {
  @TempDir Path folder;

  @Test
  void theIdsAreThoseOfTheSameModelAsGguf() throws IOException, BackendException {
    GgufTokenizer gguf = GgufTokenizer.load(Path.of("../models/cmdai-tiny/cmdai-tiny-q8_0.gguf"));
    HuggingFaceTokenizer tokenizer = SampleTokenizers.open(SampleTokenizers.TINY);
    assertThat(tokenizer.vocabularySize()).isEqualTo(gguf.vocabularySize());
    for (String text : Texts.random(1, 2500)) {
      for (boolean parseSpecial : new boolean[] {true, false}) {
        int[] ids = tokenizer.encode(text, false, parseSpecial);
        assertThat(ids).as(text).containsExactly(gguf.encode(text, false, parseSpecial));
        assertThat(tokenizer.decode(ids, false, true)).isEqualTo(text);
      }
    }
    for (int id = 0; id < gguf.vocabularySize(); id++) {
      assertThat(tokenizer.tokenToPiece(id)).as("token %d", id).isEqualTo(gguf.tokenToPiece(id));
    }
  }

  @Test
  void charactersThatJniWritesInItsOwnWayComeOutRight() throws BackendException {
    HuggingFaceTokenizer tokenizer = SampleTokenizers.open(SampleTokenizers.TINY);
    assertThat(roundTrip(tokenizer, "a\0b😀\0")).isEqualTo("a\0b😀\0");
    assertThat(roundTrip(tokenizer, "😀\uD83D\0\uDC00é\uD83D")).isEqualTo("😀�\0�é�");
    assertThat(roundTrip(tokenizer, "")).isEmpty();
  }

  private static String roundTrip(HuggingFaceTokenizer tokenizer, String text) {
    return tokenizer.decode(tokenizer.encode(text, true, true), true, true);
  }

  @ParameterizedTest
  @EnumSource
  void aTextIsNeitherCutNorFilledUp(SampleTokenizers kind) throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = kind.in(folder);
    int one = tokenizer.encode("hello hello", false, true).length;
    int many = tokenizer.encode("hello hello".repeat(50), false, true).length;
    assertThat(one).isLessThan(10);
    assertThat(many).isGreaterThan(49);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsWhatItsTextsAre(SampleTokenizers kind) throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = kind.in(folder);
    List<String> texts = Texts.random(2, 300);
    List<int[]> batch = tokenizer.encodeBatch(texts, true, false);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(batch.get(i)).containsExactly(tokenizer.encode(texts.get(i), true, false));
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialTokensInATextAreTextUnlessAskedFor(SampleTokenizers kind)
      throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = kind.in(folder);
    String special =
        switch (kind) {
          case BYTE_LEVEL_BPE -> "<|cmd|>";
          case WORD_PIECE -> "[CLS]";
          case WORD_LEVEL -> "<end>";
          case LLAMA_BPE, UNIGRAM -> "</s>";
        };
    int id = tokenizer.token(special).orElseThrow();
    assertThat(tokenizer.encode(special, false, true)).contains(id);
    assertThat(tokenizer.encode("hello " + special, false, false)).doesNotContain(id);
    assertThat(tokenizer.encode("hello", true, false))
        .containsExactly(tokenizer.encode("hello", true, true));
    assertThat(tokenizer.tokenToPiece(id)).isEmpty();
  }

  @Test
  void tokensThatAreNotSpecialKeepTheirIdsInPlainText() throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = SampleTokenizers.LLAMA_BPE.in(folder);
    int tool = tokenizer.token("<tool>").orElseThrow();
    assertThat(tool).isEqualTo(tokenizer.vocabularySize() - 1);
    assertThat(tokenizer.encode("<s><tool>", false, false)).endsWith(tool).hasSizeGreaterThan(2);
    assertThat(tokenizer.encode("<s><tool>", false, true)).endsWith(1, tool);
  }

  @Test
  void whatEncodingAddsDecodingRemoves() throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = SampleTokenizers.WORD_PIECE.in(folder);
    int[] ids = tokenizer.encode("Hello worlds.", true, true);
    assertThat(ids).startsWith(2).endsWith(3);
    assertThat(tokenizer.decode(ids, true, true)).isEqualTo("hello worlds.");
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo("hello worlds.");
    assertThat(tokenizer.decode(ids, false, true)).isEqualTo("[CLS] hello worlds. [SEP]");
    assertThat(tokenizer.decode(new int[] {2}, true, true)).isEmpty();
    assertThat(tokenizer.decode(new int[0], true, true)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anIdOutsideTheVocabularyIsRefused(SampleTokenizers kind)
      throws IOException, BackendException {
    HuggingFaceTokenizer tokenizer = kind.in(folder);
    for (int id :
        new int[] {-1, Integer.MIN_VALUE, tokenizer.vocabularySize(), Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokenizer.decode(new int[] {0, id}, false, false));
      assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.tokenToPiece(id));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> tokenizer.streamingDecoder(true).accept(id));
    }
  }

  @Test
  void piecesAreTheBytesThatTokensStandFor() throws IOException, BackendException {
    HuggingFaceTokenizer llama = SampleTokenizers.LLAMA_BPE.in(folder);
    assertThat(llama.tokenToPiece(llama.token("<0xE4>").orElseThrow())).containsExactly(0xE4);
    assertThat(llama.tokenToPiece(llama.token("▁hello").orElseThrow()))
        .isEqualTo(" hello".getBytes(UTF_8));
    HuggingFaceTokenizer bert = SampleTokenizers.WORD_PIECE.in(folder);
    assertThat(bert.tokenToPiece(bert.token("##ld").orElseThrow())).isEqualTo("ld".getBytes(UTF_8));
    assertThat(bert.tokenToPiece(bert.token("wor").orElseThrow()))
        .isEqualTo(" wor".getBytes(UTF_8));
  }

  @Test
  void theFilesOwnNamesAreTold() throws IOException, BackendException {
    HuggingFaceTokenizer tiny = SampleTokenizers.open(SampleTokenizers.TINY);
    assertThat(tiny.modelType()).isEqualTo("BPE");
    assertThat(tiny.preType()).isEqualTo("ByteLevel");
    assertThat(tiny.specialTokens()).containsEntry("bos", 4091).containsEntry("eos", 4095);
    assertThat(SampleTokenizers.UNIGRAM.in(folder).specialTokens()).containsEntry("unk", 0);
    assertThat(SampleTokenizers.WORD_PIECE.in(folder).modelType()).isEqualTo("WordPiece");
    assertThat(SampleTokenizers.WORD_LEVEL.in(folder).preType()).isEqualTo("Whitespace");
  }

  @Test
  void aTextWithoutAnyTokenIsRefusedAndTheProcessGoesOn() throws IOException, BackendException {
    String json =
        SampleTokenizers.WORD_LEVEL
            .json()
            .replace("\"unk_token\":\"<unk>\"", "\"unk_token\":\"gone\"");
    HuggingFaceTokenizer tokenizer =
        SampleTokenizers.open(Files.writeString(folder.resolve("no-unk.json"), json));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.encode("unknown", false, true))
        .withMessageContaining("7 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.encodeBatch(List.of("hello", "unknown"), false, true));
    assertThat(tokenizer.encode("hello", false, true)).containsExactly(1);
  }

  @Test
  void eightThreadsGetTheSameAnswers()
      throws IOException, BackendException, InterruptedException, ExecutionException {
    List<String> texts = Texts.random(3, 200);
    HuggingFaceTokenizer tokenizer = SampleTokenizers.LLAMA_BPE.in(folder);
    Callable<List<String>> work =
        () ->
            texts.stream().map(t -> roundTrip(tokenizer, t) + tokenizer.vocabularySize()).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(work));
      }
      List<String> first = answers.getFirst().get();
      for (Future<List<String>> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
    }
  }
}
