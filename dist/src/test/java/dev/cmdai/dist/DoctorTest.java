package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cmdai doctor}: what works, found out by doing it. */
class DoctorTest {
  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private static List<JsonNode> checks(Cmdai.Result result, String area) {
    List<JsonNode> checks = new ArrayList<>();
    for (JsonNode check : result.json().get("checks")) {
      if (check.get("area").asString().equals(area)) {
        checks.add(check);
      }
    }
    return checks;
  }

  private static String state(JsonNode check) {
    return check.get("state").asString();
  }

  @Test
  void bothBackendsAnswer() {
    Cmdai.Result result = cmdai().run("doctor");
    assertThat(result.status()).as(result.out()).isZero();
    assertThat(result.out())
        .containsPattern("ok +backend +llamacpp +ran cmdai-tiny on CPU, ")
        .containsPattern("ok +backend +onnx +ran cmdai-tiny on CPU, ")
        .containsPattern("ok +plugin +onnx ")
        .containsPattern("ok +model +cmdai-tiny +onnx, ")
        .containsPattern("ok +folder +cache ")
        .doesNotContain("problem", "warning");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void jsonHoldsTheSameForTheBackendThatIsNamed() {
    Cmdai.Result result = cmdai().run("doctor", "--backend", "onnx", "-o", "json");
    assertThat(result.json().get("schema").asInt()).isEqualTo(1);
    assertThat(result.json().get("works").asBoolean()).isTrue();
    assertThat(checks(result, "backend"))
        .singleElement()
        .satisfies(check -> {
          assertThat(check.propertyNames())
              .containsExactly("state", "area", "subject", "message", "remedy", "facts");
          assertThat(check.get("subject").asString()).isEqualTo("onnx");
          assertThat(check.get("facts").get("device").asString()).startsWith("CPU, ");
          assertThat(check.get("facts").get("generated_tokens").asInt()).isPositive();
        });
    assertThat(folder.resolve("home/cache/native")).isDirectoryNotContaining("glob:**llama*");
  }

  @Test
  void whatIsWrongWithOneBackendIsAProblemAndTheOtherWorks() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("home/plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "no jar at all");
    Cmdai.Result result = cmdai().with("CMDAI_ONNX_PROVIDER", "gpu").run("doctor", "-o", "json");
    assertThat(result.status()).isZero();
    assertThat(checks(result, "backend")).extracting(DoctorTest::state).contains("ok", "problem");
    assertThat(checks(result, "plugin")).extracting(DoctorTest::state).contains("ok", "problem");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aFallbackToTheProcessorIsAWarning() {
    Cmdai.Result result =
        cmdai().with("CMDAI_ONNX_PROVIDER", "cuda").run("doctor", "-b", "onnx", "-o", "json");
    assertThat(result.status()).isZero();
    assertThat(checks(result, "backend"))
        .extracting(DoctorTest::state)
        .containsExactly("ok", "warning");
  }

  @Test
  void whenNoBackendWorksTheExitCodeSaysSo() throws IOException {
    Path install = Installs.copyWithout(folder, "plugins");
    Cmdai.Result none = cmdai().launchedBy(install.resolve("bin/cmdai")).run("doctor");
    assertThat(none.status()).isEqualTo(3);
    assertThat(none.out()).containsPattern("problem +backend +none ");
    Path model = OnnxModels.copyTo(folder.resolve("model"), "config.json");
    Cmdai.Result lacking = cmdai().run("doctor", "-m", model.toString());
    assertThat(lacking.status()).isEqualTo(3);
    assertThat(lacking.out()).contains("config.json").doesNotContain("ok       backend");
    assertThat(cmdai().run("doctor", "-m", "/no/such/folder").status()).isEqualTo(3);
  }

  @Test
  void anUnknownBackendIsNamed() {
    Cmdai.Result result = cmdai().run("doctor", "-b", "onyx");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("onyx", "onnx");
    assertThat(cmdai().run("doctor", "who").status()).isEqualTo(2);
  }
}
