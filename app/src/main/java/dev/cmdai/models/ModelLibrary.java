package dev.cmdai.models;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The models on this machine: those that ship with the program, each in a folder with a manifest,
 * and those in the user's folder, where a bare {@code .gguf} file is a model too.
 */
public final class ModelLibrary {
  /**
   * A model of unknown quality that the user put there: better than anything that ships, below any
   * known rank.
   */
  static final int USER_QUALITY = 50;

  private static final Comparator<InstalledModel> BEST_FIRST =
      Comparator.comparingInt(InstalledModel::quality)
          .thenComparingLong(InstalledModel::bytes)
          .reversed()
          .thenComparing(InstalledModel::id);

  private final List<InstalledModel> models;

  private ModelLibrary(List<InstalledModel> models) {
    this.models = models;
  }

  /**
   * Looks at both folders; neither has to exist.
   *
   * @param userFolder models that the user fetched or put there
   * @param bundledFolder models that ship with the program
   * @param warn told of each entry that looks like a model and cannot be read
   */
  public static ModelLibrary scan(Path userFolder, Path bundledFolder, Consumer<String> warn) {
    List<InstalledModel> models = new ArrayList<>();
    scan(userFolder, false, models, warn);
    scan(bundledFolder, true, models, warn);
    models.sort(BEST_FIRST);
    return new ModelLibrary(List.copyOf(models));
  }

  private static void scan(
      Path folder, boolean isBundled, List<InstalledModel> found, Consumer<String> warn) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        scanEntry(entry, isBundled, found, warn);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Nothing was put there yet.
    } catch (IOException e) {
      warn.accept("cannot look for models in " + folder + ": " + e.getMessage());
    }
  }

  private static void scanEntry(
      Path entry, boolean isBundled, List<InstalledModel> found, Consumer<String> warn) {
    try {
      if (Files.exists(entry.resolve(ModelManifest.FILE_NAME))) {
        found.addAll(ModelManifest.read(entry, isBundled));
      } else if (isGguf(entry) && Files.isRegularFile(entry)) {
        found.add(bareFile(entry, USER_QUALITY, isBundled));
      }
    } catch (IOException e) {
      warn.accept("model skipped: " + e.getMessage());
    }
  }

  /** All models, the best first. */
  public List<InstalledModel> all() {
    return models;
  }

  /** The models in any of these formats, the best first. */
  public List<InstalledModel> inFormats(List<String> formats) {
    List<InstalledModel> matching = new ArrayList<>();
    for (InstalledModel model : models) {
      if (formats.contains(model.format())) {
        matching.add(model);
      }
    }
    return matching;
  }

  /**
   * What the user means by {@code --model NAME}: a file or folder when it looks like a path or
   * exists, otherwise a model's id.
   *
   * @return the model, one for each of its formats; empty when there is none
   */
  public List<InstalledModel> named(String name) throws IOException {
    List<InstalledModel> byId = models.stream().filter(m -> m.id().equals(name)).toList();
    if (!byId.isEmpty()) {
      return byId;
    }
    Optional<Path> path = asPath(name);
    if (path.isEmpty() || !(looksLikePath(name) || Files.exists(path.get()))) {
      return List.of();
    }
    return List.of(atPath(path.get().toAbsolutePath()));
  }

  /**
   * The model in a file or folder that may not exist: whoever opens it says what is wrong with it.
   */
  private static InstalledModel atPath(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      if (Files.exists(path.resolve(ModelManifest.FILE_NAME))) {
        List<InstalledModel> declared = ModelManifest.read(path, false);
        if (!declared.isEmpty()) {
          return declared.getFirst();
        }
      }
      String format = folderFormat(path);
      return new InstalledModel(
          path.getFileName().toString(), format, path, USER_QUALITY, 0, false);
    }
    return bareFile(path, USER_QUALITY, false);
  }

  /**
   * By what lies in it: {@code model*.onnx}, also under {@code onnx/}, is the layout of optimum and
   * onnx-community; a {@code tokenizer.json} without weights is a tokenizer at least.
   */
  private static String folderFormat(Path folder) throws IOException {
    if (hasFile(folder, "*.onnx") || hasFile(folder.resolve("onnx"), "*.onnx")) {
      return "onnx";
    }
    boolean isTokenizer =
        Files.isRegularFile(folder.resolve("tokenizer.json")) && !hasFile(folder, "*.gguf");
    return isTokenizer ? "huggingface" : "gguf";
  }

  private static boolean hasFile(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      return files.iterator().hasNext();
    }
  }

  private static InstalledModel bareFile(Path path, int quality, boolean isBundled) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String id = dot > 0 ? name.substring(0, dot) : name;
    return new InstalledModel(
        id, fileFormat(name), path, quality, path.toFile().length(), isBundled);
  }

  private static String fileFormat(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".onnx")) {
      return "onnx";
    }
    return lower.endsWith(".json") ? "huggingface" : "gguf";
  }

  private static Optional<Path> asPath(String name) {
    try {
      Path path = Path.of(name);
      return path.getFileName() == null ? Optional.empty() : Optional.of(path);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean looksLikePath(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.contains("/")
        || name.contains("\\")
        || lower.endsWith(".gguf")
        || lower.endsWith(".onnx")
        || lower.endsWith(".json");
  }

  private static boolean isGguf(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gguf");
  }
}
