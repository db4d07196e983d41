package dev.cmdai.gguf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An array of a file's metadata. The values stay in the bytes that were read, so that a vocabulary
 * of a quarter of a million tokens costs no objects. Immutable and thread-safe.
 */
public final class GgufArray {
  private static final int[] NO_PLACES = {};
  private static final GgufArray[] NO_ARRAYS = {};

  /** No strings. */
  public static final GgufArray EMPTY = ofStrings(new Bytes(new byte[0]), new int[0]);

  private final Bytes bytes;
  private final GgufType elementType;
  private final int size;

  /** Where the elements begin; of strings and arrays each one's place. */
  private final int start;

  private final int[] places;
  private final GgufArray[] nested;

  private GgufArray(
      Bytes bytes, GgufType elementType, int size, int start, int[] places, GgufArray[] nested) {
    this.bytes = bytes;
    this.elementType = elementType;
    this.size = size;
    this.start = start;
    this.places = places;
    this.nested = nested;
  }

  static GgufArray ofFixed(Bytes bytes, GgufType elementType, int size, int start) {
    return new GgufArray(bytes, elementType, size, start, NO_PLACES, NO_ARRAYS);
  }

  static GgufArray ofStrings(Bytes bytes, int[] places) {
    return new GgufArray(bytes, GgufType.STRING, places.length, 0, places, NO_ARRAYS);
  }

  static GgufArray ofArrays(Bytes bytes, GgufArray[] nested) {
    return new GgufArray(bytes, GgufType.ARRAY, nested.length, 0, NO_PLACES, nested);
  }

  /**
   * The type of every element.
   *
   * @return never null
   */
  public GgufType elementType() {
    return elementType;
  }

  /**
   * How many elements there are.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * A whole number or truth value.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return the value; 64-bit unsigned ones as their 64 bits, truth values as 0 or 1
   */
  public long integer(int index) {
    return bytes.integer(elementType, start + checked(index) * elementType.bytes());
  }

  /**
   * A number.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return the value
   */
  public double real(int index) {
    return bytes.real(elementType, start + checked(index) * elementType.bytes());
  }

  /**
   * A string.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return the string; what is no UTF-8 becomes U+FFFD
   */
  public String string(int index) {
    return new String(
        bytes.array(), stringOffset(index), stringLength(index), StandardCharsets.UTF_8);
  }

  /**
   * A string as it stands in the file.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return a copy of its bytes
   */
  public byte[] stringBytes(int index) {
    int from = stringOffset(index);
    return Arrays.copyOfRange(bytes.array(), from, from + stringLength(index));
  }

  /**
   * An array inside this one.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return the array
   */
  public GgufArray array(int index) {
    requireType(GgufType.ARRAY);
    return nested[index];
  }

  /**
   * Where a string's bytes begin in {@link #backing()}: for reading a vocabulary without a copy of
   * each token.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return an index into the backing array
   */
  public int stringOffset(int index) {
    requireType(GgufType.STRING);
    return places[index] + Long.BYTES;
  }

  /**
   * How many bytes a string has.
   *
   * @param index from 0 to {@link #size()} − 1
   * @return 0 or more
   */
  public int stringLength(int index) {
    requireType(GgufType.STRING);
    return (int) bytes.int64(places[index]);
  }

  /**
   * The bytes that strings are read from. Shared by all arrays of a file: read only.
   *
   * @return not a copy
   */
  public byte[] backing() {
    return bytes.array();
  }

  private int checked(int index) {
    if (elementType.bytes() == 0) {
      throw new IllegalStateException("the elements are of type " + elementType);
    }
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return index;
  }

  private void requireType(GgufType type) {
    if (elementType != type) {
      throw new IllegalStateException("the elements are of type " + elementType + ", not " + type);
    }
  }
}
