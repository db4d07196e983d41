package dev.cmdai.llamacpp;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of a GGUF file, read only as far as it takes to know where the weights end. Every
 * length is checked before it is used.
 *
 * <p>The format: ggml's {@code docs/gguf.md}. A token's text is skipped, never copied.
 *
 * @param dataEnd the size that the file has at least
 */
record GgufHeader(long dataEnd) {
  static final int MAGIC = 0x46554747; // "GGUF", little-endian

  /** More than the metadata of any model: the largest vocabularies take 20 MB. */
  static final long MAX_BYTES = 512L << 20;

  private static final int MAX_METADATA = 1 << 16;
  private static final int MAX_TENSORS = 1 << 20;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_ALIGNMENT = 1 << 20;
  private static final int DEFAULT_ALIGNMENT = 32;

  private static final int UINT32 = 4;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** Bytes of a metadata value, by type: those of fixed size. */
  private static final int[] VALUE_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  /** The lengths in this header contradict each other, or the file. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    Damaged(String message) {
      super(message);
    }
  }

  /** The file was written on a machine that stores the highest byte first. */
  static final class OtherEndianness extends IOException {
    private static final long serialVersionUID = 1;

    OtherEndianness() {
      super("big-endian");
    }
  }

  /** The format has changed since. */
  static final class UnknownVersion extends IOException {
    private static final long serialVersionUID = 1;

    UnknownVersion(int version) {
      super("GGUF version " + Integer.toUnsignedString(version));
    }
  }

  /** How many tensors and metadata entries a file claims to have. */
  record Counts(long tensors, long entries) {}

  /**
   * Reads the first 24 bytes of a header.
   *
   * @param beginning the file from its first byte, magic included
   */
  static Counts counts(ByteBuffer beginning) throws IOException {
    ByteBuffer in = beginning.order(ByteOrder.LITTLE_ENDIAN).position(4);
    try {
      int version = in.getInt();
      if (version != 0 && (version & 0xFFFF) == 0) {
        throw new OtherEndianness();
      }
      if (version != 2 && version != 3) {
        throw new UnknownVersion(version);
      }
      long tensors = count(in.getLong(), MAX_TENSORS, "tensors");
      return new Counts(tensors, count(in.getLong(), MAX_METADATA, "metadata entries"));
    } catch (BufferUnderflowException e) {
      throw new Damaged(endsInside(in));
    }
  }

  /**
   * Reads a whole header.
   *
   * @param beginning the file from its first byte, magic included
   */
  static GgufHeader read(ByteBuffer beginning) throws IOException {
    Counts counts = counts(beginning);
    try {
      return read(beginning, counts.tensors, counts.entries);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new Damaged(endsInside(beginning));
    }
  }

  private static String endsInside(ByteBuffer in) {
    return "it ends inside its header, after %,d bytes, or a length in it is wrong"
        .formatted(in.limit());
  }

  private static GgufHeader read(ByteBuffer in, long tensors, long entries) throws IOException {
    int alignment = DEFAULT_ALIGNMENT;
    for (long i = 0; i < entries; i++) {
      boolean isAlignment = skipKey(in);
      int type = in.getInt();
      if (isAlignment && type == UINT32) {
        alignment = in.getInt();
        if (alignment < 1 || alignment > MAX_ALIGNMENT || Integer.bitCount(alignment) != 1) {
          throw new Damaged("its alignment is " + Integer.toUnsignedString(alignment));
        }
      } else {
        skipValue(in, type);
      }
    }
    long lastByte = 0;
    for (long i = 0; i < tensors; i++) {
      lastByte = Math.max(lastByte, tensorEnd(in));
    }
    long dataStart = (in.position() + alignment - 1L) / alignment * alignment;
    return new GgufHeader(addExact(dataStart, lastByte));
  }

  private static boolean skipKey(ByteBuffer in) throws Damaged {
    String alignment = "general.alignment";
    int length = lengthIn(in);
    boolean same = length == alignment.length();
    for (int i = 0; same && i < length; i++) {
      same = in.get(in.position() + i) == alignment.charAt(i);
    }
    in.position(in.position() + length);
    return same;
  }

  private static void skipValue(ByteBuffer in, int type) throws Damaged {
    if (type == STRING) {
      skipString(in);
    } else if (type == ARRAY) {
      skipArray(in);
    } else {
      in.position(in.position() + valueBytes(type));
    }
  }

  private static void skipArray(ByteBuffer in) throws Damaged {
    int type = in.getInt();
    // An element takes at least a byte, so a count beyond the file is a lie.
    long count = lengthIn(in);
    if (type == STRING) {
      for (long i = 0; i < count; i++) {
        skipString(in);
      }
    } else {
      in.position(Math.toIntExact(addExact(in.position(), count * valueBytes(type))));
    }
  }

  private static void skipString(ByteBuffer in) throws Damaged {
    int length = lengthIn(in);
    in.position(in.position() + length);
  }

  private static int lengthIn(ByteBuffer in) throws Damaged {
    long length = in.getLong();
    if (length < 0 || length > in.remaining()) {
      throw new Damaged(endsInside(in));
    }
    return (int) length;
  }

  private static int valueBytes(int type) throws Damaged {
    if (type < 0 || type >= VALUE_BYTES.length || VALUE_BYTES[type] == 0) {
      throw new Damaged("it holds metadata of the unknown type " + type);
    }
    return VALUE_BYTES[type];
  }

  /** Where a tensor ends, counted from the beginning of the data; 0 when its type is unknown. */
  private static long tensorEnd(ByteBuffer in) throws Damaged {
    skipString(in);
    long dimensions = count(in.getInt(), MAX_DIMENSIONS, "dimensions of a tensor");
    long elements = 1;
    for (long i = 0; i < dimensions; i++) {
      elements = multiplyExact(elements, in.getLong());
    }
    int type = in.getInt();
    long offset = in.getLong();
    return addExact(offset, TensorType.bytes(type, elements));
  }

  private static long count(long value, long most, String what) throws Damaged {
    if (value < 0 || value > most) {
      throw new Damaged("it claims %s %s".formatted(Long.toUnsignedString(value), what));
    }
    return value;
  }

  private static long addExact(long a, long b) throws Damaged {
    if (a < 0 || b < 0 || a + b < 0) {
      throw new Damaged("it claims more bytes than can be counted");
    }
    return a + b;
  }

  private static long multiplyExact(long a, long b) throws Damaged {
    if (b < 0 || Math.multiplyHigh(a, b) != 0 || a * b < 0) {
      throw new Damaged("it claims more bytes than can be counted");
    }
    return a * b;
  }
}
