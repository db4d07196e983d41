package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An installation without any model: whatever needs one names the command that brings it. */
class NoModelTest {
  private static final String PULL = "cmdai models pull qwen2.5-coder-1.5b";

  @TempDir Path folder;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = Installs.copyWithout(folder, "models").resolve("bin").resolve("cmdai");
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home")).launchedBy(launcher);
  }

  @Test
  void aRequestNamesTheCommandThatBringsAModel() {
    Cmdai.Result plain = cmdai().run("list files");
    assertThat(plain.status()).isEqualTo(3);
    assertThat(plain.err()).contains("backend llamacpp has no model to run", PULL, "(1.1 GB)");
    assertThat(plain.out()).isEmpty();
    JsonNode error = cmdai().run("-o", "json", "list files").json().get("error");
    assertThat(error.get("exit_code").asInt()).isEqualTo(3);
    assertThat(error.get("remedy").asString()).contains(PULL);
  }

  @Test
  void aBackendThatRunsAnotherFormatNamesAModelOfThat() {
    Cmdai.Result result = cmdai().run("-b", "onnx", "list files");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("cmdai models pull qwen2.5-coder-0.5b-onnx");
  }

  @Test
  void theListingOfBackendsNamesThemToo() {
    List<String> named = new ArrayList<>();
    for (JsonNode backend : cmdai().run("backends", "-o", "json").json().get("backends")) {
      if (backend.get("state").asString().equals("needs-model")) {
        named.add(backend.get("model").asString());
        assertThat(backend.get("remedy").asString())
            .contains("cmdai models pull " + backend.get("model").asString());
      }
    }
    assertThat(named).containsExactlyInAnyOrder("qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b-onnx");
  }

  @Test
  void soDoesWhateverReadsAModel() {
    assertThat(cmdai().run("models", "info").err()).contains(PULL);
    assertThat(cmdai().piped("\"x\"\n").run("tokenize").err()).contains(PULL);
    Cmdai.Result doctor = cmdai().run("doctor");
    assertThat(doctor.out() + doctor.err())
        .contains(PULL, "cmdai models pull qwen2.5-coder-0.5b-onnx");
  }
}
