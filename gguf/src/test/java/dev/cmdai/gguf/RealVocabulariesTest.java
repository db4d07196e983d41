package dev.cmdai.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vocabularies of real models. */
class RealVocabulariesTest {
  private static final Path FOLDER = Path.of("../../shared/data/vocab");

  @Test
  void vocabulariesArePresent() {
    assumeTrue(
        Files.isDirectory(FOLDER),
        "skipped: the vocabularies of real models are not at " + FOLDER.toAbsolutePath());
    assertThat(vocabularies()).isNotEmpty();
  }

  @TestFactory
  Stream<DynamicTest> isReadToItsEnd() {
    return vocabularies().stream()
        .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> check(path)));
  }

  private static void check(Path path) throws IOException {
    GgufFile file = GgufFile.read(path);
    GgufMetadata metadata = file.metadata();
    assertThat(file.tensors()).isEmpty();
    // Nothing follows the head but what pads it.
    assertThat(file.size()).isBetween(file.dataOffset() - 31, file.dataOffset());
    assertThat(metadata.string("general.architecture")).isPresent();
    assertThat(metadata.string("tokenizer.ggml.model")).isPresent();
    GgufArray tokens = metadata.array("tokenizer.ggml.tokens", GgufType.STRING).orElseThrow();
    assertThat(tokens.size()).isPositive();
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.string(i);
      if (token.indexOf('\uFFFD') < 0) {
        assertThat(token.getBytes(StandardCharsets.UTF_8)).isEqualTo(tokens.stringBytes(i));
      }
    }
    GgufArray types = metadata.array("tokenizer.ggml.token_type", GgufType.INT32).orElse(null);
    if (types != null) {
      assertThat(types.size()).isEqualTo(tokens.size());
      for (int i = 0; i < types.size(); i++) {
        assertThat(types.integer(i)).isBetween(0L, 6L);
      }
    }
  }

  private static List<Path> vocabularies() {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".gguf")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
