package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says to plugins reaches them as variables do. */
class ConfigOfPluginsTest {
  @Test
  void aServerOfTheFileIsAUseOfTheRemoteBackend(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.toml"),
            """
            [remote.lab]
            url = "http://lab:8000"
            timeout = "1.5s"
            headers.X-Team = "ops"
            [remote."my den"]
            url = "http://den:11434"
            """);
    assertThat(PluginSettings.profiles(Config.load(file, Map.of())))
        .isEqualTo(
            Map.of(
                "remote",
                Map.of(
                    "lab",
                    Map.of("url", "http://lab:8000", "timeout", "1500ms", "headers.X-Team", "ops"),
                    "my den",
                    Map.of("url", "http://den:11434"))));
    assertThat(PluginSettings.profiles(Config.DEFAULTS)).isEmpty();
  }

  @Test
  void aVariableGoesBeforeTheFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("config.toml"),
            "[plugins.onnx-web]\nprovider = \"cpu\"\nthreads = 4\nparts = [\"a\", \"b\"]\n");
    Map<String, String> environment =
        Map.of(
            "CMDAI_ONNX_WEB_PROVIDER",
            "cuda",
            "CMDAI_ONNX_WEB_THREADS",
            "",
            "CMDAI_MAX_TOKENS",
            "9",
            "HOME",
            "/home/me");
    assertThat(PluginSettings.variables(Config.load(file, environment), environment))
        .isEqualTo(
            Map.of(
                "CMDAI_ONNX_WEB_PROVIDER",
                "cuda",
                "CMDAI_ONNX_WEB_THREADS",
                "4",
                "CMDAI_ONNX_WEB_PARTS",
                "a,b",
                "HOME",
                "/home/me"));
  }
}
