package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ModelReference;
import dev.cmdai.gguf.GgufBeginning;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufFile;
import dev.cmdai.kit.file.FileLook;
import dev.cmdai.kit.file.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A model file that nobody has looked into yet: checked here, before native code sees it.
 *
 * @param path where it should be
 */
record ModelFile(Path path) {
  private static final String GET_IT_AGAIN =
      "Get the file again, or choose another model with --model FILE.";

  static ModelFile of(ModelReference model) throws BackendException {
    Path path = model.path().orElse(null);
    if (path == null) {
      throw new BackendException.Unsupported(
          "llama.cpp runs files on this machine, and " + model.id() + " is none",
          "Name a GGUF file with --model FILE.",
          null);
    }
    return new ModelFile(path);
  }

  /**
   * Makes sure that there is a file and that it begins as a GGUF file does: what a look at its
   * first bytes can tell.
   *
   * <p>The rest of the header is left to llama.cpp, which checks every length itself: walking over
   * the 4,096 tokens of cmdai-tiny alone would cost 70 ms of a one-shot run before the JIT has seen
   * the loop. {@link #explain} walks, when llama.cpp has refused a file.
   */
  void checkBeginning() throws BackendException {
    ModelParts.of(path);
    try (FileChannel file = opened()) {
      ByteBuffer first = ByteBuffer.allocate(64);
      while (first.hasRemaining() && file.read(first) >= 0) {}
      first.flip();
      if (!first.hasRemaining()) {
        throw corrupt("model file is empty: " + path, null);
      }
      check(beginning(first));
    } catch (IOException e) {
      throw translated(e);
    }
  }

  private GgufBeginning beginning(ByteBuffer first) throws GgufException, BackendException {
    try {
      return GgufBeginning.of(first);
    } catch (GgufException e) {
      if (e.reason() == GgufException.Reason.NOT_GGUF) {
        String look = FileLook.of(first).orElse("its first bytes say nothing that llama.cpp knows");
        throw corrupt("%s is no GGUF file: %s".formatted(path, look), null);
      }
      throw e;
    }
  }

  /** What a file is that does not begin as a GGUF file does. */
  static String look(ByteBuffer first) {
    return FileLook.of(first).orElse("its first bytes say nothing that llama.cpp knows");
  }

  private void check(GgufBeginning beginning) throws GgufException, BackendException {
    if (beginning.byteOrder() == ByteOrder.BIG_ENDIAN) {
      throw new BackendException.Unsupported(
          "this model file is for big-endian machines: " + path,
          "Choose the usual, little-endian file of this model.",
          null);
    }
    if (!beginning.isKnownVersion()) {
      throw new BackendException.Unsupported(
          "this model file has GGUF version %s, and llama.cpp b10361 reads versions 2 and 3: %s"
              .formatted(Integer.toUnsignedString(beginning.version()), path),
          "Choose another file of this model, or update the llamacpp plugin.",
          null);
    }
    beginning.requireReadable();
    if (beginning.tensors() == 0 && !ModelParts.isPart(path)) {
      throw new BackendException.Unsupported(
          "this model file holds a vocabulary and no weights: " + path,
          "Choose a complete model with --model FILE.",
          null);
    }
  }

  /**
   * Looks for what is wrong with a file that llama.cpp has refused.
   *
   * @throws BackendException when the header shows it
   */
  void explain() throws BackendException {
    for (Path part : ModelParts.of(path)) {
      new ModelFile(part).explainPart();
    }
  }

  private void explainPart() throws BackendException {
    try (FileChannel channel = opened()) {
      GgufFile file = GgufFile.read(channel);
      if (file.size() < file.neededSize()) {
        throw corrupt(
            "model file ends after %,d of %,d bytes: %s"
                .formatted(file.size(), file.neededSize(), path),
            null);
      }
    } catch (GgufException e) {
      if (e.reason() == GgufException.Reason.DAMAGED) {
        throw translated(e);
      }
      // What is too much for this reader need not be the reason of llama.cpp, which names its own.
    } catch (IOException e) {
      throw translated(e);
    }
  }

  private BackendException translated(IOException e) {
    return e instanceof GgufException
        ? corrupt("model file is damaged (%s): %s".formatted(e.getMessage(), path), e)
        : notFound("the model file %s cannot be read: %s".formatted(path, IoReason.of(e)));
  }

  /** Opens the file, and says why that cannot be done. */
  FileChannel opened() throws BackendException, IOException {
    if (Files.isDirectory(path)) {
      throw notFound("this is a folder, not a model file: " + path);
    }
    if (!Files.exists(path)) {
      throw notFound("there is no model file " + path);
    }
    if (!Files.isRegularFile(path)) {
      // Opening a named pipe would wait for somebody who writes.
      throw notFound("this is a pipe or a device, not a model file: " + path);
    }
    if (!Files.isReadable(path)) {
      throw notFound("this user may not read the model file " + path);
    }
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  static BackendException notFound(String message) {
    return new BackendException.ModelNotFound(message, "Name a GGUF file with --model FILE.");
  }

  static BackendException corrupt(String message, @Nullable Throwable cause) {
    return new BackendException.ModelCorrupt(message, GET_IT_AGAIN, cause);
  }
}
