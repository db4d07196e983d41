package dev.cmdai.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * What is known of a file that is being pulled, kept beside it so that another run goes on.
 *
 * @param url what it is pulled from
 * @param etag what tells one state of the file on the server from another; "" when unknown
 * @param size how large it will be; 0 when unknown
 * @param done the bytes that are safely in the part file
 * @param sha256 of the whole file, once it is there and checked; "" before
 */
record PartState(String url, String etag, long size, long done, String sha256) {
  private static final int LARGEST = 16 * 1024;

  /** Nothing has arrived yet. */
  static PartState fresh(String url) {
    return new PartState(url, "", 0, 0, "");
  }

  PartState withDone(long bytes) {
    return new PartState(url, etag, size, bytes, sha256);
  }

  PartState complete(long bytes, String hash) {
    return new PartState(url, etag, bytes, bytes, hash);
  }

  boolean isComplete() {
    return !sha256.isEmpty();
  }

  /** What a file says; nothing when there is none or it makes no sense. */
  static Optional<PartState> read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new PartState(
              properties.getProperty("url", ""),
              properties.getProperty("etag", ""),
              Long.parseLong(properties.getProperty("size", "")),
              Long.parseLong(properties.getProperty("done", "")),
              properties.getProperty("sha256", "")));
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Replaces a file as a whole; only the holder of the model's lock writes it. */
  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("url", url);
    properties.setProperty("etag", etag);
    properties.setProperty("size", String.valueOf(size));
    properties.setProperty("done", String.valueOf(done));
    properties.setProperty("sha256", sha256);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    properties.store(content, null);
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(beside, content.toString(StandardCharsets.ISO_8859_1));
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
