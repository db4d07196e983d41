package dev.cmdai.testmodels.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** The bytes of a file, in memory or on disk, with their SHA-256. */
public final class Content {
  private final Source source;
  private final long size;
  private final String sha256;

  private Content(Source source, long size) throws IOException {
    this.source = source;
    this.size = size;
    sha256 = hash();
  }

  private interface Source {
    void read(ByteBuffer into, long from) throws IOException;
  }

  /** Bytes in memory. */
  public static Content of(byte[] bytes) {
    byte[] copy = bytes.clone();
    try {
      return new Content((into, from) -> into.put(copy, (int) from, into.remaining()), copy.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that stays as it is. */
  public static Content of(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new Content(
        (into, from) -> {
          for (long at = from; into.hasRemaining(); ) {
            int count = channel.read(into, at);
            if (count < 0) {
              throw new IOException(file + " has become shorter");
            }
            at += count;
          }
        },
        channel.size());
  }

  /** A GGUF file whose head says that it holds nothing, and noise behind that. */
  public static byte[] gguf(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    byte[] head = Arrays.copyOf(new byte[] {'G', 'G', 'U', 'F', 3}, 24);
    System.arraycopy(head, 0, bytes, 0, Math.min(size, head.length));
    return bytes;
  }

  /** How many there are. */
  public long size() {
    return size;
  }

  /** In lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  void read(ByteBuffer into, long from) throws IOException {
    source.read(into, from);
  }

  private String hash() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer block = ByteBuffer.allocate(1 << 20);
      for (long at = 0; at < size; at += block.limit()) {
        block.clear().limit((int) Math.min(block.capacity(), size - at));
        source.read(block, at);
        digest.update(block.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
