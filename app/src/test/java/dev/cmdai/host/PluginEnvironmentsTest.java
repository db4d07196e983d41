package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which settings reach which plugin. */
class PluginEnvironmentsTest extends HostFixture {
  private PluginHost host(String... ids) throws IOException {
    for (String id : ids) {
      PluginJars.working(id).writeTo(jar(id + ".jar"));
    }
    return host();
  }

  private static Map<String, String> settings(
      PluginHost host, String id, Map<String, String> variables) {
    PluginEnvironments environments =
        new PluginEnvironments(
            Path.of("cache"), true, Diagnostics.NONE, variables, Map.of(), host.catalog());
    HostEnvironment environment = environments.of(host.catalog().plugin(id).orElseThrow());
    assertThat(environment.isOffline()).isTrue();
    assertThat(environment.nativeCache()).isEqualTo(Path.of("cache/native").toAbsolutePath());
    return environment.settings();
  }

  @Test
  void aVariableWithThePluginsNameIsItsSetting() throws IOException {
    assertThat(
            settings(
                host("onnx", "other"),
                "onnx",
                Map.of(
                    "CMDAI_ONNX_PROVIDER", "cpu",
                    "CMDAI_ONNX_COREML_MODEL_FORMAT", "MLProgram",
                    "CMDAI_OTHER_PROVIDER", "gpu",
                    "CMDAI_ONNX_EMPTY", "",
                    "CMDAI_ONNX_", "no key",
                    "ONNX_PROVIDER", "no prefix")))
        .isEqualTo(Map.of("provider", "cpu", "coreml_model_format", "MLProgram"));
  }

  @Test
  void withoutVariablesThereAreNoSettings() throws IOException {
    assertThat(settings(host("onnx"), "onnx", Map.of("PATH", "/bin"))).isEmpty();
  }

  @Test
  void hyphensAndDotsOfAnIdAreUnderscores() throws IOException {
    PluginJars.working("x").manifest("Plugin-Id", "my-own.one").writeTo(jar("x.jar"));
    assertThat(settings(host(), "my-own.one", Map.of("CMDAI_MY_OWN_ONE_URL", "x")))
        .isEqualTo(Map.of("url", "x"));
  }

  @Test
  void theLongerIdTakesTheVariable() throws IOException {
    PluginHost host = host("onnx", "onnx-web");
    Map<String, String> variables = Map.of("CMDAI_ONNX_WEB_URL", "x");
    assertThat(settings(host, "onnx", variables)).isEmpty();
    assertThat(settings(host, "onnx-web", variables)).isEqualTo(Map.of("url", "x"));
  }

  @Test
  void eachUseOfABackendHasSettingsOfItsOwn() throws IOException {
    PluginHost host = host("remote");
    Map<String, Map<String, String>> servers =
        Map.of("lab", Map.of("url", "http://lab"), "den", Map.of("url", "http://den"));
    InstalledBackend backend = host.catalog().backend("remote").orElseThrow();
    PluginEnvironments named =
        new PluginEnvironments(
            Path.of("cache"),
            true,
            Diagnostics.NONE,
            Map.of(),
            Map.of("remote", servers),
            host.catalog());
    assertThat(named.profiles(backend)).containsExactlyInAnyOrder("lab", "den");
    HostEnvironment lab = named.of(backend.withProfile("lab"));
    assertThat(lab.profile()).isEqualTo("lab");
    assertThat(lab.settings()).isEqualTo(Map.of("url", "http://lab"));
    assertThat(lab.isOffline()).isTrue();
    PluginEnvironments both =
        new PluginEnvironments(
            Path.of("cache"),
            true,
            Diagnostics.NONE,
            Map.of("CMDAI_REMOTE_URL", "http://x"),
            Map.of("remote", servers),
            host.catalog());
    assertThat(both.profiles(backend)).containsExactlyInAnyOrder("", "lab", "den");
    assertThat(both.of(backend).settings()).isEqualTo(Map.of("url", "http://x"));
  }

  @Test
  void theProgramsOwnVariablesAreNobodysSettings() throws IOException {
    assertThat(settings(host("java"), "java", Map.of("CMDAI_JAVA_HOME", "/jdk"))).isEmpty();
  }
}
