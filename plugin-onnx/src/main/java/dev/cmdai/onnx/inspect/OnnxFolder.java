package dev.cmdai.onnx.inspect;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import dev.cmdai.api.BackendException;
import dev.cmdai.kit.file.IoReason;
import dev.cmdai.onnx.folder.DamagedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The files of one ONNX model in the layout of optimum and onnx-community: {@code config.json} and
 * others in a folder, and the weights beside them or in {@code onnx/}.
 *
 * @param folder where {@code config.json} lies, or should lie
 * @param weights the {@code .onnx} files that are meant, by name
 */
record OnnxFolder(Path folder, List<Path> weights) {
  /** A {@code config.json} has a few KB; a {@code tokenizer_config.json} has 2 MB at most. */
  private static final long MAX_BYTES = 16 << 20;

  /** More files than any model has. */
  private static final int MAX_FILES = 1000;

  /** Copies the list. */
  OnnxFolder {
    weights = List.copyOf(weights);
  }

  /** Whether there is an ONNX model, judged by names alone. */
  static boolean isAt(Path path) {
    try {
      return Files.isDirectory(path) ? !weightsIn(path).isEmpty() : isOnnx(path);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  static OnnxFolder of(Path path) throws BackendException {
    try {
      if (Files.isDirectory(path)) {
        List<Path> weights = weightsIn(path);
        if (weights.isEmpty()) {
          throw notFound("there is no .onnx file in " + path);
        }
        return new OnnxFolder(path, weights);
      }
      if (!Files.exists(path)) {
        throw notFound("there is no model file " + path);
      }
      if (!isOnnx(path) || !Files.isRegularFile(path)) {
        throw notFound("this is no .onnx file: " + path);
      }
      if (Files.size(path) == 0) {
        throw new BackendException.ModelCorrupt(
            "model file is empty: " + path,
            "Get the file again, or choose another model with --model.",
            null);
      }
      return new OnnxFolder(folderOf(path), List.of(path));
    } catch (IOException e) {
      throw notFound("the model %s cannot be read: %s".formatted(path, IoReason.of(e)));
    }
  }

  /** The folder above, for a model in {@code onnx/} without a {@code config.json} of its own. */
  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return file;
    }
    Path above = folder.getParent();
    if (above != null
        && !Files.exists(folder.resolve("config.json"))
        && Files.exists(above.resolve("config.json"))) {
      return above;
    }
    return folder;
  }

  private static List<Path> weightsIn(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path place : List.of(folder, folder.resolve("onnx"))) {
      if (Files.isDirectory(place)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place, "*.onnx")) {
          for (Path entry : entries) {
            if (Files.isRegularFile(entry) && files.size() < MAX_FILES) {
              files.add(entry);
            }
          }
        }
      }
    }
    Collections.sort(files);
    return files;
  }

  private static boolean isOnnx(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /** All that belongs to the weights of a file: itself and {@code NAME.onnx_data…} beside it. */
  long bytes(Path file) throws IOException {
    long bytes = 0;
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      return Files.size(file);
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        String own = String.valueOf(file.getFileName());
        boolean belongs =
            name.equals(own) || name.startsWith(own + "_data") || name.startsWith(own + ".data");
        if (belongs && Files.isRegularFile(entry)) {
          bytes += Files.size(entry);
        }
      }
    }
    return bytes;
  }

  /**
   * Makes sure that nothing was cut off from the weights, nor from {@code tokenizer.json}, of which
   * too much is in it to read it all.
   */
  void requireWhole() throws BackendException {
    for (Path file : weights) {
      Weights.requireWhole(file);
    }
    Path tokenizer = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(tokenizer)) {
      return;
    }
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(tokenizer))) {
      reader.skipValue();
    } catch (IOException | IllegalStateException e) {
      throw damaged(tokenizer, DamagedJson.reason(tokenizer, e), e);
    }
  }

  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  /**
   * One of the files that describe the model.
   *
   * @return an object without members where there is no such file
   * @throws BackendException when it is no JSON object, or too large to be one
   */
  JsonObject json(String name) throws BackendException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return new JsonObject();
    }
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new BackendException.Unsupported(
            "%s has %,d bytes, and at most %,d are read".formatted(file, size, MAX_BYTES),
            "Get the file again, or choose another model with --model.",
            null);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (JsonParser.parseString(text) instanceof JsonObject object) {
        return object;
      }
      throw damaged(file, "it holds no object", null);
    } catch (JsonParseException e) {
      throw damaged(file, DamagedJson.reason(file, e), e);
    } catch (IOException e) {
      throw damaged(file, IoReason.of(e), e);
    }
  }

  private static BackendException damaged(Path file, String why, @Nullable Throwable cause) {
    return new BackendException.ModelCorrupt(
        "model description is damaged (%s): %s".formatted(why, file),
        "Get the file again, or choose another model with --model.",
        cause);
  }

  private static BackendException notFound(String message) {
    return new BackendException.ModelNotFound(
        message, "Name an .onnx file, or a folder that holds one, with --model.");
  }
}
