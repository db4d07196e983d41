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
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in several GGUF files: whoever names the first gets all, as one. */
class SplitPullTest {
  private static final String FIRST = "hf:o/s/sub/m-00001-of-00003.gguf";
  private static final int SIZE = 100_000;

  @TempDir Path folder;
  private Pulling pulling;

  @BeforeEach
  void serve() throws IOException {
    pulling = new Pulling(folder);
    for (int i = 1; i <= 3; i++) {
      pulling.hub.serve("o/s/sub/m-0000" + i + "-of-00003.gguf", Content.gguf(SIZE * i, i));
    }
  }

  @AfterEach
  void close() throws IOException {
    pulling.close();
  }

  private void requireAll(String id) {
    for (int i = 1; i <= 3; i++) {
      assertThat(pulling.file(id, "m-0000" + i + "-of-00003.gguf"))
          .hasBinaryContent(Content.gguf(SIZE * i, i));
    }
  }

  private CmdaiException failure(String name) {
    return catchThrowableOfType(CmdaiException.class, () -> pulling.pull(name));
  }

  @Test
  void allPartsComeAsOneModelWithOneProgress() throws Exception {
    StoredModel model = pulling.pull(FIRST).model();
    assertThat(model.id()).isEqualTo("m");
    assertThat(model.path()).isEqualTo("m-00001-of-00003.gguf");
    assertThat(model.files()).hasSize(3).allMatch(file -> file.sha256().length() == 64);
    assertThat(model.bytes()).isEqualTo(600_000);
    requireAll("m");
    assertThat(pulling.events)
        .containsExactly(
            "begins m.gguf 0/600000", "ends", "looked into .pull/m/m-00001-of-00003.gguf, gguf");
    assertThat(pulling.pull(FIRST).outcome()).isEqualTo(ModelPull.Outcome.PRESENT);
    assertThat(pulling.pull(FIRST, true).outcome()).isEqualTo(ModelPull.Outcome.PULLED);
  }

  @Test
  void whatBreaksOffGoesOnInThePartInWhichItDid() throws Exception {
    pulling.retrying(0).hub.failing(new Fault.None(), new Fault.EndAt(50_000));
    assertThat(failure(FIRST)).isNotNull();
    assertThat(pulling.folders.of("m")).doesNotExist();
    pulling.events.clear();
    pulling.pull(FIRST);
    requireAll("m");
    assertThat(pulling.events).startsWith("begins m.gguf 150000/600000", "ends");
    assertThat(pulling.hub.seen().stream().filter(ModelHub.Seen::isForBytes))
        .extracting(ModelHub.Seen::path)
        .containsOnlyOnce("/cdn/o/s/sub/m-00001-of-00003.gguf");
  }

  @Test
  void aPartThatTheServerLacksIsNamed() {
    pulling.hub.serve("o/s/x-00001-of-00002.gguf", Content.gguf(SIZE, 1));
    CmdaiException failure = failure("hf:o/s/x-00001-of-00002.gguf");
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("there is no such file");
    assertThat(pulling.folders.of("x")).doesNotExist();
  }

  @Test
  void aLaterPartNamesTheFirst() {
    CmdaiException hub = failure("hf:o/s/sub/m-00002-of-00003.gguf@main");
    assertThat(hub.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(hub).hasMessage("sub/m-00002-of-00003.gguf is part 2 of 3 of a model");
    assertThat(hub.remedy()).contains(FIRST + "@main");
    CmdaiException web = failure("https://example.org/m-00003-of-00003.gguf");
    assertThat(web.remedy()).contains("https://example.org/m-00001-of-00003.gguf");
    pulling.configured(
        """
        [models.mine]
        repository = "o/s"
        files = ["sub/m-00002-of-00003.gguf"]
        """);
    CmdaiException configured = failure("mine");
    assertThat(configured)
        .hasMessageContaining("[models.mine] names sub/m-00002-of-00003.gguf")
        .hasMessageContaining("part 2 of 3");
    assertThat(configured.remedy()).contains("sub/m-00001-of-00003.gguf");
  }

  @Test
  void theFirstPartIsEnoughInTheConfiguration() throws Exception {
    pulling.configured(
        """
        [models.mine]
        repository = "o/s"
        files = [{ path = "sub/m-00001-of-00003.gguf", sha256 = "%s" }]
        """
            .formatted(Content.of(Content.gguf(SIZE, 1)).sha256()));
    pulling.pull("mine");
    requireAll("mine");
  }

  @Test
  void anAddressOfAServerBringsTheOthersBesideIt() throws Exception {
    pulling.pull(pulling.hub.endpoint() + "/o/s/resolve/main/sub/m-00001-of-00003.gguf?download=1");
    requireAll("m");
  }
}
