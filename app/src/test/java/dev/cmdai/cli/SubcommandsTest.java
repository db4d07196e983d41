package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.host.PluginJars;
import dev.cmdai.host.ReaderSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of {@code tokenize} and {@code models info} with plugins made for the test. */
class SubcommandsTest {
  @TempDir Path folder;

  private record Result(int status, String out, String err) {
    JsonNode lastLine() {
      return JsonMapper.shared().readTree(out.lines().reduce("", (_, line) -> line));
    }
  }

  @BeforeEach
  void installPlugins() throws IOException {
    PluginJars.reading("letters", ReaderSource.tokenizers("letters")).writeTo(plugin("letters"));
    PluginJars.reading("teller", ReaderSource.inspectors("teller")).writeTo(plugin("teller"));
  }

  private Path plugin(String name) {
    return folder.resolve("home").resolve("plugins").resolve(name + ".jar");
  }

  private Process start(String... arguments) throws IOException {
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
    return builder.redirectError(folder.resolve("err").toFile()).start();
  }

  private Result run(String input, String... arguments) throws Exception {
    Process process = start(arguments);
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The program did not read its input: that is its right.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, Files.readString(folder.resolve("err")));
  }

  @Test
  void tokenizesAndJoins() throws Exception {
    Result result = run("\"a\"\n\"b<s>\"\n", "tokenize", "-m", "x.gguf", "-o", "json");
    assertThat(result).isEqualTo(new Result(0, "[256,97]\n[256,98,256]\n", ""));
    assertThat(run(result.out, "tokenize", "--decode", "-m", "x.gguf", "-o", "json"))
        .isEqualTo(new Result(0, "\"a\"\n\"b<s>\"\n", ""));
  }

  @Test
  void wordsGiveATableAndTheirNumber() throws Exception {
    assertThat(run("", "tokenize", "-m", "x.gguf", "a", "b"))
        .isEqualTo(new Result(0, "256  <s>\n97   \"a\"\n32   \" \"\n98   \"b\"\n4 tokens\n", ""));
    assertThat(run("", "tokenize", "-m", "x.gguf", "--no-special", "-o", "json", "a", "b").out)
        .isEqualTo("[97,32,98]\n");
    assertThat(run("", "tokenize", "-m", "x.gguf", "--decode", "97", "98").out).isEqualTo("ab\n");
  }

  @Test
  void aBadLineIsTheLastThingThatIsTold() throws Exception {
    Result result = run("\"a\"\nb\n\"c\"\n", "tokenize", "-m", "x.gguf", "-o", "json");
    assertThat(result.status).isEqualTo(2);
    assertThat(result.out).startsWith("[256,97]\n{").hasLineCount(2);
    assertThat(result.lastLine().get("error").get("message").asString()).contains("line 2");
    assertThat(result.err).contains("line 2");
  }

  @Test
  void eachLineIsAnsweredAtOnce() throws Exception {
    Process process = start("tokenize", "-m", "x.gguf", "--no-special");
    try (OutputStream in = process.getOutputStream();
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String letter : List.of("a", "b")) {
        in.write((letter + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        assertThat(out.readLine()).isEqualTo(String.valueOf((int) letter.charAt(0)));
      }
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aReaderThatHasHadEnoughIsNoError() throws Exception {
    Process process = start("tokenize", "-m", "x.gguf");
    process.getInputStream().close();
    try (OutputStream in = process.getOutputStream()) {
      for (int i = 0; i < 1000; i++) {
        in.write("some text\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // It has ended.
    }
    assertThat(process.waitFor()).isZero();
    assertThat(folder.resolve("err")).isEmptyFile();
  }

  @Test
  void withoutAModelThereIsNothingToTokenizeWith() throws Exception {
    Result result = run("", "tokenize", "-o", "json", "a");
    assertThat(result.status).isEqualTo(3);
    assertThat(result.lastLine().get("error").get("exit_code").asInt()).isEqualTo(3);
    assertThat(result.err).contains("cmdai models pull");
  }

  @Test
  void withoutAPluginTheFormatIsNamed() throws Exception {
    Files.delete(plugin("letters"));
    Files.delete(plugin("teller"));
    assertThat(run("", "tokenize", "-m", "x.gguf", "a"))
        .satisfies(result -> assertThat(result.status).isEqualTo(3))
        .satisfies(result -> assertThat(result.err).contains("gguf", "plugin"));
    assertThat(run("", "models", "info", "x.gguf").status).isEqualTo(3);
  }

  @Test
  void aPluginThatFailsIsNamed() throws Exception {
    PluginJars.reading(
            "letters",
            ReaderSource.tokenizers("letters")
                .with("encode", "throw new IllegalStateException(\"oops\");"))
        .writeTo(plugin("letters"));
    Result result = run("a\n", "tokenize", "-m", "x.gguf");
    assertThat(result.status).isEqualTo(1);
    assertThat(result.err).contains("letters.jar", "oops").doesNotContain("\tat ");
  }

  @Test
  void yamlIsRefused() throws Exception {
    assertThat(run("", "tokenize", "-o", "yaml", "a").status).isEqualTo(2);
  }

  @Test
  void theBestModelIsTheDefault() throws Exception {
    Path models = Files.createDirectories(folder.resolve("home/cache/models"));
    Files.writeString(models.resolve("mine.gguf"), "12345");
    assertThat(run("", "tokenize", "--no-special", "-o", "json", "a").out).isEqualTo("[97]\n");
    JsonNode info = run("", "models", "info", "-o", "json").lastLine();
    assertThat(info.get("schema").asInt()).isEqualTo(1);
    assertThat(info.get("id").asString()).isEqualTo("mine");
    assertThat(info.get("file").get("size_in_bytes").asInt()).isEqualTo(5);
    assertThat(info.has("bytes")).isFalse();
  }

  @Test
  void modelInfoIsATable() throws Exception {
    Path file = Files.writeString(folder.resolve("m.gguf"), "12345");
    String text = run("", "model-info", file.toString()).out;
    assertThat(text)
        .isEqualTo("m: " + file + "\n\nfile\n  teller         teller\n  size in bytes  small\n");
    assertThat(run("", "models", "info", "-v", file.toString()).out)
        .isEqualTo(text + "\nbytes\n  AT  IS\n  0   x\n");
    assertThat(
            run("", "models", "info", "-v", "-o", "json", file.toString()).lastLine().get("bytes"))
        .hasToString("[{\"at\":0,\"is\":\"x\"}]");
  }

  @Test
  void aMissingFileAndAnUnknownNameAreErrors() throws Exception {
    Result missing = run("", "models", "info", "-o", "json", "no/such.gguf");
    assertThat(missing.status).isEqualTo(3);
    assertThat(missing.lastLine().get("error").get("message").asString()).contains("such.gguf");
    Result unknown = run("", "model-info", "nobody");
    assertThat(unknown.status).isEqualTo(3);
    assertThat(unknown.err).contains("no model is called 'nobody'");
  }

  @Test
  void aVerbThatModelsHasNotIsAUsageError() throws Exception {
    for (String[] words :
        new String[][] {
          {"models", "-o", "json"},
          {"models", "lst", "-o", "json"},
          {"models", "rm", "-o", "json"},
          {"models", "import", "-o", "json"},
          {"models", "clear", "x", "-o", "json"},
          {"models", "pull", "a", "b", "-o", "json"}
        }) {
      Result result = run("", words);
      assertThat(result.status).isEqualTo(2);
      assertThat(result.lastLine().get("error").get("message").asString()).contains("models");
      assertThat(result.lastLine().get("error").get("remedy").asString()).contains("models list");
    }
  }
}
