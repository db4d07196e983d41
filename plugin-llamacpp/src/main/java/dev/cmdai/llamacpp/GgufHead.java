package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.kit.file.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Reads the head of a GGUF file in Java, without llama.cpp, and says what is wrong with the file.
 */
final class GgufHead {
  private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};

  /** As many bytes as tell one kind of file from another. */
  private static final int BEGINNING = 64;

  private GgufHead() {}

  /** Something to be made of a head. */
  interface Use<T> {
    T of(GgufFile file) throws GgufException, BackendException;
  }

  /** Whether a file is GGUF by its name or its first bytes; it need not exist. */
  static boolean isIn(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".gguf")) {
      return true;
    }
    // Opening a named pipe would wait for somebody who writes.
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel file = FileChannel.open(path)) {
      return ByteBuffer.wrap(MAGIC).equals(beginning(file, MAGIC.length));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads a head and makes something of it.
   *
   * @throws BackendException when there is no such file, or it is not what it should be
   */
  static <T> T read(Path path, Use<T> use) throws BackendException {
    try (FileChannel file = new ModelFile(path).opened()) {
      if (file.size() == 0) {
        throw ModelFile.corrupt("model file is empty: " + path, null);
      }
      try {
        return use.of(GgufFile.read(file));
      } catch (GgufException e) {
        throw translated(e, path, file);
      }
    } catch (IOException e) {
      throw ModelFile.notFound(
          "the model file %s cannot be read: %s".formatted(path, IoReason.of(e)));
    }
  }

  private static BackendException translated(GgufException e, Path path, FileChannel file)
      throws IOException {
    return switch (e.reason()) {
      case NOT_GGUF ->
          ModelFile.corrupt(
              "%s is no GGUF file: %s".formatted(path, ModelFile.look(beginning(file, BEGINNING))),
              e);
      case DAMAGED ->
          ModelFile.corrupt("model file is damaged (%s): %s".formatted(e.getMessage(), path), e);
      case UNKNOWN_VERSION, UNSUPPORTED ->
          new BackendException.Unsupported(
              "this model file cannot be used (%s): %s".formatted(e.getMessage(), path),
              "Choose another file with --model FILE, or update the llamacpp plugin.",
              e);
      case TOO_LARGE -> {
        BackendException tooLarge =
            new BackendException.OutOfMemory(
                "model file is too large for this program's memory (%s): %s"
                    .formatted(e.getMessage(), path),
                "Close other programs, or choose a smaller model with --model FILE.");
        tooLarge.addSuppressed(e);
        yield tooLarge;
      }
    };
  }

  private static ByteBuffer beginning(FileChannel file, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.position(0);
    while (bytes.hasRemaining() && file.read(bytes) >= 0) {}
    return bytes.flip();
  }
}
