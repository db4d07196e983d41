package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.host.PluginJars;
import dev.cmdai.host.ReaderSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs with a configuration file. */
class ConfigCommandTest {
  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private record Result(int status, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  @BeforeEach
  void makeHome() throws IOException {
    Files.createDirectories(folder.resolve("home"));
  }

  private Path file() {
    return folder.resolve("home").resolve("config.toml");
  }

  private Process start(Path err, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dcmdai.install=" + folder.resolve("install"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CMDAI_"));
    builder.environment().put("CMDAI_HOME", folder.resolve("home").toString());
    builder.environment().putAll(environment);
    return builder.redirectError(err.toFile()).start();
  }

  private Result run(String... arguments) throws Exception {
    Path err = folder.resolve("err");
    Process process = start(err, arguments);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void whatIsSetCanBeHadAgain() throws Exception {
    assertThat(run("config", "get", "timeout")).isEqualTo(new Result(0, "120s\n", ""));
    assertThat(run("config", "set", "timeout", "30s")).isEqualTo(new Result(0, "", ""));
    assertThat(run("config", "get", "timeout").out).isEqualTo("30s\n");
    assertThat(run("config", "get", "timeout", "-o", "json").json())
        .hasToString("{\"schema\":1,\"key\":\"timeout\",\"value\":\"30s\"}");
    assertThat(run("config", "unset", "timeout").status).isZero();
    assertThat(run("config", "get", "timeout").out).isEqualTo("120s\n");
    assertThat(run("config", "get", "backend")).isEqualTo(new Result(0, "", ""));
    assertThat(run("config", "path").out).isEqualTo(file() + "\n");
  }

  @Test
  void theListTellsWhereEachValueComesFrom() throws Exception {
    Files.writeString(
        file(), "timeout = \"30s\"\nshell = \"fish\"\n[remote.x]\napi_key = \"s3cret\"\n");
    environment.put("CMDAI_SHELL", "zsh");
    Result plain = run("--os", "macos", "config", "list", "--origin");
    assertThat(plain.out.lines())
        .anyMatch(line -> line.matches("timeout +30s +file .*config.toml:1"))
        .anyMatch(line -> line.matches("shell +zsh +environment CMDAI_SHELL"))
        .anyMatch(line -> line.matches("os +macos +flag --os"))
        .anyMatch(line -> line.matches("model +\\(the best\\) +default"))
        .anyMatch(line -> line.startsWith("remote.x.api_key"));
    assertThat(plain.out).doesNotContain("s3cret");
    assertThat(run("config", "list").out).doesNotContain("default", "s3cret");
    Result json = run("config", "list", "-o", "json", "--origin");
    assertThat(json.out).doesNotContain("s3cret");
    assertThat(json.json().get("path").asString()).isEqualTo(file().toString());
    assertThat(json.json().get("settings").get(2))
        .hasToString(
            "{\"key\":\"shell\",\"value\":\"zsh\",\"origin\":\"environment\",\"place\":"
                + "\"CMDAI_SHELL\"}");
    assertThat(run("config", "get", "remote.x.api_key").out).isEqualTo("s3cret\n");
  }

  @Test
  void aSecretNeedNotStandInTheCommandLine() throws Exception {
    Path err = folder.resolve("err");
    Process process = start(err, "config", "set", "remote.x.api_key", "-");
    process.outputWriter().append("s3cret\n").close();
    assertThat(process.waitFor()).isZero();
    assertThat(err).isEmptyFile();
    assertThat(run("config", "get", "remote.x.api_key").out).isEqualTo("s3cret\n");
    process = start(err, "config", "set", "timeout", "-");
    process.outputWriter().append("x".repeat(70_000)).close();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(err).content().contains("longer than 64 KiB");
  }

  @Test
  void aBrokenFileEndsARunThatReadsItAndNoOther() throws Exception {
    Files.writeString(file(), "tiemout = \"30s\"\n");
    for (String[] arguments :
        new String[][] {{"backends"}, {"list", "files"}, {"config", "list"}}) {
      Result result = run(arguments);
      assertThat(result.status).isEqualTo(2);
      assertThat(result.err).contains(file() + ":1: ", "tiemout", "Did you mean timeout?");
    }
    assertThat(run("config", "list", "-o", "json").json().get("error").get("exit_code").asInt())
        .isEqualTo(2);
    Result doctor = run("doctor");
    assertThat(doctor.status).isEqualTo(2);
    assertThat(doctor.out)
        .containsPattern("problem +configuration +config.toml +.*:1: there is no setting 'tiemout'")
        .containsPattern("ok +program +java ");
    for (String[] arguments :
        new String[][] {{"--help"}, {"--version"}, {"config", "path"}, {"config", "--help"}}) {
      assertThat(run(arguments).status).isZero();
    }
    assertThat(run("config", "unset", "tiemout").status).isZero();
    assertThat(run("config", "list").status).isZero();
  }

  @Test
  void theOutputOfTheConfigurationIsThatOfErrorsToo() throws Exception {
    assertThat(run("config", "set", "output", "json").status).isZero();
    assertThat(run("backends").json().get("schema").asInt()).isEqualTo(1);
    assertThat(run("config", "path").json().get("path").asString()).isEqualTo(file().toString());
    assertThat(run("--nonsense").json().get("error").get("code").asString()).isEqualTo("usage");
    environment.put("CMDAI_OUTPUT", "plain");
    assertThat(run("--nonsense").out).isEmpty();
  }

  @Test
  void whatMakesNoSenseIsAUsageError() throws Exception {
    for (String[] arguments :
        new String[][] {
          {"config"},
          {"config", "show"},
          {"config", "get"},
          {"config", "get", "nothing"},
          {"config", "set", "timeout"},
          {"config", "set", "timeout", "soon"},
          {"config", "set", "model", "two", "words"},
          {"config", "list", "timeout"}
        }) {
      Result result = run(arguments);
      assertThat(result.status).isEqualTo(2);
      assertThat(result.out).isEmpty();
      assertThat(result.err).startsWith("cmdai: ").hasLineCount(2);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void aModelOfTheConfigurationIsUsed() throws Exception {
    PluginJars.reading("letters", ReaderSource.tokenizers("letters"))
        .writeTo(folder.resolve("home/plugins/letters.jar"));
    environment.put("HOME", folder.toString());
    Files.writeString(folder.resolve("x.gguf"), "");
    assertThat(run("config", "set", "model", "~/x.gguf").status).isZero();
    assertThat(run("tokenize", "--no-special", "-o", "json", "a").out).isEqualTo("[97]\n");
    Result missing = run("tokenize", "-m", "y.nonsense", "a");
    assertThat(missing.err).contains("y.nonsense");
    environment.put("CMDAI_MODEL", "z.nonsense");
    assertThat(run("tokenize", "a").err).contains("z.nonsense");
  }

  @Test
  void twoProcessesAtOnceLoseNothing() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      processes.add(
          start(folder.resolve("err" + i), "config", "set", "plugins.p" + i + ".key", "v"));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(run("config", "list").out.lines().filter(line -> line.startsWith("plugins.p")))
        .hasSize(6);
  }
}
