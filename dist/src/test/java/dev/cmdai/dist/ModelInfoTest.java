package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code cmdai models info} and its alias {@code model-info}. */
class ModelInfoTest {
  private static final Path MODEL =
      Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny").resolve("cmdai-tiny-q8_0.gguf");

  @TempDir Path folder;

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  @Test
  void theTableTellsOfTheBundledModel() {
    Cmdai.Result result = cmdai().run("models", "info");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("cmdai-tiny: " + MODEL)
        .containsPattern("architecture +llama\n")
        .containsPattern("parameters +6\\.2 million \\(6,163,712\\)\n")
        .containsPattern("quantisation +Q8_0 99\\.8 %, F32 0\\.2 %\n")
        .containsPattern("context length +256\n")
        .containsPattern("vocabulary size +4,096\n")
        .doesNotContain("token_embd.weight");
    assertThat(result.err()).isEmpty();
    assertThat(cmdai().run("model-info", MODEL.toString()).out())
        .endsWith(result.out().substring(result.out().indexOf('\n')));
  }

  @Test
  void jsonHoldsTheSameAndWithDetailsEverything() {
    JsonNode brief = cmdai().run("models", "info", "-o", "json", "cmdai-tiny").json();
    assertThat(brief.get("schema").asInt()).isEqualTo(1);
    assertThat(brief.get("file").get("size").asLong()).isEqualTo(6_685_536);
    assertThat(brief.get("model").get("architecture").asString()).isEqualTo("llama");
    assertThat(brief.get("model").get("quantisation").get(0).get("type").asString())
        .isEqualTo("Q8_0");
    assertThat(brief.get("tokenizer").get("special_tokens").get("eos").get("text").asString())
        .isEqualTo("<|end|>");
    assertThat(brief.has("tensors")).isFalse();
    JsonNode all = cmdai().run("model-info", "-v", "-o", "json", MODEL.toString()).json();
    assertThat(all.get("tensors")).hasSize(brief.get("file").get("tensors").asInt());
    assertThat(all.get("metadata")).hasSize(brief.get("file").get("metadata_keys").asInt());
  }

  @Test
  void theNativeLibraryStaysInItsJar() {
    assertThat(cmdai().run("models", "info").status()).isZero();
    assertThat(folder.resolve("home").resolve("cache").resolve("native")).doesNotExist();
  }

  @Test
  void aDamagedFileIsNoModel() throws IOException {
    Path part = folder.resolve("part.gguf");
    for (int length : new int[] {0, 3, 100, 50_000, 5_000_000}) {
      Files.write(part, Arrays.copyOf(Files.readAllBytes(MODEL), length));
      Cmdai.Result result = cmdai().run("models", "info", "-o", "json", part.toString());
      assertThat(result.status()).as(result.err()).isEqualTo(3);
      assertThat(result.json().get("error").get("exit_code").asInt()).isEqualTo(3);
      assertThat(result.err()).contains("part.gguf").doesNotContain("Exception");
    }
  }

  @Test
  void aFileOfAnotherFormatIsNamed() throws IOException {
    Path onnx = Files.writeString(folder.resolve("model.onnx"), "x");
    Cmdai.Result result =
        cmdai().with("CMDAI_PLUGINS", "llamacpp").run("models", "info", onnx.toString());
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("onnx");
    Path page = Files.writeString(folder.resolve("page.bin"), "<!DOCTYPE html><html>");
    assertThat(cmdai().run("models", "info", page.toString()).err()).contains("HTML");
  }
}
