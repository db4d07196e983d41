package dev.cmdai.kit.prefix;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * All that a saved prefix state depends on: model file, build of the engine, how the model was
 * loaded, and the prefix's tokens.
 *
 * <p>Whole, not hashed: a file that holds it can be compared byte for byte, and SHA-256 would cost
 * 20 ms of every run, in which the JDK starts its security providers.
 */
public final class PrefixKey {
  private final byte[] bytes;

  private PrefixKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The part that stays the same for a loaded model.
   *
   * @param model its file: known by place, size, times of change and, where there is one, inode,
   *     because hashing gigabytes would cost more than the prefix
   * @param build the build of the engine, exactly
   * @param settings whatever else changes the numbers
   * @return the key of the empty prefix
   * @throws IOException when the file cannot be looked at
   */
  public static String modelPart(Path model, String build, String settings) throws IOException {
    Path real = model.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    return String.join(
        "\n",
        real.toString(),
        Long.toString(attributes.size()),
        attributes.lastModifiedTime().toString(),
        String.valueOf(attributes.fileKey()),
        changed(real),
        build,
        settings);
  }

  /** When the file itself changed: unlike the time of modification, nobody can set it. */
  private static String changed(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? String.valueOf(Files.getAttribute(file, "unix:ctime"))
        : "";
  }

  /**
   * The key of a prefix.
   *
   * @param modelPart {@link #modelPart}
   * @param tokens the prefix
   * @return the key
   */
  public static PrefixKey of(String modelPart, int[] tokens) {
    byte[] model = modelPart.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(Integer.BYTES * (1 + tokens.length) + model.length);
    all.putInt(model.length).put(model).asIntBuffer().put(tokens);
    return new PrefixKey(all.array());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** A file name: two keys may share one, and then take turns. */
  String name() {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (byte b : bytes) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
    }
    return "%016x".formatted(hash);
  }
}
