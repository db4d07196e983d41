package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The installed program with the ONNX backend: generating, tokenizing, telling of models. */
class OnnxTest {
  private static final String REQUEST = "list all files, including hidden ones";

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  @Test
  void printsTheCommandAndNothingElse() {
    Cmdai.Result result = cmdai().run("--backend", "onnx", "--offline", REQUEST);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).matches("ls -\\w*[aA]\\w*\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void bothBackendsWriteTheSameCommand() {
    for (String request : new String[] {REQUEST, "count lines in server.log"}) {
      assertThat(cmdai().run("-b", "onnx", request).out())
          .isEqualTo(cmdai().run("-b", "llamacpp", request).out());
    }
  }

  @Test
  void jsonAndDetailsNameBackendModelAndDevice() {
    Cmdai.Result result = cmdai().run("-v", "-o", "json", "-b", "onnx", REQUEST);
    JsonNode json = result.json();
    assertThat(json.get("backend").asString()).isEqualTo("onnx");
    assertThat(json.get("model").asString()).isEqualTo("cmdai-tiny");
    assertThat(json.get("device").asString()).startsWith("CPU, ");
    assertThat(result.err()).contains("onnx ran cmdai-tiny on CPU, ", "ONNX Runtime 1.");
  }

  /** ONNX Runtime would leave an id of the machine and a database in the user's home. */
  @Test
  void librariesAreUnpackedOnceAndNothingElseIsWritten() throws IOException {
    Path user = folder.resolve("user");
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Cmdai cmdai =
        cmdai()
            .with("HOME", user.toString())
            .without("XDG_CACHE_HOME")
            .with("TMPDIR", temporary.toString())
            .with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    assertThat(cmdai.run("-b", "onnx", REQUEST).out()).startsWith("ls ");
    Map<Path, Object> first = files(folder);
    assertThat(first.keySet())
        .allMatch(file -> file.startsWith(folder.resolve("home/cache/native")))
        .anyMatch(file -> file.endsWith("libonnxruntime.so"));
    assertThat(cmdai.run("-b", "onnx", REQUEST).out()).startsWith("ls ");
    assertThat(files(folder)).isEqualTo(first);
    assertThat(user).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  /** Each file with what changes when it is written anew. */
  private static Map<Path, Object> files(Path root) throws IOException {
    Map<Path, Object> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        files.put(file, facts.fileKey() + " " + facts.lastModifiedTime());
      }
    }
    return files;
  }

  @Test
  void aModelIsNamedByItsFolderOrItsFile() throws IOException {
    Path model = OnnxModels.copyTo(folder.resolve("elsewhere"));
    for (Path path : new Path[] {model, model.resolve(OnnxModels.WEIGHTS)}) {
      JsonNode json = cmdai().run("-o", "json", "-m", path.toString(), REQUEST).json();
      assertThat(json.get("backend").asString()).isEqualTo("onnx");
      assertThat(json.get("command").asString()).startsWith("ls ");
    }
  }

  @Test
  void aFolderInTheUsersModelsIsPreferredToWhatShips() throws IOException {
    OnnxModels.copyTo(folder.resolve("home/cache/models/somebody/mine"));
    for (String[] arguments : new String[][] {{REQUEST}, {"-m", "mine", REQUEST}}) {
      Cmdai.Result result = cmdai().with("CMDAI_ONNX_PROVIDER", "cpu").run(json(arguments));
      assertThat(result.json().get("backend").asString()).isEqualTo("onnx");
      assertThat(result.json().get("model").asString()).isEqualTo("somebody/mine");
      assertThat(result.err()).isEmpty();
    }
  }

  private static String[] json(String... arguments) {
    return Stream.concat(Stream.of("-o", "json"), Stream.of(arguments)).toArray(String[]::new);
  }

  @Test
  void bothTokenizersOfTheModelGiveTheSameTokens() {
    String gguf = cmdai().run("tokenize", REQUEST).out();
    for (Path path :
        new Path[] {
          OnnxModels.BUNDLED.resolve("tokenizer.json"),
          OnnxModels.BUNDLED.resolve("onnx/model.onnx")
        }) {
      Cmdai.Result result = cmdai().run("tokenize", "-m", path.toString(), REQUEST);
      assertThat(result.out()).as(result.err()).isEqualTo(gguf).endsWith(" tokens\n");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void modelsInfoTellsOfAFolder() throws IOException {
    Path model = OnnxModels.copyTo(folder.resolve("mine"));
    Cmdai.Result result = cmdai().run("models", "info", model.toString());
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("mine: " + model)
        .containsPattern("format +ONNX")
        .containsPattern("architecture +llama");
    assertThat(folder.resolve("home")).doesNotExist();
  }
}
