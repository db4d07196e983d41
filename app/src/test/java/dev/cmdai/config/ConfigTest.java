package dev.cmdai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which value counts, and what is said about a file that makes no sense. */
class ConfigTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("config.toml");
  }

  private Config load(String text) throws IOException {
    Files.writeString(file(), text);
    return Config.load(file(), Map.of());
  }

  private CmdaiException broken(byte[] content) throws IOException {
    Files.write(file(), content);
    return broken();
  }

  private CmdaiException broken() {
    CmdaiException problem =
        catchThrowableOfType(CmdaiException.class, () -> Config.load(file(), Map.of()));
    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem.getMessage()).contains(file().toString()).hasLineCount(1);
    assertThat(problem.remedy()).isNotEmpty();
    return problem;
  }

  @Test
  void aFlagGoesBeforeTheEnvironmentThatBeforeTheFileThatBeforeTheDefault() throws IOException {
    assertThat(Config.load(file(), Map.of()).required(Settings.TIMEOUT, null))
        .isEqualTo(Duration.ofMinutes(2));
    Files.writeString(file(), "timeout = \"30s\"\n");
    assertThat(Config.load(file(), Map.of()).required(Settings.TIMEOUT, null))
        .isEqualTo(Duration.ofSeconds(30));
    Config config = Config.load(file(), Map.of("CMDAI_TIMEOUT", "20s"));
    assertThat(config.required(Settings.TIMEOUT, null)).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.required(Settings.TIMEOUT, "10s")).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aVariableThatIsSetToNothingIsNotSet() {
    Config config = Config.load(file(), Map.of("CMDAI_BACKEND", ""));
    assertThat(config.value(Settings.BACKEND, null)).isNull();
  }

  @Test
  void everyKindOfValueIsRead() throws IOException {
    Config config =
        load(
            """
            backend = "llamacpp"
            offline = true
            timeout = 5
            max-tokens = 12
            temperature = 0.5
            safety.level = "strict"

            [[safety.allow]]
            path = "~/work"

            [safety.rules]
            delete-home = "relax"

            [plugins."onnx.web"]
            provider = "cpu"
            threads = 4
            parts = ["a", "b"]
            """);
    assertThat(config.value(Settings.BACKEND, null)).isEqualTo("llamacpp");
    assertThat(config.value(Settings.OFFLINE, null)).isTrue();
    assertThat(config.value(Settings.TIMEOUT, null)).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.value(Settings.MAX_TOKENS, null)).isEqualTo(12);
    assertThat(config.value(Settings.TEMPERATURE, null)).isEqualTo(0.5f);
    assertThat(config.value(Settings.SAFETY_LEVEL, null)).isEqualTo("strict");
    assertThat(config.value(Settings.SAFETY_ALLOW, null))
        .isEqualTo(List.of(Map.of("path", "~/work")));
    assertThat(config.names(Settings.SAFETY_RULES)).isEqualTo(Map.of("delete-home", "relax"));
    assertThat(config.tables(Settings.PLUGINS))
        .isEqualTo(
            Map.of(
                "onnx.web", Map.of("provider", "cpu", "threads", 4L, "parts", List.of("a", "b"))));
  }

  @Test
  void everyKeyTellsWhereItsValueComesFrom() throws IOException {
    Files.writeString(file(), "\ntimeout = \"30s\"\n[plugins.x]\napi_key = \"s\"\n");
    Config config = Config.load(file(), Map.of("CMDAI_SHELL", "zsh", "CMDAI_OS", "macos"));
    Map<String, String> flags = Map.of("--os", "linux");
    assertThat(config.entry("timeout", flags).origin()).isEqualTo(new Origin.File(file(), 2));
    assertThat(config.entry("shell", flags).origin())
        .isEqualTo(new Origin.Environment("CMDAI_SHELL"));
    assertThat(config.entry("os", flags).origin()).isEqualTo(new Origin.Flag("--os"));
    assertThat(config.entry("model", flags).origin()).isEqualTo(new Origin.Standard());
    assertThat(config.entry("plugins.x.api_key", flags))
        .isEqualTo(
            new ConfigEntry("plugins.x.api_key", "s", "s", new Origin.File(file(), 4), true));
    assertThat(config.entries(flags))
        .extracting(ConfigEntry::key)
        .contains("backend", "safety.level", "plugins.x.api_key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tiemout = \"30s\" | 1 | no setting 'tiemout' | timeout",
        "# c~max_tokens = 1 | 2 | max_tokens | max-tokens",
        "[safety]~~levl = \"strict\" | 3 | safety.levl | safety.level",
        "level = \"strict\" | 1 | level | safety.level",
        "[safty]~level = \"strict\" | 1 | safty | safety",
        "[modles.x]~path = \"y\" | 1 | modles | models",
        "safety = \"strict\" | 1 | must be a table | safety.level",
        "timeout = \"soon\" | 1 | timeout \"soon\" is no time | 30s",
        "timeout = true | 1 | a boolean | 30s",
        "timeout = \"0s\" | 1 | more than nothing | 30s",
        "max-tokens = 0 | 1 | out of range | 1",
        "max-tokens = 99999999999 | 1 | out of range | 1",
        "max-tokens = \"256\" | 1 | a string | whole number",
        "temperature = 3 | 1 | out of range | 0 to 2",
        "temperature = nan | 1 | out of range | 0 to 2",
        "offline = \"yes\" | 1 | a string | true or false",
        "shell = \"tcsh\" | 1 | tcsh | fish",
        "output = [\"json\"] | 1 | an array | yaml",
        "backend = \"\" | 1 | blank | backend",
        "[timeout]~x = 1 | 1 | a table | 30s",
        "[safety.rules]~x = \"maybe\" | 2 | maybe | forbid",
        "[[safety.allow]]~rul = \"x\" | 1 | rul | rule, command, path",
        "safety.allow = [{}] | 1 | without a field | rule",
        "safety.forbid = [{rule = 'a', path = 'b'}] | 1 | with two fields | rule",
        "[plugins.x.y]~z = 1 | 1 | a table | list",
        "plugins.x = 1 | 1 | must be a table | plugins.x",
        "[remote.x]~api_key = [[1]] | 2 | an array | Write a key",
        "[remote.x]~ulr = \"http://x\" | 2 | remote.x.ulr | remote.x.url",
        "[remote.x]~url = \"x:8000\" | 2 | is no address | such as https://",
        "[remote.x]~url = \"http://me:7531@x\" | 2 | remote.x.url holds a user name | such as"
            + " https://",
        "[remote.x]~api = \"grpc\" | 2 | is unknown | openai or ollama",
        "[remote.x.headers]~X-Team = 7 | 2 | remote.x.headers.X-Team is | a header",
        "[remote]~url = \"http://x\" | 2 | must be a table | remote.url"
      })
  void aKeyOrValueThatMakesNoSenseIsNamedWithItsLine(
      String text, int line, String what, String remedy) throws IOException {
    CmdaiException problem = broken(text.replace('~', '\n').getBytes(StandardCharsets.UTF_8));
    assertThat(problem.getMessage()).contains(file() + ":" + line + ": ", what);
    assertThat(problem.remedy()).contains(remedy);
  }

  @Test
  void aSecretThatMakesNoSenseIsNotRepeated() throws IOException {
    for (String text :
        List.of(
            "remote.x.api_key = [[7531]]",
            "remote.x.headers.X-Pass = 7531",
            "remote.x.url = \"http://me:7531@x\"")) {
      assertThat(broken(text.getBytes(StandardCharsets.UTF_8))).message().doesNotContain("7531");
    }
  }

  @Test
  void whatIsNoTomlIsPlaced() throws IOException {
    assertThat(broken("a = 1\nb = \n".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining(file() + ":2:5: ");
    assertThat(broken("os = \"linux\"\r\nos = \"linux\"".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining(file() + ":2:1: 'os' is defined a second time");
  }

  @Test
  void otherEncodingsAreRefusedWithTheLine() throws IOException {
    assertThat(broken("os = \"linux\"\n# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining(file() + ":2: ")
        .hasMessageContaining("UTF-8");
    assertThat(broken("os = 'linux'".getBytes(StandardCharsets.UTF_16))).isNotNull();
  }

  @Test
  void aByteOrderMarkAndAnyLineEndAreFine() throws IOException {
    assertThat(load("\uFEFFos = \"macos\"\r\n").value(Settings.OS, null)).isEqualTo("macos");
  }

  @Test
  void aHugeFileIsRefused() throws IOException {
    assertThat(broken(new byte[ConfigFile.LARGEST + 1])).hasMessageContaining("1 MiB");
    String comment = "#" + "x".repeat(ConfigFile.LARGEST - 2) + "\n";
    assertThat(load(comment).value(Settings.OS, null)).isNull();
  }

  @Test
  void aFolderInItsPlaceIsRefused() throws IOException {
    Files.createDirectory(file());
    assertThat(broken()).hasMessageContaining("is no file");
  }

  @Test
  void aFileThatMayNotBeReadIsRefused() throws IOException {
    Files.writeString(file(), "");
    Assumptions.assumeTrue(file().toFile().setReadable(false) && !Files.isReadable(file()));
    assertThat(broken()).hasMessageContaining("may not be read");
  }

  @ParameterizedTest
  @CsvSource({
    "CMDAI_TIMEOUT, soon",
    "CMDAI_OFFLINE, perhaps",
    "CMDAI_MAX_TOKENS, -1",
    "CMDAI_SHELL, tcsh",
    "CMDAI_SAFETY_LEVEL, lax"
  })
  void aVariableThatMakesNoSenseIsNamed(String variable, String value) {
    Config config = Config.load(file(), Map.of(variable, value));
    CmdaiException problem =
        catchThrowableOfType(CmdaiException.class, () -> config.entries(Map.of()));
    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem).hasMessageContaining(variable + " '" + value + "'");
    assertThat(problem.remedy()).contains("unset " + variable);
  }
}
