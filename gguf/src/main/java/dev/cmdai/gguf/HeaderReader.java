package dev.cmdai.gguf;

import dev.cmdai.gguf.GgufException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the head of one file from its first byte on, in portions that grow: how long a head is
 * stands nowhere.
 */
final class HeaderReader {
  /** Where more bytes of the file come from. */
  @FunctionalInterface
  interface Source {
    /** Reads some bytes; -1 at the end of the file. */
    int read(ByteBuffer target) throws IOException;
  }

  private static final int MAGIC = 0x46554747; // "GGUF", lowest byte first

  /** More than any file has; each one limits what a hostile file makes us do. */
  private static final int MAX_KEYS = 1 << 16;

  private static final int MAX_KEY_BYTES = 1 << 16; // the specification's own limit
  private static final int MAX_TENSORS = 1 << 20;
  private static final int MAX_TENSOR_NAME_BYTES = 1 << 16;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NESTING = 4;
  private static final int MAX_NESTED_ARRAYS = 1 << 16;
  private static final int MAX_ALIGNMENT = 1 << 20;
  private static final int DEFAULT_ALIGNMENT = 32;

  private static final int FIRST_PORTION = 1 << 18;

  private final long size;
  private final Source source;
  private final Bytes bytes;

  /** How many bytes of the file are in memory. */
  private int loaded;

  private int position;
  private int nestedArrays;

  HeaderReader(long size, Source source) {
    this.size = size;
    this.source = source;
    bytes = new Bytes(new byte[(int) Math.min(size, FIRST_PORTION)]);
  }

  GgufFile read() throws IOException {
    int version = readVersion();
    long tensorCount = count(int64("the number of tensors"), MAX_TENSORS, "tensors");
    long keyCount = count(int64("the number of metadata keys"), MAX_KEYS, "metadata keys");
    GgufMetadata metadata = readMetadata(keyCount);
    int alignment = alignment(metadata);
    List<TensorInfo> tensors = readTensors(tensorCount);
    long dataOffset = (position + alignment - 1L) / alignment * alignment;
    for (TensorInfo tensor : tensors) {
      requireCountable(tensor, dataOffset);
    }
    return new GgufFile(
        version,
        bytes.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        metadata,
        tensors,
        dataOffset,
        size);
  }

  private int readVersion() throws IOException {
    if (size < Integer.BYTES || int32("the magic number") != MAGIC) {
      throw new GgufException(Reason.NOT_GGUF, 0, "the file does not begin with GGUF");
    }
    int version = int32("the version");
    if (version != 0 && (version & 0xFFFF) == 0) {
      bytes.setBigEndian();
      version = Integer.reverseBytes(version);
    }
    if (version != 2 && version != 3) {
      throw new GgufException(
          Reason.UNKNOWN_VERSION,
          Integer.BYTES,
          "the file is of GGUF version %s, and only 2 and 3 are known"
              .formatted(Integer.toUnsignedString(version)));
    }
    return version;
  }

