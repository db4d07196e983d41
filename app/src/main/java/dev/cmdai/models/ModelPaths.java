package dev.cmdai.models;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells by the look of a name whether it is a path, an address or neither. */
final class ModelPaths {
  private ModelPaths() {}

  /** A name as a path, where it can be one. */
  static Optional<Path> asPath(String name) {
    try {
      Path path = Path.of(name);
      return path.getFileName() == null ? Optional.empty() : Optional.of(path);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes sure that opening a path neither waits for somebody nor fails for want of rights.
   *
   * @param path of something that exists
   */
  static void requireFileOrFolder(Path path) {
    String problem =
        !Files.isRegularFile(path) && !Files.isDirectory(path)
            ? "this is a pipe or a device, not a model: "
            : !Files.isReadable(path) ? "this user may not read the model " : "";
    if (!problem.isEmpty()) {
      throw new CmdaiException(
          ExitCode.UNAVAILABLE, problem + path, "Name a model's file or folder that may be read.");
    }
  }

  /** Whether a name can only be meant for a path. */
  static boolean looksLikePath(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.contains("/")
        || name.contains("\\")
        || lower.endsWith(".gguf")
        || lower.endsWith(".onnx")
        || lower.endsWith(".json");
  }

  /** Whether a name says where a model comes from, and not where it lies. */
  static boolean isAddress(String name) {
    return name.startsWith("hf:") || name.startsWith("https://") || name.startsWith("http://");
  }
}
