package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cmdai backends}. */
class BackendsTest {
  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  @Test
  void theTableShowsRankStateModelAndReason() {
    Cmdai.Result result = cmdai().run("backends");
    assertThat(result.status()).isZero();
    assertThat(result.out().lines().findFirst())
        .get()
        .asString()
        .containsSubsequence("RANK", "BACKEND", "STATE", "MODEL", "REASON");
    assertThat(result.out())
        .containsPattern("1 +llamacpp +ready +cmdai-tiny +CPU")
        .containsPattern("2 +onnx +ready +cmdai-tiny +CPU");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void jsonHoldsOneEntryForEachBackend() {
    JsonNode json = cmdai().run("backends", "-o", "json").json();
    assertThat(json.get("schema").asInt()).isEqualTo(1);
    JsonNode first = json.get("backends").get(0);
    assertThat(first.get("rank").asInt()).isEqualTo(1);
    assertThat(first.get("id").asString()).isEqualTo("llamacpp");
    assertThat(first.get("state").asString()).isEqualTo("ready");
    assertThat(first.get("model").asString()).isEqualTo("cmdai-tiny");
    assertThat(first.get("engine").asString()).contains("b10361");
    JsonNode second = json.get("backends").get(1);
    assertThat(second.get("id").asString()).isEqualTo("onnx");
    assertThat(second.get("model").asString()).isEqualTo("cmdai-tiny");
    assertThat(second.get("engine").asString()).startsWith("ONNX Runtime 1.");
  }

  @Test
  void optionsMayStandBeforeTheSubcommand() {
    assertThat(cmdai().run("-o", "json", "backends").json().get("backends")).hasSize(3);
  }

  @Test
  void withoutPluginsTheListIsEmptyAndSaysSo() throws IOException {
    Path install = Installs.copyWithout(folder, "plugins");
    Cmdai bare = cmdai().launchedBy(install.resolve("bin/cmdai"));
    assertThat(bare.run("backends", "-o", "json").json().get("backends")).isEmpty();
    Cmdai.Result table = bare.run("backends");
    assertThat(table.status()).isZero();
    assertThat(table.out()).isEmpty();
    assertThat(table.err()).contains("no backend");
  }

  @Test
  void aBrokenPluginOfTheUserCostsOneWarning() throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("home").resolve("plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "no jar at all");
    Cmdai.Result result = cmdai().run("list all files, including hidden ones");
    assertThat(result.out()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("broken.jar").hasLineCount(1);
    assertThat(cmdai().with("CMDAI_PLUGINS", "off").run("list all files").err()).isEmpty();
    assertThat(cmdai().run("backends", "-o", "json").json().get("rejected")).hasSize(1);
  }

  @Test
  void aBrokenNewerVersionOfTheBundledPluginGivesWayToIt() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("plugins"));
    Installs.copyPluginWithout(home, "LlamaCppBackend.class");
    Cmdai.Result result = cmdai().run("list all files, including hidden ones");
    assertThat(result.out()).as(result.err()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("llamacpp").hasLineCount(1);
  }
}
