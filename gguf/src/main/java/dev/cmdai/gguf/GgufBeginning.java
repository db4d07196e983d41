package dev.cmdai.gguf;

import dev.cmdai.gguf.GgufException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first {@value #BYTES} bytes of a GGUF file: what a program can know without reading the head.
 *
 * @param version of the format, not checked
 * @param byteOrder how numbers are stored
 * @param tensors how many tensors the file claims to have; unsigned, not checked
 * @param metadataKeys how many keys the file claims to have; unsigned, not checked
 */
public record GgufBeginning(int version, ByteOrder byteOrder, long tensors, long metadataKeys) {
  /** How many bytes have to be there. */
  public static final int BYTES = 24;

  /** Several times what any model has; each one limits what a hostile file makes us do. */
  static final int MAX_TENSORS = 1 << 14;

  static final int MAX_KEYS = 1 << 12;

  private static final int MAGIC = 0x47475546; // "GGUF"
  private static final int VERSION_AT = 4;
  private static final int TENSORS_AT = 8;
  private static final int KEYS_AT = 16;

  /**
   * Reads the beginning.
   *
   * @param file from its first byte, which is the buffer's byte 0, to the limit; more than {@value
   *     #BYTES} bytes do no harm
   * @return what stands there
   * @throws GgufException when this is no GGUF file, or ends too early
   */
  public static GgufBeginning of(ByteBuffer file) throws GgufException {
    // The magic number reads the same in files of either byte order.
    ByteBuffer in = file.duplicate().order(ByteOrder.BIG_ENDIAN);
    if (in.limit() < VERSION_AT || in.getInt(0) != MAGIC) {
      throw new GgufException(Reason.NOT_GGUF, 0, "the file does not begin with GGUF");
    }
    if (in.limit() < BYTES) {
      throw new GgufException(
          Reason.DAMAGED,
          in.limit(),
          "the file ends inside its header, after %,d bytes".formatted(in.limit()));
    }
    int version = in.getInt(VERSION_AT);
    // Versions are small numbers: one that seems huge is stored the other way round.
    if ((version & 0xFFFF) == 0) {
      in.order(ByteOrder.LITTLE_ENDIAN);
      version = in.getInt(VERSION_AT);
    }
    return new GgufBeginning(version, in.order(), in.getLong(TENSORS_AT), in.getLong(KEYS_AT));
  }

  /**
   * Whether the format is known here.
   *
   * @return true for versions 2 and 3
   */
  public boolean isKnownVersion() {
    return version == 2 || version == 3;
  }

  /**
   * Makes sure that the version is known, and that both counts are of a size that sound files have.
   *
   * @throws GgufException when they are not
   */
  public void requireReadable() throws GgufException {
    if (!isKnownVersion()) {
      throw new GgufException(
          Reason.UNKNOWN_VERSION,
          VERSION_AT,
          "the file is of GGUF version %s, and only 2 and 3 are known"
              .formatted(Integer.toUnsignedString(version)));
    }
    requireAtMost(MAX_TENSORS, tensors, TENSORS_AT, "tensors");
    requireAtMost(MAX_KEYS, metadataKeys, KEYS_AT, "metadata keys");
  }

  private static void requireAtMost(long most, long count, int at, String what)
      throws GgufException {
    if (count < 0 || count > most) {
      throw new GgufException(
          Reason.DAMAGED,
          at,
          "the file claims %s %s, and %,d is the most"
              .formatted(Long.toUnsignedString(count), what, most));
    }
  }
}
