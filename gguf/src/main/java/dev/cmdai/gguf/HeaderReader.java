package dev.cmdai.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the head of one file: its parts in the order in which they stand. */
final class HeaderReader {
  /** More than any file has; each one limits what a hostile file makes us do. */
  private static final int MAX_KEY_BYTES = (1 << 16) - 1; // the specification's own limit

  private static final int MAX_TENSOR_NAME_BYTES = 1 << 10; // 16 times the specification's limit
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_NESTING = 4;
  private static final int MAX_NESTED_ARRAYS = 1 << 16;

  /** Far beyond any disk, and sums of two such numbers still fit into a long. */
  private static final long MAX_DATA_BYTES = 1L << 61;

  private static final int DEFAULT_ALIGNMENT = 32;

  /** About what the objects of an entry take on the heap, its names left out. */
  private static final int KEY_HEAP = 256;

  private static final int TENSOR_HEAP = 320;
  private static final int NESTED_ARRAY_HEAP = 64;

  private final HeadInput in;
  private int nestedArrays;
  private long alignment = DEFAULT_ALIGNMENT;

  HeaderReader(long size, HeadInput.Source source) {
    in = new HeadInput(size, source);
  }

  GgufFile read() throws IOException {
    int present = (int) Math.min(in.size(), GgufBeginning.BYTES);
    in.take(present);
    GgufBeginning beginning = GgufBeginning.of(ByteBuffer.wrap(in.bytes().array()).limit(present));
    beginning.requireReadable();
    if (beginning.byteOrder() == ByteOrder.BIG_ENDIAN) {
      in.bytes().setBigEndian();
    }
    GgufMetadata metadata = readMetadata((int) beginning.metadataKeys());
    List<TensorInfo> tensors = readTensors((int) beginning.tensors());
    long dataOffset = (in.position() + alignment - 1) / alignment * alignment;
    return new GgufFile(
        beginning.version(), beginning.byteOrder(), metadata, tensors, dataOffset, in.size());
  }

  private GgufMetadata readMetadata(int count) throws IOException {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    for (int i = 1; i <= count; i++) {
      int at = in.position();
      in.begin("metadata key", i);
      in.reserve(KEY_HEAP);
      String key = in.string(MAX_KEY_BYTES);
      if (key.isEmpty()) {
        throw in.damaged(at, "has an empty name");
      }
      in.begin("metadata key", key);
      int valueAt = in.position();
      GgufValue value = value(in.type());
      if (values.put(key, value) != null) {
        throw in.damaged(at, "appears twice");
      }
      if (key.equals("general.alignment")) {
        alignment = alignment(value, valueAt);
      }
    }
    return new GgufMetadata(values);
  }

  private GgufValue value(GgufType type) throws IOException {
    Bytes bytes = in.bytes();
    return switch (type) {
      case STRING -> new GgufValue.Text(in.string(Integer.MAX_VALUE));
      case ARRAY -> new GgufValue.Many(array(1));
      case BOOL -> new GgufValue.Truth(bytes.integer(type, in.take(type.bytes())) != 0);
      case FLOAT32, FLOAT64 ->
          new GgufValue.RealNumber(type, bytes.real(type, in.take(type.bytes())));
      case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
          new GgufValue.WholeNumber(type, bytes.integer(type, in.take(type.bytes())));
    };
  }

  private GgufArray array(int depth) throws IOException {
    GgufType type = in.type();
    return switch (type) {
      case STRING -> GgufArray.ofStrings(in.bytes(), places(in.count(type, Long.BYTES)));
      case ARRAY ->
          GgufArray.ofArrays(
              in.bytes(), nested(in.count(type, Integer.BYTES + Long.BYTES), depth + 1));
      default -> {
        int count = in.count(type, type.bytes());
        int start = in.take((long) count * type.bytes());
        yield GgufArray.ofFixed(in.bytes(), type, count, start);
      }
    };
  }

  private int[] places(int count) throws IOException {
    in.reserve((long) count * Integer.BYTES);
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = in.skipString();
    }
    return places;
  }

  private GgufArray[] nested(int count, int depth) throws IOException {
    if (depth > MAX_NESTING || count > MAX_NESTED_ARRAYS - nestedArrays) {
      throw in.unsupported(
          in.position(),
          "nests arrays more than %d deep, or more than %,d of them"
              .formatted(MAX_NESTING, MAX_NESTED_ARRAYS));
    }
    nestedArrays += count;
    in.reserve((long) count * NESTED_ARRAY_HEAP);
    GgufArray[] arrays = new GgufArray[count];
    for (int i = 0; i < count; i++) {
      arrays[i] = array(depth);
    }
    return arrays;
  }

  private long alignment(GgufValue value, int at) throws GgufException {
    if (value instanceof GgufValue.WholeNumber(GgufType type, long number)
        && type == GgufType.UINT32
        && Long.bitCount(number) == 1) {
      return number;
    }
    throw in.damaged(
        at,
        "is %s of type %s, and not a power of two of type UINT32".formatted(value, value.type()));
  }

  private List<TensorInfo> readTensors(int count) throws IOException {
    List<TensorInfo> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 1; i <= count; i++) {
      int at = in.position();
      in.begin("tensor", i);
      in.reserve(TENSOR_HEAP);
      String name = in.string(MAX_TENSOR_NAME_BYTES);
      in.begin("tensor", name);
      if (!names.add(name)) {
        throw in.damaged(at, "appears twice");
      }
      tensors.add(tensor(name));
    }
    return tensors;
  }

  private TensorInfo tensor(String name) throws IOException {
    int at = in.position();
    List<Long> shape = shape();
    int typeAt = in.position();
    TensorInfo tensor = new TensorInfo(name, shape, in.int32(), in.int64());
    long row = shape.isEmpty() ? 1 : shape.getFirst();
    TensorType type = TensorType.of(tensor.type()).orElse(null);
    if (type != null && row % type.blockElements() != 0) {
      throw in.damaged(
          typeAt,
          "is of type %s, and its rows of %,d elements are no whole blocks of %d"
              .formatted(type.name(), row, type.blockElements()));
    }
    if (type != null && type.bytes(tensor.elements()) > MAX_DATA_BYTES) {
      throw in.damaged(at, "claims more bytes than any file has");
    }
    long offset = tensor.offset();
    if (offset < 0 || offset > MAX_DATA_BYTES || offset % alignment != 0) {
      throw in.damaged(
          typeAt + Integer.BYTES,
          "lies at byte %s of the weights, which is no multiple of %d, or beyond any file"
              .formatted(Long.toUnsignedString(offset), alignment));
    }
    return tensor;
  }

  private List<Long> shape() throws IOException {
    int at = in.position();
    int dimensions = in.int32();
    if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
      throw in.damaged(
          at,
          "claims %s dimensions, and %d is the most"
              .formatted(Integer.toUnsignedString(dimensions), MAX_DIMENSIONS));
    }
    List<Long> shape = new ArrayList<>(MAX_DIMENSIONS);
    long elements = 1;
    for (int i = 0; i < dimensions; i++) {
      long dimension = in.int64();
      long product = elements * dimension;
      if (dimension < 0 || product < 0 || Math.multiplyHigh(elements, dimension) != 0) {
        throw in.damaged(at, "claims more elements than can be counted");
      }
      elements = product;
      shape.add(dimension);
    }
    return shape;
  }
}
