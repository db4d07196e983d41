package dev.cmdai.onnx.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files are opened, and what is said of those that cannot be. */
class HuggingFaceTokenizersTest {
  private final HuggingFaceTokenizers provider = new HuggingFaceTokenizers();

  @TempDir Path folder;

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("tokenizer.json"), json);
  }

  private <T extends BackendException> T refused(Class<T> type, String json) throws IOException {
    return refused(type, write(json));
  }

  private static <T extends BackendException> T refused(Class<T> type, Path path) {
    List<T> caught = new ArrayList<>();
    assertThatExceptionOfType(type)
        .isThrownBy(() -> SampleTokenizers.open(path))
        .satisfies(e -> {
          assertThat(e.getMessage()).doesNotContain("\n").contains(path.getFileName().toString());
          assertThat(e.remedy()).isNotEmpty();
          caught.add(e);
        });
    return caught.getFirst();
  }

  @Test
  void aFolderAFileAndAModelBesideItAreSupported() throws IOException, BackendException {
    Path file = write(SampleTokenizers.WORD_LEVEL.json());
    Path deep = Files.createDirectory(folder.resolve("onnx")).resolve("model_q4.onnx");
    Path other = Files.copy(file, folder.resolve("other.json"));
    for (Path path : List.of(folder, file, other, folder.resolve("model.onnx"), deep)) {
      assertThat(provider.supports(path)).as("%s", path).isTrue();
      assertThat(SampleTokenizers.open(path).vocabularySize()).isEqualTo(8);
    }
  }

  @Test
  void otherFilesAreNotSupported() throws IOException {
    Path list = Files.writeString(folder.resolve("list.json"), "[1, 2]");
    Path empty = Files.writeString(folder.resolve("empty.json"), "");
    Path odd = Files.writeString(folder.resolve("odd.json"), "{\"name\": \"x\"}");
    Path gguf = Files.writeString(folder.resolve("model.gguf"), "GGUF");
    for (Path path :
        List.of(list, empty, odd, gguf, folder, folder.resolve("no.json"), Path.of("/"))) {
      assertThat(provider.supports(path)).as("%s", path).isFalse();
    }
  }

  @Test
  void withoutAHostTheTemporaryFolderServes() throws IOException, BackendException {
    Path file = write(SampleTokenizers.WORD_LEVEL.json());
    assertThat(provider.open(file).encode("hello", false, true)).containsExactly(1);
  }

  @Test
  void aMissingFileIsNotFound() {
    refused(BackendException.ModelNotFound.class, folder.resolve("tokenizer.json"));
  }

  @Test
  void aFileOfAHundredMegabytesIsRefusedBeforeItIsRead() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100_000_000);
    }
    assertThat(refused(BackendException.Unsupported.class, file))
        .hasMessageContaining("100,000,000")
        .hasMessageContaining("67,108,864");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "hello",
        "{}",
        "[1]",
        "null",
        "{\"version\":\"1.0\"}",
        "{\"decoder\":tru}",
        "{\"decoder\":'x'}",
        "{\"decoder\":\"\\ud800\"}",
        "{\"decoder\":1e999}"
      })
  void whatIsNoTokenizerIsCorrupt(String json) throws IOException {
    refused(BackendException.ModelCorrupt.class, json);
  }

  @Test
  void aFileThatEndsInTheMiddleIsCorrupt() throws IOException {
    String json = SampleTokenizers.BYTE_LEVEL_BPE.json();
    assertThat(refused(BackendException.ModelCorrupt.class, json.substring(0, 60_000)))
        .hasMessageContaining("EOF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"type\":\"WordLevel\" | \"type\":\"Foo\" | ModelUntagged",
        "\"normalizer\":null | \"normalizer\":{\"type\":\"Foo\"} | NormalizerUntagged",
        "{\"type\":\"Whitespace\"} | {\"type\":\"Foo\"} | PreTokenizerUntagged",
        "\"decoder\":null | \"decoder\":{\"type\":\"Foo\"} | DecoderUntagged",
        "\"version\":\"1.0\" | \"version\":\"2.0\" | Unknown tokenizer version",
      })
  void anUnknownComponentIsUnsupported(String known, String unknown, String reason)
      throws IOException {
    String json = SampleTokenizers.WORD_LEVEL.json();
    assertThat(json).contains(known);
    assertThat(refused(BackendException.Unsupported.class, json.replace(known, unknown)))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"stop\":0 | \"stop\":1 | decoder",
        "\"Sequence\":{\"id\":\"A\" | \"Sequence\":{\"id\":\"B\" | second text",
        "\"SpecialToken\":{\"id\":\"<s>\" | \"SpecialToken\":{\"id\":\"<x>\" | <x>",
        "\"type\":\"Prepend\",\"prepend\":\"▁\" |"
            + " \"type\":\"Precompiled\",\"precompiled_charsmap\":\"AA==\" | charsmap",
        "\"pre_tokenizer\":null | \"pre_tokenizer\":{\"type\":\"FixedLength\",\"length\":0} |"
            + " length 0",
        "\"byte_fallback\":true | \"continuing_subword_prefix\":\"##\" | prefix",
      })
  void whatWouldEndTheProcessIsRefused(String good, String bad, String reason) throws IOException {
    String json = SampleTokenizers.LLAMA_BPE.json();
    assertThat(json).contains(good);
    assertThat(refused(BackendException.Unsupported.class, json.replace(good, bad)))
        .hasMessageContaining(reason);
  }

  @Test
  void whatWouldEndTheProcessIsFoundBehindTheVocabularyToo() throws IOException {
    String json = SampleTokenizers.WORD_LEVEL.json().replace("\"decoder\":null,", "");
    String late =
        json.substring(0, json.length() - 1)
            + ",\"decoder\": {\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":1}}";
    refused(BackendException.Unsupported.class, late);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileIsRefusedOrWorks(SampleTokenizers kind) throws IOException {
    byte[] good = kind.json().getBytes(StandardCharsets.UTF_8);
    Random random = new Random(6);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      int changes = random.nextInt(4);
      for (int n = 0; n < changes; n++) {
        // The head holds the components, which is where a change matters.
        int at = random.nextInt(n % 2 == 0 ? Math.min(3000, bad.length) : bad.length);
        bad[at] = random.nextBoolean() ? (byte) random.nextInt() : bad[random.nextInt(bad.length)];
      }
      int length = changes == 0 ? random.nextInt(bad.length) : bad.length;
      Path file = folder.resolve("bad.json");
      Files.write(file, Arrays.copyOf(bad, length));
      try {
        HuggingFaceTokenizer tokenizer = SampleTokenizers.open(file);
        tokenizer.decode(tokenizer.encode("hello you", true, true), false, true);
      } catch (BackendException | IllegalArgumentException e) {
        assertThat(e).message().isNotEmpty();
      }
    }
  }

  @Test
  void tokenizersThatNobodyUsesAreFreed() throws IOException, BackendException {
    Path file = write(SampleTokenizers.UNIGRAM.json());
    open(file, 300);
    long before = residentBytes();
    open(file, 2000);
    assertThat(residentBytes() - before).isLessThan(100L << 20);
  }

  private static void open(Path file, int times) throws BackendException {
    for (int i = 0; i < times; i++) {
      SampleTokenizers.open(file).encode("hello", true, true);
      if (i % 100 == 0) {
        System.gc();
      }
    }
  }

  private static long residentBytes() throws IOException {
    Path statistics = Path.of("/proc/self/statm");
    assumeTrue(Files.exists(statistics), "only Linux tells its memory in /proc");
    return Long.parseLong(Files.readString(statistics).split(" ", -1)[1]) * 4096;
  }
}
