package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** Words become a command: the installed program, the real plugin, the bundled model. */
class GenerateTest {
  private static final String REQUEST = "list all files, including hidden ones";

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  @Test
  void printsTheCommandAndNothingElse() {
    Cmdai.Result result = cmdai().run(REQUEST);
    assertThat(result.status()).isZero();
    assertThat(result.out()).matches("ls -\\w*[aA]\\w*\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void wordsNeedNoQuotes() {
    assertThat(cmdai().run("count", "lines", "in", "server.log").out())
        .isEqualTo("wc -l server.log\n");
  }

  @Test
  void writesForTheSystemThatIsAskedFor() {
    String request = "calculate the sha256 checksum of backup.tar";
    assertThat(cmdai().run("--os", "linux", request).out()).startsWith("sha256sum ");
    assertThat(cmdai().run("--os", "macos", request).out()).startsWith("shasum ");
  }

  @Test
  void jsonIsOneObjectOfTheContract() {
    Cmdai.Result result = cmdai().run("-o", "json", "-s", "bash", "--os", "linux", REQUEST);
    JsonNode json = result.json();
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder(
            "schema",
            "request",
            "command",
            "shell",
            "os",
            "backend",
            "model",
            "device",
            "risk",
            "confidence",
            "explanation",
            "alternatives",
            "usage",
            "timings_ms",
            "executed",
            "exit_status");
    assertThat(json.get("schema").asInt()).isEqualTo(1);
    assertThat(json.get("request").asString()).isEqualTo(REQUEST);
    assertThat(json.get("command").asString()).startsWith("ls ");
    assertThat(json.get("shell").asString()).isEqualTo("bash");
    assertThat(json.get("os").asString()).isEqualTo("linux");
    assertThat(json.get("backend").asString()).isEqualTo("llamacpp");
    assertThat(json.get("model").asString()).isEqualTo("cmdai-tiny");
    assertThat(json.get("device").asString()).startsWith("CPU, ");
    assertThat(json.get("risk").get("level").asString()).isEqualTo("safe");
    assertThat(json.get("risk").get("action").asString()).isEqualTo("allow");
    JsonNode confidence = json.get("confidence");
    assertThat(confidence.propertyNames())
        .containsExactly("mean_log_probability", "unsure_below", "unsure");
    assertThat(confidence.get("mean_log_probability").asDouble()).isBetween(-0.5, 0.0);
    assertThat(confidence.get("unsure_below").asDouble()).isNegative();
    assertThat(confidence.get("unsure").asBoolean()).isFalse();
    assertThat(json.get("usage").propertyNames())
        .containsExactly("prompt_tokens", "cached_tokens", "generated_tokens");
    assertThat(json.get("usage").get("generated_tokens").asInt()).isPositive();
    assertThat(json.get("timings_ms").propertyNames())
        .containsExactly("startup", "load", "prompt", "first_token", "generate", "total");
    assertThat(json.get("executed").asBoolean()).isFalse();
    assertThat(json.get("exit_status").isNull()).isTrue();
    assertThat(result.out()).endsWith("}\n").hasLineCount(1);
  }

  @Test
  void yamlCarriesTheSameObject() {
    String yaml = cmdai().run("-o", "yaml", REQUEST).out();
    Object object = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    assertThat(object)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("schema", 1)
        .containsEntry("model", "cmdai-tiny")
        .containsEntry("request", REQUEST);
  }

  @Test
  void theSameRequestGivesTheSameCommand() {
    assertThat(cmdai().run(REQUEST)).isEqualTo(cmdai().run(REQUEST));
  }

  @Test
  void verboseTellsOnStandardErrorHowItWent() {
    Cmdai.Result result = cmdai().run("-v", REQUEST);
    assertThat(result.out()).hasLineCount(1);
    assertThat(result.err())
        .contains("llamacpp", "cmdai-tiny on CPU, ", "cached", "load", "tokens");
  }

  @Test
  void nothingIsWrittenOutsideTheHomeFolder() throws Exception {
    Path user = folder.resolve("user");
    Cmdai.Result result = cmdai().with("HOME", user.toString()).run(REQUEST);
    assertThat(result.status()).isZero();
    assertThat(user).doesNotExist();
    try (Stream<Path> work = Files.list(folder.resolve("work"))) {
      assertThat(work).isEmpty();
    }
  }

  @Test
  void withoutCmdaiHomeTheHomeFolderIsUsed() throws Exception {
    Path user = folder.resolve("user");
    Path plugins = Files.createDirectories(user.resolve(".cmdai").resolve("plugins"));
    Files.writeString(plugins.resolve("junk.jar"), "no jar");
    Cmdai.Result result =
        cmdai()
            .with("HOME", user.toString())
            .without("CMDAI_HOME")
            .without("XDG_CACHE_HOME")
            .run(REQUEST);
    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("junk.jar");
    assertThat(user.resolve(".cache").resolve("cmdai").resolve("native")).isDirectory();
  }

  @Test
  void aRequestMayBeginLikeASubcommandInTheMiddle() {
    assertThat(cmdai().run("restart", "backends").out()).doesNotContain("RANK");
  }

  @Test
  void worksThroughALinkAndFromAFolderWithSpaces() throws Exception {
    Path link = Files.createDirectories(folder.resolve("a folder")).resolve("cmd ai");
    Files.createSymbolicLink(link, Cmdai.INSTALL.resolve("bin").resolve("cmdai"));
    assertThat(cmdai().launchedBy(link).run(REQUEST).out()).startsWith("ls ");
  }

  @Test
  void nonAsciiWordsSurviveAPlainLocale() {
    Cmdai.Result result =
        cmdai()
            .with("LC_ALL", "C")
            .with("LANG", "C")
            .run("-o", "json", "zähle Zeilen in größe.txt");
    assertThat(result.json().get("request").asString()).isEqualTo("zähle Zeilen in größe.txt");
  }

  @Test
  void theRequestMayComeThroughStandardInput() {
    for (List<String> arguments : List.of(List.of("-"), List.<String>of())) {
      Cmdai.Result result = cmdai().piped(REQUEST + "\n").run(arguments.toArray(String[]::new));
      assertThat(result.out()).startsWith("ls ");
    }
  }

  @Test
  void pipedInputThatTheModelCannotReadIsSaid() {
    Cmdai.Result result = cmdai().piped("a.txt\nb.txt\n").run(REQUEST);
    assertThat(result.out()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("cmdai-tiny").hasLineCount(1);
  }

  @Test
  void anOpenPipeWithNothingInItDoesNotHoldUpTheRun() throws Exception {
    Process process = cmdai().start(REQUEST);
    var out = Cmdai.read(process.getInputStream());
    assertThat(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(out.join()).startsWith("ls ");
    process.getOutputStream().close();
  }

  @Test
  void versionAndHelpNeedNoPlugin() {
    assertThat(cmdai().with("CMDAI_PLUGINS", "off").run("--version").out())
        .matches("cmdai \\d+\\.\\d+\\.\\d+\n");
    assertThat(cmdai().with("CMDAI_PLUGINS", "off").run("--help").out())
        .contains("Usage: cmdai", "--backend", "Exit codes");
  }

  @Test
  void theAotCacheOfTheBuildIsUsable() {
    // With AOTMode=on the JVM refuses to start when it cannot use the cache.
    Cmdai.Result result = cmdai().with("JDK_JAVA_OPTIONS", "-XX:AOTMode=on").run(REQUEST);
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("ls ");
  }
}
