package dev.cmdai.models;

import dev.cmdai.config.ModelSettings;
import dev.cmdai.files.AtomicFile;
import dev.cmdai.models.StoredModel.StoredFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the {@code model.properties} of a model folder: what the model is called, how
 * good it is, when its replies are unsure, which files it has, where they came from.
 */
public final class ModelManifest {
  /** What the manifest of a folder is called. */
  public static final String FILE_NAME = "model.properties";

  private static final String WORDS = "request_words.txt";
  private static final String UNSURE_BELOW = "unsure_below";
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MOST_FILES = 200;
  private static final List<String> FORMATS = List.of("gguf", "onnx");

  private ModelManifest() {}

  /**
   * The models of a folder: one for each format whose file or folder is there.
   *
   * @throws IOException when the manifest cannot be read or makes no sense
   */
  static List<InstalledModel> read(Path folder, boolean isBundled) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    Properties properties = properties(file);
    String id = required(properties, "id", file);
    int quality = quality(required(properties, "quality", file), file);
    String source = properties.getProperty("source", "").strip();
    OptionalDouble unsureBelow = unsureBelow(properties, file);
    List<StoredFile> files = files(properties, file);
    long bytesPulled = files.stream().mapToLong(StoredFile::bytes).sum();
    List<InstalledModel> models = new ArrayList<>();
    for (String format : FORMATS) {
      String name = properties.getProperty(format);
      Path path = name == null ? null : inside(folder, name, file);
      if (path != null && isThere(path)) {
        long bytes = bytes(path, folder, files);
        models.add(
            new InstalledModel(
                id, format, path, quality, bytes, isBundled, source, bytesPulled, unsureBelow));
      }
    }
    return models;
  }

  /** A GGUF model may have several parts, and files besides. */
  private static long bytes(Path path, Path folder, List<StoredFile> files) throws IOException {
    if (Files.isDirectory(path)) {
      return OnnxFolder.bytes(path);
    }
    return files.isEmpty()
        ? Files.size(path)
        : files.stream().mapToLong(file -> folder.resolve(file.path()).toFile().length()).sum();
  }

  /**
   * The threshold of the model in a file or folder, as the manifest says that lies in or beside it
   * and names it; empty without one.
   */
  static OptionalDouble unsureBelow(Path model) throws IOException {
    Path folder = folder(model);
    if (Files.exists(folder.resolve(FILE_NAME))) {
      for (InstalledModel declared : read(folder, false)) {
        if (Files.isSameFile(declared.path(), model)) {
          return declared.unsureBelow();
        }
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * The file in or beside a model that has the words of requests that it knows; empty without one.
   */
  public static Optional<Path> words(Path model) {
    return Optional.of(folder(model).resolve(WORDS)).filter(Files::isRegularFile);
  }

  private static Path folder(Path model) {
    return Files.isDirectory(model) ? model : model.resolveSibling(".").normalize();
  }

  /**
   * All that the manifest of a folder says.
   *
   * @throws IOException when there is none, or it makes no sense
   */
  public static StoredModel stored(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    Properties properties = properties(file);
    String format = FORMATS.stream().filter(properties::containsKey).findFirst().orElse("");
    String id = required(properties, "id", file);
    return new StoredModel(
        id,
        properties.getProperty("name", id),
        properties.getProperty("licence", ""),
        quality(required(properties, "quality", file), file),
        format,
        properties.getProperty(format, "."),
        properties.getProperty("source", "").strip(),
        unsureBelow(properties, file),
        files(properties, file));
  }

  /** Writes the manifest of a folder, whatever was there before, as a whole. */
  public static void write(Path folder, StoredModel model) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("id", model.id());
    properties.setProperty("name", model.name());
    properties.setProperty("licence", model.licence());
    properties.setProperty("quality", String.valueOf(model.quality()));
    properties.setProperty(model.format(), model.path());
    properties.setProperty("source", model.source());
    model
        .unsureBelow()
        .ifPresent(value -> properties.setProperty(UNSURE_BELOW, String.valueOf(value)));
    for (int i = 0; i < model.files().size(); i++) {
      StoredFile file = model.files().get(i);
      properties.setProperty("file." + i, file.path());
      properties.setProperty("bytes." + i, String.valueOf(file.bytes()));
      properties.setProperty("sha256." + i, file.sha256());
    }
    StringWriter text = new StringWriter();
    properties.store(text, null);
    // Without the date, which Java writes in front.
    String content =
        "# Written by cmdai; made anew when it is damaged.\n"
            + text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    AtomicFile.change(
        folder.resolve(FILE_NAME),
        Files::readAllBytes,
        _ -> content.getBytes(StandardCharsets.UTF_8));
  }

  private static Properties properties(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    return properties;
  }

  private static List<StoredFile> files(Properties properties, Path file) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (int i = 0; i < MOST_FILES && properties.containsKey("file." + i); i++) {
      String path = required(properties, "file." + i, file);
      if (inside(file.resolveSibling("."), path, file) == null) {
        throw new IOException(file + " names " + path + ", which is not in its folder");
      }
      try {
        files.add(
            new StoredFile(
                path,
                Long.parseLong(required(properties, "bytes." + i, file)),
                properties.getProperty("sha256." + i, "").toLowerCase(Locale.ROOT)));
      } catch (NumberFormatException e) {
        throw new IOException(file + ": bytes." + i + " is no number", e);
      }
    }
    return files;
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

  private static OptionalDouble unsureBelow(Properties properties, Path file) throws IOException {
    String text = properties.getProperty(UNSURE_BELOW, "").strip();
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= ModelSettings.LEAST_UNSURE_BELOW && value <= 0) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      throw new IOException(file + ": unsure_below '" + text + "' is no number", e);
    }
    throw new IOException(
        "%s: unsure_below %s must be in [%d, 0]"
            .formatted(file, text, ModelSettings.LEAST_UNSURE_BELOW));
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
