package dev.cmdai.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.StoredModel;
import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.Fault;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as a whole: of one file or several, there already or not, one process at a time. */
class ModelPullTest {
  private static final byte[] MODEL = Content.gguf(200_000, 1);
  private static final String ONNX =
      """
      [models.folder]
      format = "onnx"
      repository = "o/x"
      files = ["config.json", "tokenizer.json", "onnx/model.onnx", { path = "no.json", optional = true }]
      quality = 321
      """;

  @TempDir Path folder;
  private Pulling pulling;

  @BeforeEach
  void serve() throws IOException {
    byte[] weights = Content.gguf(100_000, 2);
    weights[0] = 8;
    pulling = new Pulling(folder).configured(ONNX);
    pulling
        .hub
        .serve("o/r/m.gguf", MODEL)
        .serve("o/x/config.json", "{}".getBytes(StandardCharsets.UTF_8))
        .serve("o/x/tokenizer.json", "{ }".getBytes(StandardCharsets.UTF_8))
        .serve("o/x/onnx/model.onnx", weights);
  }

  @AfterEach
  void close() throws IOException {
    pulling.close();
  }

  @Test
  void aModelOfSeveralFilesComesAsAWholeFolder() throws Exception {
    pulling.retrying(0).hub.failing(new Fault.None(), new Fault.None(), new Fault.EndAt(50_000));
    assertThat(catchThrowableOfType(CmdaiException.class, () -> pulling.pull("folder")))
        .isNotNull();
    assertThat(pulling.folders.of("folder")).doesNotExist();
    StoredModel model = pulling.pull("folder").model();
    assertThat(model.path()).isEqualTo(".");
    assertThat(model.quality()).isEqualTo(321);
    assertThat(model.files())
        .extracting(StoredModel.StoredFile::path)
        .containsExactly("config.json", "tokenizer.json", "onnx/model.onnx");
    assertThat(pulling.file("folder", "onnx/model.onnx")).hasSize(100_000);
    // What had arrived whole before did not come again.
    assertThat(pulling.hub.seen().stream().filter(ModelHub.Seen::isForBytes))
        .extracting(ModelHub.Seen::path)
        .containsOnlyOnce("/cdn/o/x/config.json");
  }

  @Test
  void whatIsThereIsNotFetchedAgainUnlessForced() throws Exception {
    assertThat(pulling.pull("hf:o/r/m.gguf").outcome()).isEqualTo(ModelPull.Outcome.PULLED);
    assertThat(pulling.pull("hf:o/r/m.gguf").outcome()).isEqualTo(ModelPull.Outcome.PRESENT);
    assertThat(pulling.hub.ranges()).hasSize(1);
    assertThat(pulling.pull("hf:o/r/m.gguf", true).outcome()).isEqualTo(ModelPull.Outcome.PULLED);
    assertThat(pulling.hub.ranges()).hasSize(2);
    assertThat(pulling.file("m", "m.gguf")).hasBinaryContent(MODEL);
  }

  @Test
  void whatWasDamagedIsFetchedAgainByItself() throws Exception {
    pulling.pull("hf:o/r/m.gguf");
    Files.write(pulling.file("m", "m.gguf"), new byte[] {1, 2, 3});
    assertThat(pulling.pull("hf:o/r/m.gguf").outcome()).isEqualTo(ModelPull.Outcome.PULLED);
    assertThat(pulling.file("m", "m.gguf")).hasBinaryContent(MODEL);
  }

  @Test
  void aForcedPullThatFailsLeavesTheOldModel() throws Exception {
    pulling.pull("hf:o/r/m.gguf");
    pulling.retrying(0).hub.failing(new Fault.WrongByteAt(5000));
    assertThat(
            catchThrowableOfType(CmdaiException.class, () -> pulling.pull("hf:o/r/m.gguf", true)))
        .isNotNull();
    assertThat(pulling.file("m", "m.gguf")).hasBinaryContent(MODEL);
  }

  @Test
  void whatIsDamagedWithinNeverCountsAsThere() throws Exception {
    pulling.findingHalfModels();
    CmdaiException failure =
        catchThrowableOfType(CmdaiException.class, () -> pulling.pull("hf:o/r/m.gguf"));
    assertThat(failure)
        .hasMessage("model file ends after 1 of 2 bytes: hf:o/r/m.gguf@main")
        .extracting(CmdaiException::exitCode)
        .isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(pulling.events).contains("looked into .pull/m/m.gguf, gguf");
    assertThat(pulling.folders.of("m")).doesNotExist();
    assertThat(pulling.folders.staging("m")).doesNotExist();
  }

