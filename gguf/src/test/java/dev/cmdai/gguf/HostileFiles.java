package dev.cmdai.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cmdai.gguf.GgufBuilder.Out;
import dev.cmdai.gguf.GgufException.Reason;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Files made to make a reader fail, hang or fill its memory. */
final class HostileFiles {
  /**
   * One of them.
   *
   * @param name what is wrong with it
   * @param reason what the reader has to say
   * @param field what its message has to name
   * @param file made anew for each reading, so that few are in memory
   */
  record HostileFile(
      String name, Reason reason, String field, Supplier<SeekableByteChannel> file) {}

  private static final long TERABYTE = 1L << 40;
  private static final byte[] ZEROS = new byte[1 << 16];
  private static final long[] WRONG_LENGTHS = {
    -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 61, (1L << 32) + 1, 1L << 31, 1_000
  };

  private final List<HostileFile> files = new ArrayList<>();

  private HostileFiles() {}

  static List<HostileFile> all() {
    HostileFiles hostile = new HostileFiles();
    hostile.beginnings();
    hostile.keys();
    hostile.strings();
    hostile.arrays();
    hostile.nestedArrays();
    hostile.alignments();
    hostile.tensors();
    hostile.large();
    return hostile.files;
  }

  private void beginnings() {
    damaged("empty", Reason.NOT_GGUF, "GGUF", () -> new byte[0]);
    damaged("half a magic number", Reason.NOT_GGUF, "GGUF", () -> new byte[] {'G', 'G'});
    damaged("another format", Reason.NOT_GGUF, "GGUF", () -> "PK\3\4 and more".getBytes(UTF_8));
    damaged("nothing but a magic number", Reason.DAMAGED, "header", () -> "GGUF".getBytes(UTF_8));
    for (int version : new int[] {0, 1, 4, 77, -1, 0x0100_0000, 0x0001_0000}) {
      damaged(
          "version " + version,
          Reason.UNKNOWN_VERSION,
          "version",
          () -> new GgufBuilder().version(version).build());
    }
    for (long count : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 32_769}) {
      damaged(
          count + " keys",
          Reason.DAMAGED,
          "metadata keys",
          () -> new GgufBuilder().claimKeys(count).build());
      damaged(
          count + " tensors",
          Reason.DAMAGED,
          "tensors",
          () -> new GgufBuilder().claimTensors(count).build());
    }
  }

  private void keys() {
    for (long length : WRONG_LENGTHS) {
      damaged("key of " + length + " bytes", "metadata key number 1", out -> out.int64(length));
    }
    damaged("key of no bytes", "metadata key number 1", out -> out.int64(0).int32(4).int32(1));
    damaged("key without a type", "metadata key some.key", out -> out.string("some.key"));
    for (int type : new int[] {13, 100, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      damaged(
          "value of type " + type,
          "metadata key some.key",
          out -> out.string("some.key").int32(type).raw(ZEROS));
      damaged(
          "array of type " + type,
          "metadata key some.key",
          out -> out.string("some.key").int32(9).int32(type).int64(1).raw(ZEROS));
    }
    damaged(
        "one key twice",
        Reason.DAMAGED,
        "metadata key some.key appears twice",
        () -> new GgufBuilder().uint8("some.key", 1).truth("some.key", true).build());
    damaged(
        "keys that differ in bytes that are no UTF-8",
        Reason.DAMAGED,
        "appears twice",
        () ->
            new GgufBuilder()
                .key(new byte[] {'k', (byte) 0xC0}, out -> out.int32(0).int8(1))
                .key(new byte[] {'k', (byte) 0xFF}, out -> out.int32(0).int8(1))
                .build());
    damaged(
        "as many keys as there may be, of one hash code, the last one twice",
        Reason.DAMAGED,
        "appears twice",
        () -> {
          GgufBuilder builder = new GgufBuilder();
          for (int i = 1; i < GgufBeginning.MAX_KEYS; i++) {
            builder.uint8(collidingName(i), 1);
          }
          return builder.uint8(collidingName(1), 1).build();
        });
  }

  private void strings() {
    for (long length : WRONG_LENGTHS) {
      damaged(
          "string of " + length + " bytes",
          "metadata key some.key",
          out -> out.string("some.key").type(GgufType.STRING).int64(length).raw(new byte[999]));
      damaged(
          "array with a string of " + length + " bytes",
          "metadata key some.key",
          array(GgufType.STRING, 2, out -> out.string("a").int64(length).raw(new byte[999])));
    }
  }

  private void arrays() {
    for (GgufType type : GgufType.values()) {
      for (long count : WRONG_LENGTHS) {
        damaged(
            "array of " + count + " " + type,
            "metadata key some.key",
            array(
                type,
                count,
                out -> out.raw(new byte[type.bytes() == 0 ? 3_999 : 999 * type.bytes()])));
      }
    }
  }

  private void nestedArrays() {
    damaged(
        "arrays 100,000 deep",
        Reason.UNSUPPORTED,
        "metadata key some.key nests arrays",
        () ->
            new GgufBuilder()
                .array(
                    "some.key",
                    GgufType.ARRAY,
                    1,
                    out -> {
                      for (int i = 0; i < 100_000; i++) {
                        out.type(GgufType.ARRAY).int64(1);
                      }
                    })
                .build());
    damaged(
        "five million empty arrays",
        Reason.UNSUPPORTED,
        "metadata key some.key nests arrays",
        () ->
            new GgufBuilder()
                .array("some.key", GgufType.ARRAY, 5_000_000, out -> {})
                .claimKeys(1)
                .build(),
        5_000_000L * 12 + 100);
    damaged(
        "65,536 empty arrays in each of many keys",
        Reason.UNSUPPORTED,
        "nests arrays",
        () -> {
          GgufBuilder builder = new GgufBuilder();
          for (int key = 0; key < 4; key++) {
            builder.array("k" + key, GgufType.ARRAY, 1 << 15, out -> out.raw(new byte[12 << 15]));
          }
          return builder.build();
        });
  }

  private void alignments() {
    String key = "general.alignment";
    for (long alignment : new long[] {0, 3, 33, 0xFFFF_FFFFL}) {
      damaged(
          "alignment " + alignment,
          Reason.DAMAGED,
          "metadata key general.alignment",
          () -> new GgufBuilder().uint32(key, alignment).build());
    }
    damaged(
        "alignment of 64 bits",
        Reason.DAMAGED,
        "UINT64",
        () -> new GgufBuilder().uint64(key, 32).build());
    damaged(
        "alignment in words",
        Reason.DAMAGED,
        "STRING",
        () -> new GgufBuilder().string(key, "32").build());
  }

  private void tensors() {
    tensor("tensor without a name", "tensor number 1", out -> {});
    for (long length : WRONG_LENGTHS) {
      tensor("tensor name of " + length + " bytes", "tensor number 1", out -> out.int64(length));
    }
    for (int dimensions : new int[] {5, -1, Integer.MAX_VALUE}) {
      tensor(
          dimensions + " dimensions",
          "tensor some.tensor claims",
          out -> out.string("some.tensor").int32(dimensions).raw(ZEROS));
    }
    shape("a negative dimension", 0, 0, 4, -1);
    shape("too many elements", 0, 0, 1L << 32, 1L << 32);
    shape("elements that overflow to a negative number", 0, 0, 1L << 62, 2);
    shape("elements that overflow to few", 0, 0, 1L << 62, 4, 2);
    shape("a dimension of the largest number", 0, 0, Long.MAX_VALUE, Long.MAX_VALUE);
    shape("bytes that overflow", 28, 0, Long.MAX_VALUE);
    shape("half a block", 2, 0, 33);
    shape("a negative offset", 0, -32, 1);
    shape("the largest offset", 0, Long.MAX_VALUE, 1);
    shape("an offset near the largest", 0, Long.MAX_VALUE - 31, 1);
    shape("an offset that is not aligned", 0, 31, 1);
    damaged(
        "one tensor twice",
        Reason.DAMAGED,
        "tensor t appears twice",
        () ->
            new GgufBuilder()
                .tensor("t", 0, new byte[4], 1)
                .tensor("t", 0, new byte[4], 1)
                .build());
    damaged(
        "as many tensors as there may be, of one hash code, the last one cut off",
        Reason.DAMAGED,
        "tensor ",
        () -> {
          GgufBuilder builder = new GgufBuilder();
          for (int i = 0; i < GgufBeginning.MAX_TENSORS; i++) {
            String name = collidingName(i);
            builder.tensorInfo(out ->
                out.string(name).int32(4).int64(1).int64(1).int64(1).int64(1).raw(new byte[12]));
          }
          byte[] file = builder.build();
          return Arrays.copyOf(file, file.length - 1);
        });
  }

  /** Files whose claims are true, and too much for 64 MiB. */
  private void large() {
    large(
        "a string of a gigabyte",
        out -> out.string("some.key").type(GgufType.STRING).int64(1 << 30));
    large(
        "a string that is all there is to read",
        out -> out.string("some.key").type(GgufType.STRING).int64(HeadInput.MAX_BYTES - 100));
    large("more strings than an int counts", array(GgufType.STRING, (1L << 32) + 1, out -> {}));
    large("more arrays than an int counts", array(GgufType.ARRAY, (1L << 32) + 1, out -> {}));
    large("eight million empty strings", array(GgufType.STRING, 8_000_000, out -> {}));
    large("a billion bytes", array(GgufType.UINT8, 1_000_000_000, out -> {}));
    large("64 million bytes", array(GgufType.UINT8, 64_000_000, out -> {}));
    large("a billion numbers", array(GgufType.FLOAT64, 1_000_000_000, out -> {}));
    add(
        "a string of 14 MB that are no UTF-8",
        Reason.TOO_LARGE,
        "metadata key some.key",
        () ->
            new RepeatingChannel(
                withEntry(
                    ByteOrder.LITTLE_ENDIAN,
                    out -> out.string("some.key").type(GgufType.STRING).int64(14_000_000)),
                continuationBytes(),
                14_000_100));
    add(
        "keys of 60,000 bytes",
        Reason.TOO_LARGE,
        "metadata key number",
        () -> {
          GgufBuilder builder = new GgufBuilder();
          for (int i = 0; i < 200; i++) {
            builder.uint8("x".repeat(60_000) + i, 1);
          }
          return new RepeatingChannel(builder.build(), ZEROS, TERABYTE);
        });
    add(
        "tensor names of 900 bytes",
        Reason.TOO_LARGE,
        "tensor number",
        () -> {
          GgufBuilder builder = new GgufBuilder();
          for (int i = 0; i < 1 << 13; i++) {
            String name = collidingName(i) + "x".repeat(900);
            builder.tensorInfo(out -> out.string(name).int32(0).raw(new byte[12]));
          }
          return new RepeatingChannel(builder.claimTensors(1 << 14).build(), ZEROS, TERABYTE);
        });
  }

  private void large(String name, Consumer<Out> entry) {
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      add(
          name + ", " + order,
          Reason.TOO_LARGE,
          "metadata key some.key",
          () -> new RepeatingChannel(withEntry(order, entry), ZEROS, TERABYTE));
    }
  }

  private void damaged(String name, String field, Consumer<Out> entry) {
    damaged(name, Reason.DAMAGED, field, () -> withEntry(ByteOrder.LITTLE_ENDIAN, entry));
    damaged(
        name + ", big-endian", Reason.DAMAGED, field, () -> withEntry(ByteOrder.BIG_ENDIAN, entry));
  }

  private void damaged(String name, Reason reason, String field, Supplier<byte[]> file) {
    add(
        name,
        reason,
        field,
        () -> {
          byte[] bytes = file.get();
          return new RepeatingChannel(bytes, ZEROS, bytes.length);
        });
  }

  private void damaged(
      String name, Reason reason, String field, Supplier<byte[]> beginning, long size) {
    add(name, reason, field, () -> new RepeatingChannel(beginning.get(), ZEROS, size));
  }

  private void shape(String name, int type, long offset, long... dimensions) {
    tensor(
        "tensor with " + name,
        "tensor some.tensor",
        out -> {
          out.string("some.tensor").int32(dimensions.length);
          for (long dimension : dimensions) {
            out.int64(dimension);
          }
          out.int32(type).int64(offset);
        });
  }

  private void tensor(String name, String field, Consumer<Out> entry) {
    damaged(name, Reason.DAMAGED, field, () -> new GgufBuilder().tensorInfo(entry).build());
  }

  private void add(String name, Reason reason, String field, Supplier<SeekableByteChannel> file) {
    files.add(new HostileFile(name, reason, field, file));
  }

  private static Consumer<Out> array(GgufType type, long count, Consumer<Out> elements) {
    return out ->
        elements.accept(out.string("some.key").type(GgufType.ARRAY).type(type).int64(count));
  }

  private static byte[] withEntry(ByteOrder order, Consumer<Out> entry) {
    return new GgufBuilder().order(order).rawEntry(entry).build();
  }

  private static byte[] continuationBytes() {
    byte[] bytes = new byte[1 << 16];
    Arrays.fill(bytes, (byte) 0xBF);
    return bytes;
  }

  /** Names of 32 letters with one hash code, as "Aa" and "BB" have one. */
  static String collidingName(int number) {
    StringBuilder name = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }
}
