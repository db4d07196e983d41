package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.testmodels.gguf.GgufSplitter;
import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model in three files is one model, whatever is done with it. */
class SplitModelsTest {
  private static final Path TINY =
      Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny").resolve("cmdai-tiny-q8_0.gguf");
  private static final String FIRST = "hf:o/r/split-00001-of-00003.gguf";

  @TempDir Path folder;
  private List<Path> parts;

  @BeforeEach
  void split() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    parts = GgufSplitter.split(TINY, source, "split", 3);
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private Path models() {
    return folder.resolve("home").resolve("cache").resolve("models");
  }

  @Test
  void itIsPulledUsedVerifiedAndRemovedAsOne() throws IOException {
    try (ModelHub hub = new ModelHub()) {
      for (Path part : parts) {
        hub.serve("o/r/" + part.getFileName(), Content.of(part));
      }
      Cmdai cmdai = cmdai().with("HF_ENDPOINT", hub.endpoint().toString());
      Cmdai.Result pulled = cmdai.run("models", "pull", FIRST);
      assertThat(pulled.status()).as(pulled.err()).isZero();
      assertThat(pulled.err()).containsOnlyOnce("downloading split.gguf (6.7 MB)");
      assertThat(cmdai.run("-m", "split", "--offline", "list files").out()).startsWith("ls");
      assertThat(cmdai.run("-m", FIRST, "--offline", "list files").out()).startsWith("ls");
      assertThat(cmdai.run("models", "list").out()).containsPattern("split +installed +6\\.7 MB");
      assertThat(cmdai.run("models", "info", "split").out())
          .containsPattern("parts +3\n")
          .containsPattern("parameters +6\\.2 million")
          .contains("split-00003-of-00003.gguf sha256");
      assertThat(cmdai.run("models", "verify", "split").out()).containsPattern("split +sound");
      Path last = models().resolve("split").resolve("split-00003-of-00003.gguf");
      Files.delete(last);
      Cmdai.Result damaged = cmdai.run("models", "verify", "split");
      assertThat(damaged.status()).isEqualTo(3);
      assertThat(damaged.err())
          .contains("split-00003-of-00003.gguf is missing", "cmdai models pull split --force");
      assertThat(cmdai.run("-m", "split", "list files").err())
          .contains("model split is damaged", "cmdai models pull split --force");
      assertThat(cmdai.run("models", "pull", FIRST, "--force").status()).isZero();
      assertThat(last).hasSameBinaryContentAs(parts.get(2));
      assertThat(cmdai.run("models", "rm", "-y", "split").err()).contains("deleted split (6.7 MB)");
      assertThat(models().resolve("split")).doesNotExist();
    }
  }

  @Test
  void itIsImportedByItsFirstPart() throws IOException {
    Cmdai.Result later = cmdai().run("models", "import", parts.get(1).toString());
    assertThat(later.status()).isEqualTo(2);
    assertThat(later.err()).contains("part 2 of 3", parts.getFirst().toString());
    Cmdai.Result imported = cmdai().run("models", "import", parts.getFirst().toString());
    assertThat(imported.status()).as(imported.err()).isZero();
    assertThat(imported.err()).contains("split is here (6.7 MB, linked)");
    assertThat(cmdai().run("-m", "split", "list files").out()).startsWith("ls");
    assertThat(cmdai().run("models", "verify", "split").out()).contains("sound");
    Files.delete(parts.get(1));
    Cmdai.Result missing = cmdai().run("models", "import", "--force", parts.getFirst().toString());
    assertThat(missing.status()).isEqualTo(3);
    assertThat(missing.err()).contains("there is no " + parts.get(1));
  }

  @Test
  void partsThatWereJustPutThereAreOneModel() throws IOException {
    Path models = Files.createDirectories(models());
    for (Path part : parts) {
      Files.copy(part, models.resolve(part.getFileName()));
    }
    assertThat(cmdai().run("models", "list").out())
        .containsPattern("split +installed +6\\.7 MB")
        .doesNotContain("of-00003");
    assertThat(cmdai().run("-m", "split", "list files").out()).startsWith("ls");
    Path own = Files.createDirectories(models.resolve("mine"));
    for (Path part : parts) {
      Files.move(models.resolve(part.getFileName()), own.resolve(part.getFileName()));
    }
    assertThat(cmdai().run("-m", "mine", "list files").out()).startsWith("ls");
    Cmdai.Result later =
        cmdai().run("-m", own.resolve(parts.get(2).getFileName()).toString(), "list files");
    assertThat(later.status()).isEqualTo(3);
    assertThat(later.err()).contains("not the first", "split-00001-of-00003.gguf");
  }
}