  @Test
  void filesOfOneNameFromTwoPlacesLieSideBySide() throws Exception {
    pulling.hub.serve("other/r/m.gguf", Content.gguf(100, 3));
    pulling.pull("hf:o/r/m.gguf");
    String other = pulling.pull("hf:other/r/m.gguf").model().id();
    assertThat(other).matches("m-[0-9a-f]{8}");
    assertThat(pulling.file("m", "m.gguf")).hasBinaryContent(MODEL);
    assertThat(pulling.file(other, "m.gguf")).hasSize(100);
  }

  @Test
  void theHashOfTheCatalogueGoesBeforeThatOfTheServer() {
    pulling.configured(
        """
        [models.x]
        repository = "o/r"
        files = [{ path = "m.gguf", bytes = 200000, sha256 = "%s" }]
        """
            .formatted("0".repeat(64)));
    CmdaiException early = catchThrowableOfType(CmdaiException.class, () -> pulling.pull("x"));
    assertThat(early).hasMessageContaining("another SHA-256 on the server");
    assertThat(pulling.hub.announcingHash(false)).isNotNull();
    CmdaiException late = catchThrowableOfType(CmdaiException.class, () -> pulling.pull("x"));
    assertThat(late.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(late).hasMessageContaining("instead of 0000");
    assertThat(pulling.folders.of("x")).doesNotExist();
  }

  @Test
  void severalPullsOfOneModelFetchItOnce() throws Exception {
    pulling.hub.slowly(1_000_000);
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<ModelPull.Result>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(threads.submit(() -> pulling.pull("hf:o/r/m.gguf")));
      }
      int pulled = 0;
      for (Future<ModelPull.Result> result : results) {
        pulled += result.get().outcome() == ModelPull.Outcome.PULLED ? 1 : 0;
      }
      assertThat(pulled).isEqualTo(1);
    }
    assertThat(pulling.hub.ranges()).hasSize(1);
  }

  @Test
  void theTokenGoesToTheHubAlone() throws Exception {
    pulling.hub.private_("secret");
    CmdaiException refused =
        catchThrowableOfType(CmdaiException.class, () -> pulling.pull("hf:o/r/m.gguf"));
    assertThat(refused).hasMessageContaining("401").hasMessageContaining("restricted");
    assertThat(refused.remedy()).contains("HF_TOKEN");
    pulling.withToken("secret").pull("hf:o/r/m.gguf");
    pulling.pull(pulling.hub.endpoint() + "/cdn/o/r/m.gguf", true);
    assertThat(pulling.hub.seen().getLast().header("authorization")).isEmpty();
  }

  @Test
  void theTokenIsFoundWhereItsOwnClientPutsIt() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/.cache/huggingface"));
    Files.writeString(home.resolve("token"), "from-file\n");
    Path user = folder.resolve("home");
    assertThat(HubAccess.token(Map.of(), user)).isEqualTo("from-file");
    assertThat(HubAccess.token(Map.of("HF_TOKEN", "set"), user)).isEqualTo("set");
    assertThat(HubAccess.token(Map.of("HF_HOME", folder.toString()), user)).isNull();
    Files.writeString(folder.resolve("token"), "elsewhere");
    assertThat(HubAccess.token(Map.of("HF_HOME", folder.toString()), user)).isEqualTo("elsewhere");
    Map<String, String> named = Map.of("HF_TOKEN_PATH", home.resolve("token").toString());
    assertThat(HubAccess.token(named, folder)).isEqualTo("from-file");
    assertThat(HubAccess.endpoint(Map.of())).hasToString("https://huggingface.co");
    assertThat(HubAccess.endpoint(Map.of("HF_ENDPOINT", "http://localhost:1/")))
        .hasToString("http://localhost:1");
    assertThat(
            catchThrowableOfType(
                CmdaiException.class, () -> HubAccess.endpoint(Map.of("HF_ENDPOINT", "hub"))))
        .hasMessageContaining("HF_ENDPOINT 'hub'");
  }
}
