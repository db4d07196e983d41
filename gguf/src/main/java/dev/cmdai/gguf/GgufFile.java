package dev.cmdai.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The head of a GGUF file: versions 2 and 3, of either byte order. Weights are never read.
 *
 * <p>The format: {@code docs/gguf.md} of ggml. Every length, count and offset is checked against
 * the file before it is used, so that a damaged or hostile file costs an exception and nothing
 * else. Immutable and thread-safe; nothing has to be closed.
 *
 * <pre>{@code
 * GgufFile file = GgufFile.read(Path.of("model.gguf"));
 * String architecture = file.metadata().string("general.architecture").orElse("");
 * }</pre>
 */
public final class GgufFile {
  private final int version;
  private final ByteOrder byteOrder;
  private final GgufMetadata metadata;
  private final List<TensorInfo> tensors;
  private final long dataOffset;
  private final long size;

  GgufFile(
      int version,
      ByteOrder byteOrder,
      GgufMetadata metadata,
      List<TensorInfo> tensors,
      long dataOffset,
      long size) {
    this.version = version;
    this.byteOrder = byteOrder;
    this.metadata = metadata;
    this.tensors = List.copyOf(tensors);
    this.dataOffset = dataOffset;
    this.size = size;
  }

  /**
   * Reads the head of a file; of the weights at most as many bytes as the head has.
   *
   * @param path a regular file
   * @return its head
   * @throws GgufException when it is no GGUF file, is damaged, or is too large for the heap
   * @throws IOException when it cannot be read
   */
  public static GgufFile read(Path path) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
      // Opening a named pipe would wait for somebody who writes.
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return read(channel);
    }
  }

  /**
   * Reads the head of a file that is open.
   *
   * @param channel from its first byte on; its position changes
   * @return its head
   * @throws GgufException as {@link #read(Path)}
   * @throws IOException when it cannot be read
   */
  public static GgufFile read(SeekableByteChannel channel) throws IOException {
    channel.position(0);
    long size = channel.size();
    return new HeaderReader(size, channel::read).read();
  }

  /**
   * Reads a file that is in memory.
   *
   * @param file the whole file
   * @return its head
   * @throws GgufException as {@link #read(Path)}
   */
  public static GgufFile read(ByteBuffer file) throws GgufException {
    ByteBuffer source = file.slice();
    try {
      return new HeaderReader(
              source.remaining(),
              target -> {
                int count = Math.min(target.remaining(), source.remaining());
                target.put(source.slice(source.position(), count));
                source.position(source.position() + count);
                return count;
              })
          .read();
    } catch (GgufException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("reading from memory cannot fail", e);
    }
  }

  /**
   * The version of the format.
   *
   * @return 2 or 3
   */
  public int version() {
    return version;
  }

  /**
   * How its numbers are stored.
   *
   * @return little-endian for nearly all files
   */
  public ByteOrder byteOrder() {
    return byteOrder;
  }

  /**
   * What the file says of itself.
   *
   * @return keys and values
   */
  public GgufMetadata metadata() {
    return metadata;
  }

  /**
   * Its tensors.
   *
   * @return in the order of the file; empty for a file of a vocabulary alone
   */
  public List<TensorInfo> tensors() {
    return tensors;
  }

  /**
   * Where the weights begin.
   *
   * @return the first byte of the data section
   */
  public long dataOffset() {
    return dataOffset;
  }

  /**
   * How long the file is.
   *
   * @return its bytes
   */
  public long size() {
    return size;
  }

  /**
   * How long the file has to be to hold all its tensors; tensors of a type that is not known here
   * count as empty. Reading a file does not ask for its weights, so that a program can say how much
   * of it is missing.
   *
   * @return its bytes, more than {@link #size()} when the file was cut short
   */
  public long neededSize() {
    long end = 0;
    for (TensorInfo tensor : tensors) {
      end = Math.max(end, tensor.offset() + Math.max(0, tensor.bytes()));
    }
    return dataOffset + end;
  }
}
