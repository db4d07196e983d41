package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ModelReference;
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
  /** Every GGUF file begins with it. */
  private static final int MAGIC_BYTES = 4;

  private static final String GET_IT_AGAIN =
      "Get the file again, or choose another model with --model.";

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

  /** The cheap half of {@link #check}: there is a file, and it begins as a GGUF file does. */
  void checkBeginning() throws BackendException {
    try (FileChannel file = opened()) {
      requireMagic(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Makes sure that this is a whole GGUF file, as far as its header tells. */
  void check() throws BackendException {
    try (FileChannel file = opened()) {
      requireMagic(file);
      long size = file.size();
      long mapped = Math.min(size, GgufHeader.MAX_BYTES);
      ByteBuffer beginning = file.map(FileChannel.MapMode.READ_ONLY, 0, mapped);
      GgufHeader header = GgufHeader.read(beginning);
      if (header.tensors() == 0) {
        throw new BackendException.Unsupported(
            "this model file holds a vocabulary and no weights: " + path,
            "Choose a complete model with --model.",
            null);
      }
      if (size < header.dataEnd()) {
        throw corrupt(
            "model file ends after %,d of %,d bytes: %s".formatted(size, header.dataEnd(), path),
            null);
      }
    } catch (GgufHeader.OtherEndianness e) {
      throw new BackendException.Unsupported(
          "this model file is for big-endian machines: " + path,
          "Choose the usual, little-endian file of this model.",
          e);
    } catch (GgufHeader.UnknownVersion e) {
      throw new BackendException.Unsupported(
          "this model file has %s, and llama.cpp b10361 reads versions 2 and 3: %s"
              .formatted(e.getMessage(), path),
          "Choose another file of this model, or update the llamacpp plugin.",
          e);
    } catch (GgufHeader.Damaged e) {
      throw corrupt("model file is damaged (%s): %s".formatted(e.getMessage(), path), e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private FileChannel opened() throws BackendException, IOException {
    if (Files.isDirectory(path)) {
      throw notFound("this is a folder, not a model file: " + path);
    }
    if (!Files.exists(path)) {
      throw notFound("there is no model file " + path);
    }
    if (!Files.isReadable(path)) {
      throw notFound("this user may not read the model file " + path);
    }
    return FileChannel.open(path, StandardOpenOption.READ);
  }

  private void requireMagic(FileChannel file) throws BackendException, IOException {
    ByteBuffer beginning = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    while (beginning.hasRemaining() && file.read(beginning) >= 0) {}
    beginning.flip();
    if (!beginning.hasRemaining()) {
      throw corrupt("model file is empty: " + path, null);
    }
    if (beginning.remaining() >= MAGIC_BYTES && beginning.getInt(0) == GgufHeader.MAGIC) {
      return;
    }
    throw corrupt("%s is no GGUF file: %s".formatted(path, FileLook.of(beginning)), null);
  }

  private BackendException unreadable(IOException e) {
    return notFound("the model file %s cannot be read: %s".formatted(path, e.getMessage()));
  }

  private static BackendException notFound(String message) {
    return new BackendException.ModelNotFound(
        message, "See which models are here with: cmdai models list");
  }

  private static BackendException corrupt(String message, @Nullable Throwable cause) {
    return new BackendException.ModelCorrupt(message, GET_IT_AGAIN, cause);
  }
}
