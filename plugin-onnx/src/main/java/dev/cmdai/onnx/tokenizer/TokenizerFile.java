package dev.cmdai.onnx.tokenizer;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.google.gson.JsonParseException;
import dev.cmdai.api.BackendException;
import dev.cmdai.kit.natives.IoReason;
import dev.cmdai.onnx.folder.DamagedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tokenizer.json} that was read: its bytes, checked against limits, before native code
 * sees them.
 *
 * <p>The bytes are kept, because the vocabulary is read from them only when somebody asks for it,
 * and the file may have been replaced by then. As UTF-8 they take half the memory of a string.
 *
 * @param path the file itself, not the folder or model that was named
 * @param utf8 its content; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the one copy of up to 64 MiB.
record TokenizerFile(Path path, byte[] utf8) {
  static final String NAME = "tokenizer.json";

  /**
   * Four times the largest one that is in use: those of 256 thousand tokens have 17 MB to 33 MB.
   */
  static final long MAX_BYTES = 64L << 20;

  /** As many bytes as hold the beginning that every {@code tokenizer.json} has. */
  private static final int BEGINNING = 512;

  /** Whether there is one under a name; it is not read further than its beginning. */
  static boolean isIn(Path path) {
    try {
      Path file = located(path);
      if (isNamed(file, NAME)) {
        return Files.isRegularFile(file);
      }
      return isNamed(file, ".json") && Files.isRegularFile(file) && beginsLikeOne(file);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static boolean isNamed(Path file, String end) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(end);
  }

  private static boolean beginsLikeOne(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1).strip();
      return beginning.startsWith("{")
          && (beginning.contains("\"version\"") || beginning.contains("\"model\""));
    }
  }

  /** The file that a folder, a model or a file stands for; it need not exist. */
  private static Path located(Path path) {
    if (Files.isDirectory(path)) {
      return path.resolve(NAME);
    }
    if (!isNamed(path, ".onnx")) {
      return path;
    }
    Path beside = path.resolveSibling(NAME);
    Path folder = path.toAbsolutePath().getParent();
    // onnx-community puts the models into a folder 'onnx' below the tokenizer.
    Path above = folder == null ? beside : folder.resolveSibling(NAME);
    return Files.exists(beside) || !Files.exists(above) ? beside : above;
  }

  static TokenizerFile read(Path path) throws BackendException {
    Path file = located(path);
    try {
      requireFile(file);
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new BackendException.Unsupported(
            "tokenizer file has %,d bytes, and at most %,d are read: %s"
                .formatted(size, MAX_BYTES, file),
            "Choose another model: no tokenizer in use is nearly as large.",
            null);
      }
      if (size == 0) {
        throw corrupt("tokenizer file is empty: " + file, null);
      }
      return new TokenizerFile(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw notFound("the tokenizer file %s cannot be read: %s".formatted(file, IoReason.of(e)));
    }
  }

  private static void requireFile(Path file) throws BackendException {
    if (Files.isDirectory(file)) {
      throw notFound("this is a folder, not a tokenizer file: " + file);
    }
    if (!Files.exists(file)) {
      throw notFound("there is no tokenizer file " + file);
    }
    if (!Files.isRegularFile(file)) {
      // Opening a named pipe would wait for somebody who writes.
      throw notFound("this is a pipe or a device, not a tokenizer file: " + file);
    }
    if (!Files.isReadable(file)) {
      throw notFound("this user may not read the tokenizer file " + file);
    }
  }

  String json() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** The parts around the model, checked for what would end the process. */
  Components components() throws BackendException {
    try {
      return Components.of(json());
    } catch (Components.PanicException e) {
      throw new BackendException.Unsupported(
          "this tokenizer cannot be used (%s): %s".formatted(e.getMessage(), path),
          "Get the file again, or choose another model with --model.",
          e);
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw corrupt(
          "tokenizer file is damaged (%s): %s".formatted(DamagedJson.reason(path, e), path), e);
    }
  }

  /** Has the library read the file. */
  NativeTokenizer opened() throws BackendException {
    try {
      return NativeTokenizer.of(TokenizersLibrary.LIB, json());
    } catch (NativeTokenizer.RefusedException e) {
      String reason = e.getMessage();
      if (namesUnknown(reason)) {
        throw new BackendException.Unsupported(
            "Hugging Face's library does not know a component of this tokenizer (%s): %s"
                .formatted(reason, path),
            "Update the onnx plugin, or choose another model with --model.",
            e);
      }
      throw corrupt("tokenizer file is damaged (%s): %s".formatted(reason, path), e);
    }
  }

  /** What serde says of a name that it does not know. */
  private static boolean namesUnknown(String reason) {
    return reason.contains("did not match any variant")
        || reason.contains("unknown variant")
        || reason.contains("Unknown tokenizer version");
  }

  private static BackendException notFound(String message) {
    return new BackendException.ModelNotFound(
        message, "Name a tokenizer.json, or the folder of a model that has one, with --model.");
  }

  private static BackendException corrupt(String message, @Nullable Throwable cause) {
    return new BackendException.ModelCorrupt(
        message, "Get the file again, or choose another model with --model.", cause);
  }
}
