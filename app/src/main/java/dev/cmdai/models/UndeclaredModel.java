package dev.cmdai.models;

import dev.cmdai.catalogue.SplitFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells what a file or folder without a manifest is, by names alone. */
final class UndeclaredModel {
  private UndeclaredModel() {}

  /** Whether a file is a GGUF model by itself, or the first part of one. */
  static boolean isGguf(Path file) {
    String name = name(file);
    return name.toLowerCase(Locale.ROOT).endsWith(".gguf")
        && !SplitFile.isLaterPart(name)
        && Files.isRegularFile(file);
  }

  /** The model that is a file, which may not exist. */
  static InstalledModel file(Path path, boolean isBundled) {
    String name = name(path);
    Optional<SplitFile> split = SplitFile.of(name).filter(SplitFile::isFirst);
    String whole = split.map(SplitFile::whole).orElse(name);
    int dot = whole.lastIndexOf('.');
    String id = dot > 0 ? whole.substring(0, dot) : whole;
    long bytes =
        split.map(SplitFile::names).orElse(List.of(name)).stream()
            .mapToLong(part -> path.resolveSibling(part).toFile().length())
            .sum();
    return new InstalledModel(
        id, fileFormat(name), path, ModelLibrary.USER_QUALITY, bytes, isBundled);
  }

  /** The ONNX model that is a folder. */
  static InstalledModel onnxFolder(String id, Path folder, boolean isBundled) throws IOException {
    return new InstalledModel(
        id, "onnx", folder, ModelLibrary.USER_QUALITY, OnnxFolder.bytes(folder), isBundled);
  }

  /** What a folder is that the user names, with or without a model in it. */
  static InstalledModel folder(Path path) throws IOException {
    long bytes = OnnxFolder.hasWeights(path) ? OnnxFolder.bytes(path) : 0;
    return new InstalledModel(
        name(path.normalize()), folderFormat(path), path, ModelLibrary.USER_QUALITY, bytes, false);
  }

  /**
   * By what lies in it. A {@code tokenizer.json} alone is a tokenizer; anything else must be meant
   * for an ONNX model, which says what it lacks, since a GGUF model is a file.
   */
  private static String folderFormat(Path folder) throws IOException {
    if (OnnxFolder.hasWeights(folder)) {
      return "onnx";
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.gguf")) {
      if (files.iterator().hasNext()) {
        return "gguf";
      }
    }
    boolean isTokenizer =
        Files.exists(folder.resolve("tokenizer.json"))
            && !Files.exists(folder.resolve("config.json"));
    return isTokenizer ? "huggingface" : "onnx";
  }

  private static String fileFormat(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".onnx")) {
      return "onnx";
    }
    return lower.endsWith(".json") ? "huggingface" : "gguf";
  }

  /** The last part of a path; a root has none. */
  static String name(Path path) {
    Path last = path.getFileName();
    return (last == null ? path : last).toString();
  }
}
