package dev.cmdai.llamacpp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a saved prefix state depends on, as one hash: model file, build of llama.cpp, how the model
 * was loaded, and the prefix's tokens.
 */
final class PrefixKey {
  /** Length of the hash. */
  static final int BYTES = 32;

  private final byte[] hash;

  private PrefixKey(byte[] hash) {
    this.hash = hash;
  }

  /**
   * The part that stays the same for a loaded model.
   *
   * @param model its file: known by place, size and time of change, because hashing gigabytes would
   *     cost more than the prefix
   * @param build the build of llama.cpp
   * @param settings whatever else changes the numbers
   */
  static String modelPart(Path model, String build, String settings) throws IOException {
    Path real = model.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    return String.join(
        "\n",
        real.toString(),
        Long.toString(attributes.size()),
        attributes.lastModifiedTime().toString(),
        build,
        settings);
  }

  static PrefixKey of(String modelPart, int[] tokens) {
    ByteBuffer ids = ByteBuffer.allocate(Integer.BYTES * tokens.length);
    ids.asIntBuffer().put(tokens);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(modelPart.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(ids);
      return new PrefixKey(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  byte[] hash() {
    return hash.clone();
  }

  String name() {
    return HexFormat.of().formatHex(hash);
  }
}
