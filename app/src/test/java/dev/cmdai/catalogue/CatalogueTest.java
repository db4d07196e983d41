package dev.cmdai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.config.Config;
import dev.cmdai.config.ModelFile;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which models there are to fetch, and what names and addresses mean. */
class CatalogueTest {
  @TempDir Path folder;

  private Catalogue catalogue(String config) throws IOException {
    Path file = Files.writeString(folder.resolve("config.toml"), config);
    return Catalogue.of(Config.load(file, Map.of()), folder);
  }

  private CatalogueModel model(String config, String name) throws IOException {
    return catalogue(config).find(name).orElseThrow();
  }

  @Test
  void theCatalogueThatShipsIsComplete() throws IOException {
    Catalogue catalogue = catalogue("");
    assertThat(catalogue.ids())
        .contains(
            "qwen2.5-coder-0.5b",
            "qwen2.5-coder-1.5b",
            "qwen2.5-coder-3b",
            "qwen2.5-coder-7b",
            "smollm2-135m",
            "smollm2-360m",
            "llama-3.2-1b",
            "gemma-3-1b",
            "qwen2.5-coder-0.5b-onnx");
    for (CatalogueModel model : catalogue.models()) {
      assertThat(model.licence()).as(model.id()).isNotEmpty();
      assertThat(model.memory()).as(model.id()).isGreaterThan(model.bytes());
      assertThat(model.context()).as(model.id()).isPositive();
      assertThat(model.bytes()).as(model.id()).isPositive();
      assertThat(model.source()).isInstanceOf(ModelSource.HuggingFace.class);
      for (ModelFile file : model.files()) {
        // A hash is worth nothing without the size and revision that it was published with.
        assertThat(file.sha256() == null || file.isExact()).as(file.path()).isTrue();
      }
    }
    assertThat(catalogue.standard().id()).isEqualTo("qwen2.5-coder-1.5b");
    assertThat(catalogue.standard().mainFile().path())
        .isEqualTo("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf");
  }

  @Test
  void usersAddModelsAndChangeSingleKeys() throws IOException {
    String config =
        """
        [models.mine]
        repository = "me/mine"
        files = ["a/b.gguf", { path = "c.txt", about = "1.5GB", optional = true }]
        memory = "2GB"

        [models.page]
        url = "https://example.org/x/y.gguf?download=1"

        [models.here]
        path = "~/m.gguf"
        quality = 7

        [models."smollm2-135m"]
        quality = 999

        [models.nowhere]
        quality = 3
        """;
    CatalogueModel mine = model(config, "mine");
    assertThat(mine.origin()).isEqualTo("hf:me/mine/a/b.gguf@main");
    assertThat(mine.memory()).isEqualTo(2_000_000_000);
    assertThat(mine.bytes()).isEqualTo(1_500_000_000);
    assertThat(mine.isSizeExact()).isFalse();
    assertThat(model(config, "page").files()).containsExactly(ModelFile.named("y.gguf"));
    assertThat(model(config, "here").source())
        .isEqualTo(new ModelSource.Local(folder.resolve("m.gguf")));
    CatalogueModel changed = model(config, "smollm2-135m");
    assertThat(changed.quality()).isEqualTo(999);
    assertThat(changed.mainFile().sha256()).hasSize(64);
    assertThat(catalogue(config).find("nowhere")).isEmpty();
  }

  @Test
  void anotherSourceLeavesNothingOfOurs() throws IOException {
    String config =
        """
        [models."smollm2-135m"]
        repository = "me/fork"
        files = ["f.gguf"]
        """;
    assertThat(model(config, "smollm2-135m").mainFile()).isEqualTo(ModelFile.named("f.gguf"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[models.x]~reposit0ry = 'a/b' | 2 | models.x.reposit0ry | models.x.repository",
        "[models.x]~repository = 'a/b' | 1 | no files | files",
        "[models.x]~repository = 'a/b'~files = [] | 3 | no file | path",
        "[models.x]~repository = 'a/b'~files = ['../x'] | 3 | out of the folder | path",
        "[models.x]~repository = 'a/b'~files = ['/x'] | 3 | out of the folder | path",
        "[models.x]~repository = 'a/b'~files = [{path='x', sha256='12'}] | 3 | sha256 | path",
        "[models.x]~repository = 'a/b'~files = [{path='x', byts=1}] | 3 | byts | path",
        "[models.'../x']~repository = 'a/b'~files = ['f'] | 1 | an id that | letters",
        "[models.x]~repository = 'a'~files = ['x'] | 1 | the repository 'a' | OWNER/NAME",
        "[models.x]~repository = 'a/b'~path = '/x' | 1 | more than one | Keep one",
        "[models.x]~quality = 1001 | 2 | out of range | 1000",
        "[models.x]~memory = 'much' | 2 | no size | 1.5GB",
        "[models.x]~format = 'zip' | 2 | zip | gguf or onnx"
      })
  void whatMakesNoSenseIsNamedWithItsLine(String text, int line, String what, String remedy) {
    CmdaiException problem =
        catchThrowableOfType(CmdaiException.class, () -> catalogue(text.replace('~', '\n')));
    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem.getMessage()).contains("config.toml:" + line + ": ", what);
    assertThat(problem.remedy()).contains(remedy);
  }

  @Test
  void anAddressOnTheHubNamesAFileAndARevision() throws IOException {
    CatalogueModel main = model("", "hf:Qwen/Some.Repo-GGUF/Some-Q4_K_M.gguf");
    assertThat(main.id()).isEqualTo("Some-Q4_K_M");
    assertThat(main.source()).isEqualTo(new ModelSource.HuggingFace("Qwen/Some.Repo-GGUF", "main"));
    CatalogueModel tagged = model("", "hf:o/r/sub/f.gguf@v1.0");
    assertThat(tagged.origin()).isEqualTo("hf:o/r/sub/f.gguf@v1.0");
    CatalogueModel onnx = model("", "hf:o/r/onnx/model_q4.onnx");
    assertThat(onnx.format()).isEqualTo("onnx");
    assertThat(onnx.files())
        .extracting(ModelFile::path)
        .contains("onnx/model_q4.onnx", "config.json", "tokenizer.json");
    assertThat(onnx.id()).isEqualTo("r-model_q4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hf:",
        "hf:o/r",
        "hf:o/r/",
        "hf:o/r/../x.gguf",
        "hf:o/r/a//b.gguf",
        "hf:o/r/f.gguf@",
        "hf:o/r/f.gguf@a..b",
        "hf:/r/f.gguf",
        "https://",
        "https://host/",
        "https://u:p@host/x.gguf",
        "http:///x.gguf",
        "https://ho st/x.gguf"
      })
  void whatBeginsLikeAnAddressAndIsNoneIsAnError(String text) {
    CmdaiException problem =
        catchThrowableOfType(CmdaiException.class, () -> catalogue("").find(text));
    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem.remedy()).startsWith("Write ");
  }

  @Test
  void aPageNamesAModelByItsFile() throws IOException {
    CatalogueModel model = model("", "https://example.org/a/My%20Model.gguf?x=1");
    assertThat(model.id()).isEqualTo("My-Model");
    assertThat(model.format()).isEqualTo("gguf");
    assertThat(List.of("smollm2", "a request", "x.gguf"))
        .allSatisfy(name -> assertThat(catalogue("").find(name)).isEmpty());
  }
}
