package dev.cmdai.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bundled model as an ONNX model, and copies of it that lack something. */
final class OnnxModels {
  static final Path BUNDLED = Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny");
  static final String WEIGHTS = "onnx/model.onnx";

  private static final List<String> FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          WEIGHTS);

  private OnnxModels() {}

  /** Copies the model without its manifest and without the files that are named. */
  static Path copyTo(Path folder, String... without) throws IOException {
    for (String name : FILES) {
      if (!List.of(without).contains(name)) {
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(BUNDLED.resolve(name), copy);
      }
    }
    return folder;
  }
}
