package dev.cmdai.gguf;

import dev.cmdai.gguf.GgufException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Hands out the bytes of a file's head in their order, and stops where the file, our limits or this
 * program's memory end. How long a head is stands nowhere, so it is loaded in portions.
 */
final class HeadInput {
  /** Where more bytes of the file come from. */
  @FunctionalInterface
  interface Source {
    /** Reads some bytes, at least one; -1 at the end of the file. */
    int read(ByteBuffer target) throws IOException;
  }

  /** Four times the largest vocabulary known, gemma's; all of it is walked within 100 ms. */
  static final int MAX_BYTES = 64 << 20;

  /** A channel copies through a buffer outside the heap of the size asked for, and keeps it. */
  private static final int PORTION = 1 << 18;

  private static final int MAX_SHOWN = 100;

  private final long size;
  private final Source source;
  private final Bytes bytes;

  /** The heap that one head may take: the rest belongs to the program that reads it. */
  private final long memory = Runtime.getRuntime().maxMemory() / 2;

  /** The heap that was promised to objects made of the bytes. */
  private long reserved;

  /** How many bytes of the file are in memory. */
  private int loaded;

  private int position;

  /** What is being read, for messages. */
  private String kind = "the file's";

  private String name = "beginning";
  private int number;

  HeadInput(long size, Source source) {
    this.size = size;
    this.source = source;
    bytes = new Bytes(new byte[(int) Math.min(size, PORTION)]);
  }

  /** Says what is read from here on: {@code "tensor", 7}, whose name is not known yet. */
  void begin(String kind, int number) {
    this.kind = kind;
    this.number = number;
    name = "";
  }

  /** Says what is read from here on: {@code "tensor", "output.weight"}. */
  void begin(String kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  Bytes bytes() {
    return bytes;
  }

  long size() {
    return size;
  }

  int position() {
    return position;
  }

  int int32() throws IOException {
    return bytes.int32(take(Integer.BYTES));
  }

  long int64() throws IOException {
    return bytes.int64(take(Long.BYTES));
  }

  GgufType type() throws IOException {
    int at = position;
    int number = int32();
    GgufType type = GgufType.of(number);
    if (type == null) {
      throw damaged(at, "has the unknown type " + Integer.toUnsignedString(number));
    }
    return type;
  }

  String string(int mostBytes) throws IOException {
    int at = position;
    long length = int64();
    if (length < 0 || length > mostBytes) {
      throw damaged(
          at,
          "has a string of %s bytes, and %,d is the most"
              .formatted(Long.toUnsignedString(length), mostBytes));
    }
    int start = take(length);
    // Two bytes for each, and as much again while the JDK decodes.
    reserve(4 * length);
    return new String(bytes.array(), start, (int) length, StandardCharsets.UTF_8);
  }

  /** Steps over a string and returns where its length stands. */
  int skipString() throws IOException {
    int at = take(Long.BYTES);
    take(bytes.int64(at));
    return at;
  }

  /** Reads how many elements follow, each of so many bytes at least. */
  int count(GgufType type, int smallest) throws IOException {
    int at = position;
    long count = int64();
    if (count < 0 || count > (size - position) / smallest) {
      throw damaged(
          at,
          "claims %s elements of type %s, and the file ends inside its header, after %,d bytes"
              .formatted(Long.toUnsignedString(count), type, size));
    }
    if (count > MAX_BYTES / smallest) {
      throw tooLarge(at, MAX_BYTES, "the most that is read of any file");
    }
    return (int) count;
  }

  /** Makes the next bytes present and steps over them; returns where they begin. */
  int take(long count) throws IOException {
    if (count < 0 || count > loaded - position) {
      load(count);
    }
    int at = position;
    position += (int) count;
    return at;
  }

  /** Makes sure that objects of so many bytes do not end the program of whoever opens a file. */
  void reserve(long wanted) throws GgufException {
    reserved += wanted;
    requireMemory(0);
  }

  private void load(long count) throws IOException {
    if (count < 0 || count > size - position) {
      throw new GgufException(
          Reason.DAMAGED,
          position,
          "the file ends inside its header, after %,d bytes, in %s".formatted(size, what()));
    }
    long end = position + count;
    if (end > MAX_BYTES) {
      throw tooLarge(position, MAX_BYTES, "the most that is read of any file");
    }
    if (end > bytes.array().length) {
      grow((int) end);
    }
    ByteBuffer target = ByteBuffer.wrap(bytes.array());
    while (loaded < end) {
      target.limit(Math.min(target.capacity(), loaded + PORTION)).position(loaded);
      if (source.read(target) <= 0) {
        throw new GgufException(
            Reason.DAMAGED,
            loaded,
            "the file became shorter while it was read, in %s".formatted(what()));
      }
      loaded = target.position();
    }
  }

  private void grow(int end) throws GgufException {
    requireMemory(end);
    long affordable = memory - reserved - bytes.array().length;
    long doubled = Math.min(Math.min(size, MAX_BYTES), 2L * bytes.array().length);
    byte[] longer = new byte[(int) Math.max(end, Math.min(doubled, affordable))];
    System.arraycopy(bytes.array(), 0, longer, 0, loaded);
    bytes.replace(longer);
  }

  private void requireMemory(long more) throws GgufException {
    if (reserved + bytes.array().length + more > memory) {
      throw tooLarge(position, memory, "half of this program's memory; give it more with -Xmx");
    }
  }

  private GgufException tooLarge(long offset, long most, String why) {
    return new GgufException(
        Reason.TOO_LARGE,
        offset,
        "%s makes the file's header take more than %,d bytes, %s".formatted(what(), most, why));
  }

  /** An exception about what is being read. */
  GgufException damaged(long offset, String problem) {
    return new GgufException(Reason.DAMAGED, offset, what() + " " + problem);
  }

  /** An exception about what is being read. */
  GgufException unsupported(long offset, String problem) {
    return new GgufException(Reason.UNSUPPORTED, offset, what() + " " + problem);
  }

  /** Names come from the file: on a terminal they must neither act nor fill the screen. */
  private String what() {
    StringBuilder shown = new StringBuilder(kind).append(' ');
    if (name.isEmpty()) {
      return shown.append("number ").append(number).toString();
    }
    name.codePoints()
        .limit(MAX_SHOWN)
        .forEach(c -> {
          if (isPrintable(c)) {
            shown.appendCodePoint(c);
          } else {
            shown.append("\\u{").append(Integer.toHexString(c)).append('}');
          }
        });
    return (name.codePointCount(0, name.length()) > MAX_SHOWN ? shown.append('…') : shown)
        .toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
