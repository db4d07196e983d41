package dev.cmdai.onnx.folder;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ModelReference;
import dev.cmdai.kit.file.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Where the files of a model lie.
 *
 * @param root the folder with {@code config.json} and {@code tokenizer.json}
 * @param model the ONNX file that is run, in {@code root} or in {@code root/onnx}
 */
public record ModelFolder(Path root, Path model) {
  private static final String ENDING = ".onnx";

  /**
   * Of several ONNX files the one that is run, unless the user names another: the original first,
   * as optimum does, then what a processor computes fast.
   */
  private static final List<String> BEST_FIRST =
      List.of(
          "model",
          "decoder_model_merged",
          "model_quantized",
          "model_int8",
          "model_uint8",
          "model_q4",
          "model_fp16",
          "model_q4f16");

  private static final String NAME_ANOTHER =
      "Name the folder of an ONNX model, or an .onnx file in it, with --model.";

  /**
   * Finds the files of a model and makes sure that they are there.
   *
   * @param reference a folder, or an ONNX file in one
   * @return the folder
   * @throws BackendException when a file is missing
   */
  public static ModelFolder of(ModelReference reference) throws BackendException {
    Path path = reference.path().orElse(null);
    if (path == null) {
      throw new BackendException.Unsupported(
          "ONNX Runtime runs models on this machine, and " + reference.id() + " is none",
          NAME_ANOTHER,
          null);
    }
    ModelFolder folder = find(path.toAbsolutePath().normalize());
    folder.require("config.json");
    folder.require("tokenizer.json");
    return folder;
  }

  private static ModelFolder find(Path path) throws BackendException {
    if (Files.isDirectory(path)) {
      return new ModelFolder(path, best(path));
    }
    if (!Files.exists(path)) {
      throw notFound("there is no model " + path);
    }
    if (!Files.isRegularFile(path)) {
      // Opening a named pipe would wait for somebody who writes.
      throw notFound("this is a pipe or a device, not a model: " + path);
    }
    Path beside = Objects.requireNonNull(path.getParent(), "an absolute file has a folder");
    Path above = beside.getParent();
    return above != null && !hasConfig(beside) && hasConfig(above)
        ? new ModelFolder(above, path)
        : new ModelFolder(beside, path);
  }

  private static boolean hasConfig(Path folder) {
    return Files.exists(folder.resolve("config.json"));
  }

  private static Path best(Path root) throws BackendException {
    List<Path> found = new ArrayList<>();
    try {
      for (Path place : List.of(root, root.resolve("onnx"))) {
        if (Files.isDirectory(place)) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*" + ENDING)) {
            files.forEach(found::add);
          }
        }
      }
    } catch (IOException e) {
      throw notFound("the model folder %s cannot be read: %s".formatted(root, IoReason.of(e)));
    }
    return found.stream()
        .min(
            Comparator.comparingInt(ModelFolder::rank)
                .thenComparing(file -> file.getFileName().toString())
                .thenComparingInt(Path::getNameCount))
        .orElseThrow(() -> notFound("the model folder %s has no .onnx file".formatted(root)));
  }

  private static int rank(Path file) {
    String name = file.getFileName().toString();
    int rank = BEST_FIRST.indexOf(name.substring(0, name.length() - ENDING.length()));
    return rank < 0 ? BEST_FIRST.size() : rank;
  }

  private void require(String name) throws BackendException {
    if (!Files.isReadable(root.resolve(name))) {
      throw new BackendException.ModelNotFound(
          "the model folder %s has no %s that can be read".formatted(root, name),
          "Get the whole model: its ONNX file needs the JSON files beside it.");
    }
  }

  private static BackendException notFound(String message) {
    return new BackendException.ModelNotFound(message, NAME_ANOTHER);
  }

  /**
   * A file of the folder.
   *
   * @param name such as {@code config.json}
   * @return the file, which need not exist
   */
  public Path file(String name) {
    return root.resolve(name);
  }

  /**
   * How large the weights are: the ONNX file and its external data.
   *
   * @return in bytes
   */
  public long weightBytes() {
    long bytes = model.toFile().length();
    String name = model.getFileName().toString();
    try (DirectoryStream<Path> data =
        Files.newDirectoryStream(Objects.requireNonNull(model.getParent()), name + "[_.]*")) {
      for (Path file : data) {
        bytes += file.toFile().length();
      }
    } catch (IOException e) {
      // Only an estimate; whoever opens the file says what is wrong.
    }
    return bytes;
  }
}
