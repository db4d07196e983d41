package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models that begin as they should and are damaged behind that: found before anybody needs them.
 */
class DamagedModelsTest {
  private static final Path TINY = Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny");
  private static final Path GGUF = TINY.resolve("cmdai-tiny-q8_0.gguf");

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private Path models() {
    return folder.resolve("home").resolve("cache").resolve("models");
  }

  private static byte[] part(Path file, int length) throws IOException {
    return Arrays.copyOf(Files.readAllBytes(file), length);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 50_000, 5_000_000})
  void whatWasCutOffIsNotImported(int length) throws IOException {
    Path file = Files.write(folder.resolve("cut.gguf"), part(GGUF, length));
    Cmdai.Result result = cmdai().run("models", "import", file.toString());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .contains("cut.gguf", "Nothing was imported")
        .containsPattern("damaged|ends after")
        .doesNotContain("Exception");
    assertThat(models().resolve("cut")).doesNotExist();
  }

  @Test
  void aFolderWithHalfAFileIsNotImported() throws IOException {
    for (String damaged : new String[] {"config.json", "tokenizer.json", "onnx/model.onnx"}) {
      Path copy = folder.resolve(damaged.replace('/', '-'));
      Files.createDirectories(copy.resolve("onnx"));
      for (String name : new String[] {"config.json", "tokenizer.json", "onnx/model.onnx"}) {
        Files.copy(TINY.resolve(name), copy.resolve(name));
      }
      Path file = copy.resolve(damaged);
      Files.write(file, part(file, (int) Files.size(file) / 2));
      Cmdai.Result result = cmdai().run("models", "import", copy.toString());
      assertThat(result.status()).as(damaged).isEqualTo(3);
      assertThat(result.err()).contains(file.toString(), "Nothing was imported");
    }
    assertThat(cmdai().run("models", "import", "--as", "whole", TINY.toString()).status()).isZero();
  }

  @Test
  void verifyFindsDamageThatIsOlderThanTheHash() throws IOException {
    Path file = Files.copy(GGUF, folder.resolve("old.gguf"));
    assertThat(cmdai().run("models", "import", "--copy", file.toString()).status()).isZero();
    // As an import that looked at nothing but the beginning would have left it.
    Path imported = models().resolve("old").resolve("old.gguf");
    byte[] half = part(GGUF, 3_000_000);
    Files.write(imported, half);
    Path manifest = imported.resolveSibling("model.properties");
    String sha256 = Content.of(half).sha256();
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceAll("bytes\\.0=.*", "bytes.0=3000000")
            .replaceAll("sha256\\.0=.*", "sha256.0=" + sha256));
    Cmdai.Result result = cmdai().run("models", "verify", "old");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).containsPattern("old +damaged");
    assertThat(result.err())
        .contains("ends after 3,000,000 of 6,685,536 bytes", "models import FILE --as old --force");
  }

  @Test
  void verifyLooksIntoFilesThatWereJustPutThere() throws IOException {
    Files.write(Files.createDirectories(models()).resolve("bare.gguf"), part(GGUF, 3_000_000));
    Cmdai.Result result = cmdai().run("models", "verify", "-o", "json");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.json().get("models").get(0).get("detail").asString())
        .contains("3,000,000 of 6,685,536 bytes");
  }

  @Test
  void halfAModelOnTheServerIsNotInstalled() throws IOException {
    try (ModelHub hub = new ModelHub().serve("o/r/m.gguf", part(GGUF, 3_000_000))) {
      Cmdai.Result result =
          cmdai()
              .with("HF_ENDPOINT", hub.endpoint().toString())
              .run("models", "pull", "hf:o/r/m.gguf");
      assertThat(result.status()).isEqualTo(3);
      assertThat(result.err())
          .contains("ends after 3,000,000 of 6,685,536 bytes: hf:o/r/m.gguf@main")
          .contains("Nothing of it was kept")
          .doesNotContain(".pull");
      assertThat(models().resolve("m")).doesNotExist();
    }
  }
}
