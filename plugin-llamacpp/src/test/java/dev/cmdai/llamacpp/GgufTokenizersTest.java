package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files have a tokenizer to open, and what is said of the others. */
class GgufTokenizersTest {
  @TempDir Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("model.gguf"), content);
  }

  @Test
  void opensTheTokenizerOfAModelAndOfAVocabularyAlone() throws Exception {
    Tokenizer tokenizer = new GgufTokenizers().open(Models.TINY);
    assertThat(tokenizer.vocabularySize()).isEqualTo(4096);
    int[] ids = tokenizer.encode("list all files", false, false);
    assertThat(tokenizer.decode(ids, false, false)).isEqualTo("list all files");
    Path vocabulary =
        GgufRewriter.of(Models.TINY).writeVocabularyTo(folder.resolve("vocabulary.gguf"));
    assertThat(new GgufTokenizers().open(vocabulary).encode("list all files", false, false))
        .isEqualTo(ids);
  }

  @Test
  void anUnknownTokenizerIsNamed() throws IOException {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("tokenizer.ggml.pre", "martian")
            .writeVocabularyTo(folder.resolve("new.gguf"));
    assertThatThrownBy(() -> new GgufTokenizers().open(file))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("martian")
        .hasMessageContaining("new.gguf");
    Path other =
        GgufRewriter.of(Models.TINY)
            .with("tokenizer.ggml.model", "venusian")
            .writeVocabularyTo(folder.resolve("other.gguf"));
    assertThatThrownBy(() -> new GgufTokenizers().open(other))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("venusian");
  }

  @Test
  void aModelWithoutAVocabularyIsUnsupported() throws IOException {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("tokenizer.ggml.model", "none")
            .writeVocabularyTo(folder.resolve("numbers.gguf"));
    assertThatThrownBy(() -> new GgufTokenizers().open(file))
        .isInstanceOf(BackendException.Unsupported.class)
        .hasMessageContaining("no vocabulary")
        .hasMessageContaining("numbers.gguf");
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
