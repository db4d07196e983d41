package dev.cmdai.testmodels.gguf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a small GGUF file into parts as llama.cpp's {@code gguf-split} does: the first one has all
 * metadata, each says which part it is, and the tensors are dealt out in their order.
 */
public final class GgufSplitter {
  private static final int[] VALUE_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
  private static final int UINT16 = 2;
  private static final int INT32 = 5;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int ALIGNMENT = 32;
  private static final int HEAD = 24;

  private final ByteBuffer in;
  private final long entries;
  private final Range metadata;
  private final List<Tensor> tensors = new ArrayList<>();

  /** Where a stretch of the file begins and ends. */
  private record Range(int from, int to) {}

  /** Name, shape and type as they stand in the file, and the values. */
  private record Tensor(Range info, Range values) {}

  private GgufSplitter(byte[] file) {
    in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long tensorCount = in.getLong(8);
    entries = in.getLong(16);
    in.position(HEAD);
    for (long i = 0; i < entries; i++) {
      skip(STRING);
      skip(in.getInt());
    }
    metadata = new Range(HEAD, in.position());
    List<Range> infos = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    for (long i = 0; i < tensorCount; i++) {
      int start = in.position();
      skip(STRING);
      int dimensions = in.getInt();
      in.position(in.position() + dimensions * Long.BYTES + Integer.BYTES);
      infos.add(new Range(start, in.position()));
      offsets.add((int) in.getLong());
    }
    int data = aligned(in.position());
    for (int i = 0; i < infos.size(); i++) {
      int end = i + 1 < offsets.size() ? data + offsets.get(i + 1) : file.length;
      tensors.add(new Tensor(infos.get(i), new Range(data + offsets.get(i), end)));
    }
  }

  /**
   * Writes the parts.
   *
   * @param file a whole model whose tensors lie in the order of its head
   * @param prefix of {@code PREFIX-00001-of-00003.gguf}
   * @return the parts in their order
   */
  public static List<Path> split(Path file, Path folder, String prefix, int count)
      throws IOException {
    GgufSplitter splitter = new GgufSplitter(Files.readAllBytes(file));
    List<Path> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path part = folder.resolve("%s-%05d-of-%05d.gguf".formatted(prefix, i + 1, count));
      parts.add(Files.write(part, splitter.part(i, count)));
    }
    return parts;
  }

  private byte[] part(int number, int count) {
    int all = tensors.size();
    List<Tensor> own = tensors.subList(all * number / count, all * (number + 1) / count);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        little(HEAD)
            .putInt(0x46554747)
            .putInt(3)
            .putLong(own.size())
            .putLong((number == 0 ? entries : 0) + 3)
            .array());
    if (number == 0) {
      out.writeBytes(bytes(metadata));
    }
    write("split.no", little(6).putInt(UINT16).putShort((short) number).array(), out);
    write("split.count", little(6).putInt(UINT16).putShort((short) count).array(), out);
    write("split.tensors.count", little(8).putInt(INT32).putInt(all).array(), out);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (Tensor tensor : own) {
      pad(data);
      out.writeBytes(bytes(tensor.info()));
      out.writeBytes(little(Long.BYTES).putLong(data.size()).array());
      data.writeBytes(bytes(tensor.values()));
    }
    pad(data);
    pad(out);
    out.writeBytes(data.toByteArray());
    return out.toByteArray();
  }

  private static void write(String key, byte[] value, ByteArrayOutputStream out) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(little(Long.BYTES).putLong(utf8.length).array());
    out.writeBytes(utf8);
    out.writeBytes(value);
  }

  private static void pad(ByteArrayOutputStream out) {
    out.writeBytes(new byte[aligned(out.size()) - out.size()]);
  }

  private static int aligned(int position) {
    return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] bytes(Range range) {
    byte[] bytes = new byte[range.to() - range.from()];
    in.get(range.from(), bytes);
    return bytes;
  }

  private void skip(int type) {
    if (type == STRING) {
      int length = (int) in.getLong();
      in.position(in.position() + length);
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
