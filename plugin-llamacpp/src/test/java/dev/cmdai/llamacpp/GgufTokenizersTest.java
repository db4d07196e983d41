package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that have no tokenizer to open. */
class GgufTokenizersTest {
  @TempDir Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("model.gguf"), content);
  }

  @Test
  void missingFileAndFolderAreNotFound() {
    assertThatThrownBy(() -> new GgufTokenizers().open(folder.resolve("none.gguf")))
        .isInstanceOf(BackendException.ModelNotFound.class)
        .hasMessageContaining("none.gguf");
    assertThatThrownBy(() -> new GgufTokenizers().open(folder))
        .isInstanceOf(BackendException.ModelNotFound.class)
        .hasMessageContaining("folder");
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    Path page = file("<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new GgufTokenizers().open(page))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessageContaining("HTML");
  }

  @Test
  void aHeadThatBreaksOffIsCorrupt() throws IOException {
    Path part = file(Arrays.copyOf(Files.readAllBytes(Models.TINY), 5000));
    assertThatThrownBy(() -> new GgufTokenizers().open(part))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessageContaining("damaged")
        .satisfies(e -> assertThat(((BackendException) e).remedy()).isNotEmpty());
  }

  @Test
  void anUnknownVersionIsUnsupported() throws IOException {
    byte[] bytes = Files.readAllBytes(Models.TINY);
    bytes[4] = 9;
    Path future = file(bytes);
    assertThatThrownBy(() -> new GgufTokenizers().open(future))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("9");
  }
}
