package dev.cmdai.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells from a glance whether a file can be a model: by its size and its first bytes. */
public final class Soundness {
  /** So many first bytes tell what a file is. */
  public static final int BEGINNING = 512;

  private Soundness() {}

  /**
   * What is wrong with a model that was pulled or imported.
   *
   * @return nothing for one that looks sound, and for one of which nobody noted how it was
   */
  public static Optional<String> problem(InstalledModel model) {
    if (model.bytesPulled() == 0) {
      return Optional.empty();
    }
    if (Files.isRegularFile(model.path()) && model.bytes() != model.bytesPulled()) {
      return Optional.of(
          "it has %,d of %,d bytes: %s"
              .formatted(model.bytes(), model.bytesPulled(), model.path()));
    }
    if (model.format().equals("gguf") && Files.isRegularFile(model.path())) {
      try (InputStream in = Files.newInputStream(model.path())) {
        return wrongBeginning(model.path().toString(), in.readNBytes(BEGINNING));
      } catch (IOException e) {
        return Optional.of("its file cannot be read: " + model.path());
      }
    }
    return Optional.empty();
  }

  /**
   * What a file is that should be part of a model and cannot be.
   *
   * @param path its name, whose ending says what it should be
   * @param bytes its first {@value #BEGINNING}, or all when it has less
   * @return a clause for a message; nothing when it may be one
   */
  public static Optional<String> wrongBeginning(String path, byte[] bytes) {
    String name = path.toLowerCase(Locale.ROOT);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String lower = text.stripLeading().toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype") || lower.startsWith("<html")) {
      return Optional.of("it is an HTML page, perhaps of a server that wants a login");
    }
    if (text.startsWith("version https://git-lfs")) {
      return Optional.of("it is a Git LFS pointer, not the file that it stands for");
    }
    boolean isGguf = name.endsWith(".gguf");
    if (isGguf || name.endsWith(".onnx")) {
      if (lower.startsWith("{") || lower.startsWith("<")) {
        return Optional.of("it is a text, perhaps a server's error message");
      }
      if (isGguf && !text.startsWith("GGUF")) {
        return Optional.of("it does not begin with GGUF, as every GGUF model does");
      }
      // The first field of every ONNX model is its version: 0x08.
      return !isGguf && !text.startsWith("\b")
          ? Optional.of("it does not begin as ONNX models do")
          : Optional.empty();
    }
    return name.endsWith(".json") && !lower.startsWith("{") && !lower.startsWith("[")
        ? Optional.of("it is no JSON")
        : Optional.empty();
  }

  /** The same of a file that is there. */
  public static Optional<String> wrongBeginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return wrongBeginning(file.toString(), in.readNBytes(BEGINNING));
    }
  }
}
