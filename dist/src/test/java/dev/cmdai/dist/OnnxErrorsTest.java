package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with an ONNX model or the settings of its backend, and what is said then. */
class OnnxErrorsTest {
  private static final String REQUEST = "list all files, including hidden ones";

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private void assertUnusable(Path model, String... saying) {
    assertFails(cmdai().run("-b", "onnx", "-m", model.toString(), REQUEST), saying);
  }

  private static void assertFails(Cmdai.Result result, String... saying) {
    assertThat(result.status()).as(result.err()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(saying)
        .doesNotContain("Exception", "\tat ", "warning")
        .hasLineCount(2);
  }

  @Test
  void aMissingFolder() {
    assertUnusable(Path.of("/no/such/folder"), "no model", "/no/such/folder", "cmdai-tiny");
    assertUnusable(Path.of("/no/such/model.onnx"), "no model", "/no/such/model.onnx");
  }

  @Test
  void aFolderThatLacksAFile() throws IOException {
    for (String name : new String[] {"tokenizer.json", "config.json", OnnxModels.WEIGHTS}) {
      Path model = OnnxModels.copyTo(Files.createTempDirectory(folder, "without"), name);
      String what = name.equals(OnnxModels.WEIGHTS) ? ".onnx" : name;
      assertUnusable(model, what, model.toString());
    }
    assertUnusable(Files.createDirectory(folder.resolve("empty")), ".onnx", "empty");
  }

  @Test
  void aTokenizerThatIsEmpty() throws IOException {
    Path model = OnnxModels.copyTo(folder.resolve("model"), "tokenizer.json");
    Files.createFile(model.resolve("tokenizer.json"));
    assertUnusable(model, "empty", "tokenizer.json");
  }

  @Test
  void weightsThatAreNone() throws IOException {
    Path model = OnnxModels.copyTo(folder.resolve("model"), OnnxModels.WEIGHTS);
    Path weights = model.resolve("model.onnx");
    Files.writeString(weights, "<!DOCTYPE html><html><body>Not found</body></html>");
    assertUnusable(model, "HTML", "model.onnx");
    Files.writeString(weights, "");
    assertUnusable(model, "empty", "model.onnx");
  }

  @Test
  void aModelOfAnotherFormat() {
    Path gguf = OnnxModels.BUNDLED.resolve("cmdai-tiny-q8_0.gguf");
    assertUnusable(gguf, "backend onnx", "GGUF", gguf.toString(), "--backend");
    assertUnusable(OnnxModels.BUNDLED.resolve("tokenizer.json"), "a file beside a model");
    assertFails(
        cmdai().run("-b", "llamacpp", "-m", OnnxModels.BUNDLED + "/onnx", REQUEST),
        "backend llamacpp",
        "an ONNX model");
  }

  @Test
  void aProviderThatThisBuildLacksCostsOneWarning() {
    Cmdai.Result result = cmdai().with("CMDAI_ONNX_PROVIDER", "cuda").run("-b", "onnx", REQUEST);
    assertThat(result.out()).as(result.err()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("CUDA", "CPU").hasLineCount(1);
  }

  @Test
  void anUnknownProviderIsAnError() {
    assertFails(
        cmdai().with("CMDAI_ONNX_PROVIDER", "gpu").run("-b", "onnx", REQUEST),
        "'gpu'",
        "CMDAI_ONNX_PROVIDER",
        "auto, coreml, cuda, directml, cpu");
  }

  @Test
  void aBrokenModelOfTheUserCostsOneWarning() throws IOException {
    Path mine = OnnxModels.copyTo(folder.resolve("home/cache/models/mine"), OnnxModels.WEIGHTS);
    Files.writeString(mine.resolve("model.onnx"), "no weights");
    Cmdai.Result result = cmdai().run(REQUEST);
    assertThat(result.out()).as(result.err()).startsWith("ls ");
    assertThat(result.err()).startsWith("warning: ").contains("mine").hasLineCount(1);
  }
}
