package dev.cmdai.onnx.inspect;

import dev.cmdai.api.BackendException;
import dev.cmdai.kit.file.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks over an {@code .onnx} file to see that it is whole, and so are the files beside it in which
 * it keeps its tensors. Field numbers: {@code onnx.proto}; the encoding: protobuf's wire format.
 */
final class Weights {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int EXTERNAL_DATA = 13;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int MAX_ENTRY_BYTES = 4096;

  private final Path file;
  private final FileChannel channel;
  private final long size;

  /** What follows {@link #position}, read ahead. */
  private final ByteBuffer ahead = ByteBuffer.allocate(1 << 16).limit(0);

  private long position;

  private Weights(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  /**
   * Makes sure that nothing is cut off.
   *
   * @throws BackendException when something is
   */
  static void requireWhole(Path file) throws BackendException {
    try (FileChannel channel = FileChannel.open(file)) {
      new Weights(file, channel).walkModel();
    } catch (IOException e) {
      throw new BackendException.ModelNotFound(
          "the model file %s cannot be read: %s".formatted(file, IoReason.of(e)),
          "See that this user may read it.");
    }
  }

  private void walkModel() throws IOException, BackendException {
    if (size == 0) {
      throw damaged("model file is empty: " + file);
    }
    walk(
        size,
        field -> {
          if (field == GRAPH) {
            walk(end(), this::walkGraphField);
            return true;
          }
          return false;
        });
  }

  private boolean walkGraphField(int field) throws IOException, BackendException {
    if (field != INITIALIZER) {
      return false;
    }
    Map<String, String> external = new HashMap<>();
    walk(
        end(),
        inTensor -> {
          if (inTensor != EXTERNAL_DATA) {
            return false;
          }
          readEntry(external);
          return true;
        });
    if (external.containsKey("location")) {
      requireExternal(external);
    }
    return true;
  }

  private void readEntry(Map<String, String> entries) throws IOException, BackendException {
    Map<Integer, String> texts = new HashMap<>();
    walk(
        end(),
        field -> {
          texts.put(field, text());
          return true;
        });
    entries.put(texts.getOrDefault(KEY, ""), texts.getOrDefault(VALUE, ""));
  }

  private void requireExternal(Map<String, String> entries) throws IOException, BackendException {
    String location = entries.getOrDefault("location", "");
    long needed = number(entries.get("offset")) + number(entries.get("length"));
    Path beside;
    try {
      beside = file.resolveSibling(location);
    } catch (InvalidPathException e) {
      throw damaged("model file is damaged (it keeps a tensor in no file): " + file);
    }
    if (!Files.isRegularFile(beside)) {
      throw damaged("%s is missing beside %s".formatted(location, file));
    }
    if (Files.size(beside) < needed) {
      throw damaged(
          "model file ends after %,d of %,d bytes: %s"
              .formatted(Files.size(beside), needed, beside));
    }
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,17}") ? Long.parseLong(text) : 0;
  }

  /** Does something with a field of a number, at whose length it stands; false to skip it. */
  private interface Visitor {
    boolean visits(int field) throws IOException, BackendException;
  }

  /** Walks over the fields of a message; those with a length are shown to a visitor. */
  private void walk(long end, Visitor visitor) throws IOException, BackendException {
    while (position < end) {
      long at = position;
      long tag = varint();
      switch ((int) (tag & 7)) {
        case 0 -> varint();
        case 1 -> skipTo(position + Long.BYTES);
        case 2 -> {
          if (!visitor.visits((int) (tag >>> 3))) {
            skipTo(end());
          }
        }
        case 5 -> skipTo(position + Integer.BYTES);
        default -> throw unreadable(at);
      }
      if (position > end) {
        throw unreadable(at);
      }
    }
  }

  /** Reads the length of what follows, and tells where that ends. */
  private long end() throws IOException, BackendException {
    long at = position;
    long length = varint();
    if (length < 0) {
      throw unreadable(at);
    }
    if (length > size - position) {
      throw cutOff();
    }
    return position + length;
  }

  private String text() throws IOException, BackendException {
    long at = position;
    long end = end();
    if (end - position > MAX_ENTRY_BYTES) {
      throw unreadable(at);
    }
    byte[] bytes = new byte[(int) (end - position)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private long varint() throws IOException, BackendException {
    long at = position;
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int bits = next();
      value |= (long) (bits & 0x7f) << shift;
      if (bits < 0x80) {
        return value;
      }
    }
    throw unreadable(at);
  }

  private int next() throws IOException, BackendException {
    if (!ahead.hasRemaining()) {
      ahead.clear();
      int count = channel.read(ahead, position);
      ahead.flip();
      if (count < 0) {
        throw cutOff();
      }
    }
    position++;
    return ahead.get() & 0xff;
  }

  private void skipTo(long target) throws IOException, BackendException {
    if (target > size) {
      throw cutOff();
    }
    long distance = target - position;
    if (distance < ahead.remaining()) {
      ahead.position(ahead.position() + (int) distance);
    } else {
      ahead.limit(0);
    }
    position = target;
  }

  private BackendException cutOff() {
    return damaged("model file breaks off after %,d bytes: %s".formatted(size, file));
  }

  private BackendException unreadable(long at) {
    return damaged("model file is damaged (no ONNX from byte %,d on): %s".formatted(at, file));
  }

  private static BackendException damaged(String message) {
    return new BackendException.ModelCorrupt(
        message, "Get the file again, or choose another model with --model.", null);
  }
}