  private GgufMetadata readMetadata(long count) throws IOException {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      int at = position;
      String key = string("the name of metadata key " + (i + 1), MAX_KEY_BYTES);
      GgufType type = type(key);
      if (values.put(key, value(type, key)) != null) {
        throw damaged(at, "the metadata key " + key + " appears twice");
      }
    }
    return new GgufMetadata(values);
  }

  private GgufValue value(GgufType type, String key) throws IOException {
    return switch (type) {
      case STRING -> new GgufValue.Text(string(key, Integer.MAX_VALUE));
      case ARRAY -> new GgufValue.Many(array(key, 1));
      case BOOL -> new GgufValue.Truth(bytes.int8(take(1, key)) != 0);
      case FLOAT32, FLOAT64 ->
          new GgufValue.RealNumber(type, bytes.real(type, take(type.bytes(), key)));
      default -> new GgufValue.WholeNumber(type, bytes.integer(type, take(type.bytes(), key)));
    };
  }

  private GgufArray array(String key, int depth) throws IOException {
    GgufType type = type(key);
    int at = position;
    long count = int64(key);
    int smallest =
        switch (type) {
          case STRING -> Long.BYTES;
          case ARRAY -> Integer.BYTES + Long.BYTES;
          default -> type.bytes();
        };
    if (count < 0 || count > (size - position) / smallest) {
      throw damaged(
          at,
          "%s claims %s elements of type %s, more than the file has bytes for"
              .formatted(key, Long.toUnsignedString(count), type));
    }
    return switch (type) {
      case STRING -> GgufArray.ofStrings(bytes, places((int) count, key));
      case ARRAY -> GgufArray.ofArrays(bytes, nested((int) count, key, depth + 1));
      default -> GgufArray.ofFixed(bytes, type, (int) count, take(count * type.bytes(), key));
    };
  }

  private int[] places(int count, String key) throws IOException {
    requireHeap((long) count * Integer.BYTES, key);
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      int at = take(Long.BYTES, key);
      places[i] = at;
      long length = bytes.int64(at);
      if (length < 0 || length > loaded - position) {
        take(length, key);
      } else {
        position += (int) length;
      }
    }
    return places;
  }

  private GgufArray[] nested(int count, String key, int depth) throws IOException {
    nestedArrays += count;
    if (depth > MAX_NESTING || nestedArrays > MAX_NESTED_ARRAYS || nestedArrays < 0) {
      throw new GgufException(
          Reason.UNSUPPORTED,
          position,
          "%s nests arrays more than %d deep, or more than %,d of them"
              .formatted(key, MAX_NESTING, MAX_NESTED_ARRAYS));
    }
    GgufArray[] arrays = new GgufArray[count];
    for (int i = 0; i < count; i++) {
      arrays[i] = array(key, depth);
    }
    return arrays;
  }

  private int alignment(GgufMetadata metadata) throws GgufException {
    long alignment = metadata.integer("general.alignment").orElse(DEFAULT_ALIGNMENT);
    if (alignment < 1 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw damaged(
          position, "general.alignment is " + alignment + ", and only powers of two make sense");
    }
    return (int) alignment;
  }

  private List<TensorInfo> readTensors(long count) throws IOException {
    List<TensorInfo> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < count; i++) {
      int at = position;
      String name = string("the name of tensor " + (i + 1), MAX_TENSOR_NAME_BYTES);
      String field = "tensor " + name;
      if (!names.add(name)) {
        throw damaged(at, field + " appears twice");
      }
      tensors.add(new TensorInfo(name, shape(field), int32(field), int64(field)));
    }
    return tensors;
  }

  private List<Long> shape(String field) throws IOException {
    int at = position;
    int dimensions = int32(field);
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
      throw damaged(at, field + " claims " + Integer.toUnsignedString(dimensions) + " dimensions");
    }
    List<Long> shape = new ArrayList<>();
    long elements = 1;
    for (int i = 0; i < dimensions; i++) {
      long dimension = int64(field);
      if (dimension < 0
          || Math.multiplyHigh(elements, dimension) != 0
          || elements * dimension < 0) {
        throw damaged(at, field + " claims more elements than can be counted");
      }
      elements *= dimension;
      shape.add(dimension);
    }
    return shape;
  }

  /** Makes sure that no sum of offsets and sizes overflows. */
  private void requireCountable(TensorInfo tensor, long dataOffset) throws GgufException {
    long bytes = Math.max(0, tensor.bytes());
    if (tensor.offset() < 0 || tensor.offset() > Long.MAX_VALUE - dataOffset - bytes) {
      throw damaged(position, "tensor " + tensor.name() + " lies beyond what a file can hold");
    }
  }

  private GgufType type(String field) throws IOException {
    int at = position;
    return GgufType.of(int32(field), at, field);
  }

  private String string(String field, int mostBytes) throws IOException {
    int at = position;
    long length = int64(field);
    if (length < 0 || length > mostBytes) {
      throw damaged(
          at, "%s claims a string of %s bytes".formatted(field, Long.toUnsignedString(length)));
    }
    int start = take(length, field);
    return new String(bytes.array(), start, (int) length, StandardCharsets.UTF_8);
  }

  private int int32(String field) throws IOException {
    return bytes.int32(take(Integer.BYTES, field));
  }

  private long int64(String field) throws IOException {
    return bytes.int64(take(Long.BYTES, field));
  }

  private long count(long value, long most, String what) throws GgufException {
    if (value < 0 || value > most) {
      throw damaged(
          position - Long.BYTES,
          "the file claims %s %s, and %,d is the most"
              .formatted(Long.toUnsignedString(value), what, most));
    }
    return value;
  }

  /** Makes the next bytes present and steps over them; returns where they begin. */
  private int take(long count, String field) throws IOException {
    if (count < 0 || count > size - position) {
      throw damaged(position, "the file of %,d bytes ends inside %s".formatted(size, field));
    }
    if (count > loaded - position) {
      load(position + count, field);
    }
    int at = position;
    position += (int) count;
    return at;
  }

  private void load(long end, String field) throws IOException {
    if (end > bytes.array().length) {
      long doubled = Math.min(size, Math.max(end, 2L * bytes.array().length));
      requireHeap(doubled, field);
      byte[] longer = new byte[(int) doubled];
      System.arraycopy(bytes.array(), 0, longer, 0, loaded);
      bytes.replace(longer);
    }
    ByteBuffer target = ByteBuffer.wrap(bytes.array());
    target.position(loaded);
    while (target.position() < end) {
      if (source.read(target) < 0) {
        throw damaged(
            target.position(), "the file became shorter while it was read, inside " + field);
      }
    }
    loaded = target.position();
  }

  /** A large array must not end the program of whoever opens a file. */
  private void requireHeap(long wanted, String field) throws GgufException {
    if (wanted > Integer.MAX_VALUE - 16 || wanted > Runtime.getRuntime().maxMemory() / 3) {
      throw new GgufException(
          Reason.TOO_LARGE,
          position,
          "%s makes the file's head larger than %,d bytes, a third of this program's memory; give it more with -Xmx"
              .formatted(field, Runtime.getRuntime().maxMemory() / 3));
    }
  }

  private static GgufException damaged(long offset, String message) {
    return new GgufException(Reason.DAMAGED, offset, message);
  }
}
