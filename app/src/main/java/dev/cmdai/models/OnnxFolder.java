package dev.cmdai.models;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Recognises the folder of an ONNX model, in the layout of optimum and onnx-community: JSON files,
 * and weights beside them or under {@code onnx/}.
 */
final class OnnxFolder {
  private static final String WEIGHTS = "*.onnx";

  /** Weights of more than 2 GB lie in files of their own: {@code model.onnx_data}. */
  private static final String MODEL_FILES = "*.{onnx,onnx_data,onnx_data_*,onnx.data,json,jinja}";

  private OnnxFolder() {}

  /** Whether a folder has what a backend needs at least: weights and {@code config.json}. */
  static boolean isModel(Path folder) throws IOException {
    return Files.isRegularFile(folder.resolve("config.json")) && hasWeights(folder);
  }

  /** Whether any {@code .onnx} file lies in it. */
  static boolean hasWeights(Path folder) throws IOException {
    for (Path place : places(folder)) {
      if (Files.isDirectory(place) && hasFile(place, WEIGHTS)) {
        return true;
      }
    }
    return false;
  }

  /**
   * How large the model is, in bytes: without files of other formats in the same folder, but with
   * all of its quantisations.
   */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path place : places(folder)) {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place, MODEL_FILES)) {
          for (Path file : files) {
            bytes += file.toFile().length();
          }
        }
      }
    }
    return bytes;
  }

  /** Whether a file is one of those that {@link #bytes} counts. */
  static boolean isModelFile(Path file) {
    return FileSystems.getDefault()
            .getPathMatcher("glob:" + MODEL_FILES)
            .matches(Objects.requireNonNull(file.getFileName()))
        && Files.isRegularFile(file);
  }

  private static List<Path> places(Path folder) {
    return List.of(folder, folder.resolve("onnx"));
  }

  private static boolean hasFile(Path folder, String pattern) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      return files.iterator().hasNext();
    }
  }
}
