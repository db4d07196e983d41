package dev.cmdai.llamacpp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies a GGUF file with other metadata: models for tests that nobody has to train. */
final class GgufRewriter {
  private static final int[] VALUE_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int UINT32 = 4;
  private static final int BOOL = 7;
  private static final int ALIGNMENT = 32;

  private final ByteBuffer in;
  private final long tensors;

  /** Each entry's key, and its type and value as they stand in the file. */
  private final Map<String, byte[]> metadata = new LinkedHashMap<>();

  private GgufRewriter(byte[] file) {
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    in.getInt();
    in.getInt();
    tensors = in.getLong();
    long entries = in.getLong();
    for (long i = 0; i < entries; i++) {
      String key = text();
      int start = in.position();
      skip(in.getInt());
      byte[] value = new byte[in.position() - start];
      in.get(start, value);
      metadata.put(key, value);
    }
  }

  static GgufRewriter of(Path file) throws IOException {
    return new GgufRewriter(Files.readAllBytes(file));
  }

  GgufRewriter with(String key, String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    metadata.put(
        key, little(12 + utf8.length).putInt(STRING).putLong(utf8.length).put(utf8).array());
    return this;
  }

  GgufRewriter with(String key, int value) {
    metadata.put(key, little(8).putInt(UINT32).putInt(value).array());
    return this;
  }

  GgufRewriter withTrue(String key) {
    metadata.put(key, little(5).putInt(BOOL).put((byte) 1).array());
    return this;
  }

  GgufRewriter without(String key) {
    metadata.remove(key);
    return this;
  }

  Path writeTo(Path file) throws IOException {
    int infos = in.position();
    for (long i = 0; i < tensors; i++) {
      text();
      in.position(in.position() + 8 * in.getInt(in.position()) + 4 + 4 + 8);
    }
    int infosEnd = in.position();
    ByteArrayOutputStream out = head(tensors);
    out.write(in.array(), infos, infosEnd - infos);
    out.writeBytes(new byte[aligned(out.size()) - out.size()]);
    int data = aligned(infosEnd);
    out.write(in.array(), data, in.capacity() - data);
    return Files.write(file, out.toByteArray());
  }

  /** Leaves the weights away. */
  Path writeVocabularyTo(Path file) throws IOException {
    return Files.write(file, head(0).toByteArray());
  }

  private ByteArrayOutputStream head(long tensorCount) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        little(24)
            .putInt(0x46554747)
            .putInt(3)
            .putLong(tensorCount)
            .putLong(metadata.size())
            .array());
    metadata.forEach((key, value) -> {
      byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(little(8 + utf8.length).putLong(utf8.length).put(utf8).array());
      out.writeBytes(value);
    });
    return out;
  }

  private static int aligned(int position) {
    return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String text() {
    byte[] utf8 = new byte[(int) in.getLong()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private void skip(int type) {
    if (type == STRING) {
      text();
    } else if (type == ARRAY) {
      int elements = in.getInt();
      long count = in.getLong();
      for (long i = 0; i < count; i++) {
        skip(elements);
      }
    } else {
      in.position(in.position() + VALUE_BYTES[type]);
    }
  }
}
