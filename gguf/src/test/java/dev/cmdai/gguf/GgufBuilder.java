package dev.cmdai.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes GGUF files for tests: sound ones through the typed methods, in the order of the calls; for
 * damaged ones, {@link #key} and {@link #tensorInfo} write whatever the caller likes, and {@link
 * #claimKeys} and {@link #claimTensors} lie about how much follows.
 *
 * <p>The byte order and the version come before the first value.
 */
public final class GgufBuilder {
  /** Writes numbers in the byte order of the file. */
  public static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteOrder order;

    private Out(ByteOrder order) {
      this.order = order;
    }

    /** One byte. */
    public Out int8(long value) {
      bytes.write((byte) value);
      return this;
    }

    /** Two bytes. */
    public Out int16(long value) {
      return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    /** Four bytes. */
    public Out int32(long value) {
      return raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    /** Eight bytes. */
    public Out int64(long value) {
      return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    /** Four bytes. */
    public Out float32(float value) {
      return int32(Float.floatToRawIntBits(value));
    }

    /** Eight bytes. */
    public Out float64(double value) {
      return int64(Double.doubleToRawLongBits(value));
    }

    /** A length and as many bytes. */
    public Out string(String value) {
      return string(value.getBytes(UTF_8));
    }

    /** A length and as many bytes. */
    public Out string(byte[] value) {
      return int64(value.length).raw(value);
    }

    /** A type. */
    public Out type(GgufType type) {
      return int32(type.number());
    }

    /** Bytes as they are. */
    public Out raw(byte[] value) {
      bytes.writeBytes(value);
      return this;
    }
  }

  private static final int DEFAULT_ALIGNMENT = 32;

  private int version = 3;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private Out keys = new Out(order);
  private Out tensors = new Out(order);
  private Out data = new Out(order);
  private long keyCount;
  private long tensorCount;
  private int alignment = DEFAULT_ALIGNMENT;

  /** The version in the file's head; 3 unless said. */
  public GgufBuilder version(int version) {
    this.version = version;
    return this;
  }

  /** How numbers are written; before the first of them. */
  public GgufBuilder order(ByteOrder order) {
    if (keyCount != 0 || tensorCount != 0) {
      throw new IllegalStateException("numbers have been written already");
    }
    this.order = order;
    keys = new Out(order);
    tensors = new Out(order);
    data = new Out(order);
    return this;
  }

  /** A metadata key with anything behind its name: type and value are the caller's. */
  public GgufBuilder key(byte[] key, Consumer<Out> typeAndValue) {
    return rawEntry(out -> typeAndValue.accept(out.string(key)));
  }

  /** A metadata key of which even the name is the caller's. */
  public GgufBuilder rawEntry(Consumer<Out> entry) {
    keyCount++;
    entry.accept(keys);
    return this;
  }

  private GgufBuilder key(String key, GgufType type, Consumer<Out> value) {
    return key(key.getBytes(UTF_8), out -> value.accept(out.type(type)));
  }

  public GgufBuilder uint8(String key, int value) {
    return key(key, GgufType.UINT8, out -> out.int8(value));
  }

  public GgufBuilder int8(String key, int value) {
    return key(key, GgufType.INT8, out -> out.int8(value));
  }

  public GgufBuilder uint16(String key, int value) {
    return key(key, GgufType.UINT16, out -> out.int16(value));
  }

  public GgufBuilder int16(String key, int value) {
    return key(key, GgufType.INT16, out -> out.int16(value));
  }

  public GgufBuilder uint32(String key, long value) {
    if (key.equals("general.alignment") && Long.bitCount(value) == 1 && value <= 1 << 20) {
      alignment = (int) value;
    }
    return key(key, GgufType.UINT32, out -> out.int32(value));
  }

  public GgufBuilder int32(String key, int value) {
    return key(key, GgufType.INT32, out -> out.int32(value));
  }

  public GgufBuilder uint64(String key, long value) {
    return key(key, GgufType.UINT64, out -> out.int64(value));
  }

  public GgufBuilder int64(String key, long value) {
    return key(key, GgufType.INT64, out -> out.int64(value));
  }

  public GgufBuilder float32(String key, float value) {
    return key(key, GgufType.FLOAT32, out -> out.float32(value));
  }

  public GgufBuilder float64(String key, double value) {
    return key(key, GgufType.FLOAT64, out -> out.float64(value));
  }

  public GgufBuilder truth(String key, boolean value) {
    return key(key, GgufType.BOOL, out -> out.int8(value ? 1 : 0));
  }

  public GgufBuilder string(String key, String value) {
    return key(key, GgufType.STRING, out -> out.string(value));
  }

  /** A string that need not be UTF-8. */
  public GgufBuilder rawString(String key, byte[] value) {
    return key(key, GgufType.STRING, out -> out.string(value));
  }

  /** An array whose elements the caller writes. */
  public GgufBuilder array(String key, GgufType elementType, long count, Consumer<Out> elements) {
    return key(key, GgufType.ARRAY, out -> elements.accept(out.type(elementType).int64(count)));
  }

  public GgufBuilder strings(String key, List<String> values) {
    return rawStrings(key, values.stream().map(value -> value.getBytes(UTF_8)).toList());
  }

  public GgufBuilder rawStrings(String key, List<byte[]> values) {
    return array(key, GgufType.STRING, values.size(), out -> values.forEach(out::string));
  }

  public GgufBuilder floats(String key, float... values) {
    return array(
        key,
        GgufType.FLOAT32,
        values.length,
        out -> {
          for (float value : values) {
            out.float32(value);
          }
        });
  }

  /** An array of INT32, which token types are. */
  public GgufBuilder ints(String key, int... values) {
    return array(
        key,
        GgufType.INT32,
        values.length,
        out -> {
          for (int value : values) {
            out.int32(value);
          }
        });
  }

  /** An array of UINT8, which compiled character maps are. */
  public GgufBuilder bytes8(String key, byte... values) {
    return array(key, GgufType.UINT8, values.length, out -> out.raw(values));
  }

  /** A tensor with its weights, which are placed and padded as the format wants. */
  public GgufBuilder tensor(String name, int type, byte[] weights, long... shape) {
    long offset = data.bytes.size();
    data.raw(weights);
    while (data.bytes.size() % alignment != 0) {
      data.int8(0);
    }
    return tensorInfo(out -> {
      out.string(name).int32(shape.length);
      for (long dimension : shape) {
        out.int64(dimension);
      }
      out.int32(type).int64(offset);
    });
  }

  /** A tensor's entry as the caller writes it, without weights. */
  public GgufBuilder tensorInfo(Consumer<Out> entry) {
    tensorCount++;
    entry.accept(tensors);
    return this;
  }

  /** Makes the file claim a number of keys, whatever it holds. */
  public GgufBuilder claimKeys(long count) {
    keyCount = count;
    return this;
  }

  /** Makes the file claim a number of tensors, whatever it holds. */
  public GgufBuilder claimTensors(long count) {
    tensorCount = count;
    return this;
  }

  /** The file. */
  public byte[] build() {
    Out out = new Out(order);
    out.raw("GGUF".getBytes(UTF_8)).int32(version).int64(tensorCount).int64(keyCount);
    out.raw(keys.bytes.toByteArray()).raw(tensors.bytes.toByteArray());
    if (data.bytes.size() > 0) {
      while (out.bytes.size() % alignment != 0) {
        out.int8(0);
      }
      out.raw(data.bytes.toByteArray());
    }
    return out.bytes.toByteArray();
  }

  /** Writes the file. */
  public Path writeTo(Path path) throws IOException {
    return Files.write(path, build());
  }

  /** Reads the file back, as a user would. */
  public GgufFile read() throws GgufException {
    return GgufFile.read(ByteBuffer.wrap(build()));
  }
}
