package dev.cmdai.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** SHA-256 of files. */
public final class Hashes {
  private static final int BLOCK = 1 << 20;

  private Hashes() {}

  /** A digest that has seen nothing. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The hash of a file, in lower-case hexadecimal digits.
   *
   * @param progress told of the bytes that were read so far
   */
  public static String of(Path file, LongConsumer progress) throws IOException {
    MessageDigest digest = sha256();
    byte[] block = new byte[BLOCK];
    long done = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        digest.update(block, 0, count);
        done += count;
        progress.accept(done);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
