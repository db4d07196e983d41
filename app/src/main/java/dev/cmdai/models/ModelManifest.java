package dev.cmdai.models;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code model.properties} of a model folder: what the model is called, how good it is,
 * which files it has.
 */
final class ModelManifest {
  static final String FILE_NAME = "model.properties";
  private static final long MAX_BYTES = 64 * 1024;
  private static final List<String> FORMATS = List.of("gguf", "onnx");

  private ModelManifest() {}

  /**
   * The models of a folder: one for each format whose file or folder is there.
   *
   * @throws IOException when the manifest cannot be read or makes no sense
   */
  static List<InstalledModel> read(Path folder, boolean isBundled) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    String id = required(properties, "id", file);
    int quality = quality(required(properties, "quality", file), file);
    List<InstalledModel> models = new ArrayList<>();
    for (String format : FORMATS) {
      String name = properties.getProperty(format);
      Path path = name == null ? null : inside(folder, name, file);
      if (path != null && isThere(path)) {
        long bytes = Files.isDirectory(path) ? OnnxFolder.bytes(path) : Files.size(path);
        models.add(new InstalledModel(id, format, path, quality, bytes, isBundled));
      }
    }
    return models;
  }

  /** What a name means, which may be the folder itself but nothing outside it. */
  private static @Nullable Path inside(Path folder, String name, Path file) throws IOException {
    try {
      Path relative = Path.of(name.strip()).normalize();
      if (relative.isAbsolute() || relative.startsWith("..")) {
        return null;
      }
      return relative.toString().isEmpty() ? folder : folder.resolve(relative);
    } catch (InvalidPathException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static boolean isThere(Path path) throws IOException {
    return Files.isDirectory(path) ? OnnxFolder.isModel(path) : Files.exists(path);
  }

  private static String required(Properties properties, String key, Path file) throws IOException {
    String value = properties.getProperty(key, "").strip();
    if (value.isEmpty()) {
      throw new IOException(file + " has no '" + key + "'");
    }
    return value;
  }

  private static int quality(String text, Path file) throws IOException {
    try {
      int value = Integer.parseInt(text);
      if (value >= 0 && value <= 1000) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException(file + ": quality '" + text + "' is no number", e);
    }
    throw new IOException(file + ": quality " + text + " must be in [0, 1000]");
  }
}
