package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  @TempDir Path folder;

  @Test
  void missingFileIsNotFound() {
    assertThatThrownBy(() -> open(folder.resolve("none.gguf")))
        .isInstanceOf(BackendException.ModelNotFound.class)
        .hasMessageContaining("none.gguf");
  }

  @Test
  void folderIsNotFound() {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(BackendException.ModelNotFound.class)
        .hasMessageContaining("folder");
  }

  @Test
  void emptyFileIsCorrupt() throws IOException {
    assertThatThrownBy(() -> open(file(new byte[0])))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessageContaining("empty");
  }

  @ParameterizedTest
  @CsvSource({
    "'<!DOCTYPE html><html>', HTML",
    "'version https://git-lfs.github.com/spec/v1', Git LFS",
    "'{\"error\":\"not found\"}', JSON",
    "'hello, this is text', GGUF",
    "'GG', GGUF"
  })
  void otherFileIsCorruptAndNamed(String content, String named) throws IOException {
    assertThatThrownBy(() -> open(file(content.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessageContaining(named);
  }

  @Test
  void otherModelFormatsAreNamed() throws IOException {
    byte[] safetensors = "@\0\0\0\0\0\0\0{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> open(file(safetensors))).hasMessageContaining("safetensors");
    assertThatThrownBy(() -> open(file(new byte[] {'P', 'K', 3, 4, 0})))
        .hasMessageContaining("zip");
  }

  @Test
  void truncatedFileNamesTheMissingBytes() throws IOException {
    byte[] tiny = Files.readAllBytes(Models.TINY);
    Path file = file(Arrays.copyOf(tiny, tiny.length / 2));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessage(
            "model file ends after %,d of %,d bytes: %s", tiny.length / 2, tiny.length, file);
  }

  @Test
  void fileThatEndsInsideItsHeaderIsCorrupt() throws IOException {
    byte[] tiny = Files.readAllBytes(Models.TINY);
    for (int length : new int[] {4, 7, 23, 24, 25, 100, 1000, 50_000}) {
      assertThatThrownBy(() -> open(file(Arrays.copyOf(tiny, length))))
          .as("%d bytes", length)
          .isInstanceOf(BackendException.ModelCorrupt.class)
          .hasMessageContaining("header");
    }
  }

  @Test
  void bigEndianFileIsUnsupported() throws IOException {
    byte[] header = ByteBuffer.allocate(64).putInt(0x47475546).putInt(3).putLong(1).array();
    assertThatThrownBy(() -> open(file(header)))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("big-endian");
  }

  @Test
  void unknownVersionIsUnsupported() throws IOException {
    assertThatThrownBy(() -> open(file(header(77, 1, 1))))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("version 77");
  }

  @Test
  void vocabularyWithoutWeightsIsUnsupported() throws IOException {
    assertThatThrownBy(() -> open(file(header(3, 0, 5))))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("vocabulary");
  }

  @Test
  void absurdCountsAreCorrupt() throws IOException {
    for (long count : new long[] {-1, Long.MAX_VALUE, 1L << 40}) {
      assertThatThrownBy(() -> open(file(header(3, count, 1))))
          .isInstanceOf(BackendException.ModelCorrupt.class);
      assertThatThrownBy(() -> open(file(header(3, 1, count))))
          .isInstanceOf(BackendException.ModelCorrupt.class);
    }
  }

  @Test
  void unknownArchitectureIsUnsupportedForLlamaCppsOwnReason() throws IOException {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("general.architecture", "nonsense")
            .writeTo(folder.resolve("nonsense.gguf"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("unknown model architecture")
        .hasMessageContaining("nonsense");
  }

  @Test
  void missingMetadataIsCorruptForLlamaCppsOwnReason() throws IOException {
    Path file =
        GgufRewriter.of(Models.TINY)
            .without("llama.block_count")
            .writeTo(folder.resolve("blockless.gguf"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessageContaining("block_count");
  }

  @Test
  void damagedHeadersNeverDoWorseThanAnError() throws IOException {
    byte[] tiny = Files.readAllBytes(Models.TINY);
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = tiny.clone();
      for (int i = 0; i < 4; i++) {
        damaged[4 + random.nextInt(round < 30 ? 400 : 120_000)] = (byte) random.nextInt();
      }
      Throwable thrown = catchThrowable(() -> open(file(damaged)));
      if (thrown != null) {
        assertThat(thrown).as("round %d", round).isInstanceOf(BackendException.class);
      }
    }
  }

  @Test
  void modelWithoutAVocabularyIsUnsupported() throws IOException {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("tokenizer.ggml.model", "no_vocab")
            .with("llama.vocab_size", 4096)
            .writeTo(folder.resolve("mute.gguf"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("no vocabulary");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void absurdContextLengthIsNotBelieved(int length) throws Exception {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("llama.context_length", length)
            .writeTo(folder.resolve("context.gguf"));
    OpenOptions options = OpenOptions.builder(Models.environment()).contextLength(1 << 30).build();
    try (ModelSession session = Models.open(file, options)) {
      assertThat(session.model().contextLength()).isEqualTo(4096);
    }
  }

  @Test
  void contextOfNoTokensIsCorrupt() throws IOException {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("llama.context_length", 0)
            .writeTo(folder.resolve("context.gguf"));
    assertThatThrownBy(() -> open(file)).isInstanceOf(BackendException.ModelCorrupt.class);
  }

  @Test
  void probeNamesAModelThatIsReady() {
    assertThat(probe(Models.TINY)).isInstanceOf(Availability.Ready.class);
  }

  @Test
  void probeSaysWhatIsWrongWithAFile() throws IOException {
    assertThat(probe(file("<html>".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOfSatisfying(
            Availability.Unavailable.class, u -> assertThat(u.reason()).contains("HTML"));
  }

  @Test
  void probeUsesTheFirstModelThatPasses() throws IOException {
    Path page = file("<html>".getBytes(StandardCharsets.UTF_8));
    Path vocabulary = Files.write(folder.resolve("vocabulary.gguf"), header(3, 0, 5));
    List<String> warnings = new ArrayList<>();
    Availability found = probe(warnings, page, folder, vocabulary, Models.TINY, page);
    assertThat(found)
        .isInstanceOfSatisfying(
            Availability.Ready.class, r -> assertThat(r.model().path()).contains(Models.TINY));
    assertThat(warnings).hasSize(3);
    assertThat(warnings.getFirst()).contains("HTML");
  }

  @Test
  void probeNamesTheFirstReasonWhenNothingPasses() throws IOException {
    List<String> warnings = new ArrayList<>();
    assertThat(probe(warnings, folder, file(new byte[0])))
        .isInstanceOfSatisfying(
            Availability.Unavailable.class, u -> assertThat(u.reason()).contains("folder"));
    assertThat(warnings).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void namedPipeIsNeverOpened() throws Exception {
    Path pipe = folder.resolve("pipe.gguf");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(probe(pipe))
        .isInstanceOfSatisfying(
            Availability.Unavailable.class, u -> assertThat(u.reason()).contains("pipe"));
  }

  private static Availability probe(List<String> warnings, Path... files) {
    Diagnostics diagnostics =
        new Diagnostics() {
          @Override
          public boolean isVerbose() {
            return false;
          }

          @Override
          public void warning(String message) {
            warnings.add(message);
          }

          @Override
          public void detail(Supplier<String> message) {}
        };
    return new LlamaCppBackend()
        .probe(
            ProbeContext.builder(
                    HostEnvironment.builder(Path.of("target/test-cache"))
                        .diagnostics(diagnostics)
                        .build())
                .models(Arrays.stream(files).map(Models::reference).toList())
                .build());
  }

  @Test
  void probeWithoutAModelNeedsOne() {
    assertThat(new LlamaCppBackend().probe(ProbeContext.builder(Models.environment()).build()))
        .isInstanceOf(Availability.NeedsModel.class);
  }

  private static Availability probe(Path file) {
    return new LlamaCppBackend()
        .probe(
            ProbeContext.builder(Models.environment())
                .models(List.of(Models.reference(file)))
                .build());
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("model.gguf"), content);
  }

  private static byte[] header(int version, long tensors, long entries) {
    return ByteBuffer.allocate(64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("GGUF".getBytes(StandardCharsets.UTF_8))
        .putInt(version)
        .putLong(tensors)
        .putLong(entries)
        .array();
  }

  private static void open(Path file) throws BackendException {
    Models.open(file, OpenOptions.builder(Models.environment()).build()).close();
  }
}
