package dev.cmdai.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.gguf.GgufException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
  static final List<Arguments> VERSIONS_AND_ORDERS =
      Stream.of(2, 3)
          .flatMap(version ->
              Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                  .map(order -> Arguments.of(version, order)))
          .toList();

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("VERSIONS_AND_ORDERS")
  void numbersOfEveryTypeAreReadAtTheirLimits(int version, ByteOrder order) throws GgufException {
    GgufFile file =
        new GgufBuilder()
            .version(version)
            .order(order)
            .uint8("u8", 255)
            .int8("i8", -128)
            .uint16("u16", 65_535)
            .int16("i16", -32_768)
            .uint32("u32", 0xFFFF_FFFEL)
            .int32("i32", Integer.MIN_VALUE + 1)
            .uint64("u64", -2)
            .int64("i64", Long.MIN_VALUE + 1)
            .float32("f32", 1.5e-3f)
            .float64("f64", Math.PI)
            .truth("yes", true)
            .truth("no", false)
            .read();
    assertThat(file.version()).isEqualTo(version);
    assertThat(file.byteOrder()).isEqualTo(order);
    GgufMetadata metadata = file.metadata();
    assertThat(metadata.integer("u8")).hasValue(255);
    assertThat(metadata.integer("i8")).hasValue(-128);
    assertThat(metadata.integer("u16")).hasValue(65_535);
    assertThat(metadata.integer("i16")).hasValue(-32_768);
    assertThat(metadata.integer("u32")).hasValue(0xFFFF_FFFEL);
    assertThat(metadata.integer("i32")).hasValue(Integer.MIN_VALUE + 1);
    assertThat(metadata.integer("u64")).hasValue(-2);
    assertThat(metadata.integer("i64")).hasValue(Long.MIN_VALUE + 1);
    assertThat(metadata.real("f32")).hasValue(1.5e-3f);
    assertThat(metadata.real("f64")).hasValue(Math.PI);
    assertThat(metadata.truth("yes")).contains(true);
    assertThat(metadata.truth("no")).contains(false);
    assertThat(metadata.all().values())
        .extracting(Object::toString)
        .contains("18446744073709551614", "0.0015", "true", "-128");
    assertThat(metadata.all().values())
        .extracting(GgufValue::type)
        .startsWith(GgufType.UINT8, GgufType.INT8, GgufType.UINT16, GgufType.INT16);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS_AND_ORDERS")
  void arraysOfEveryNumberAreRead(int version, ByteOrder order) throws GgufException {
    GgufMetadata metadata =
        new GgufBuilder()
            .version(version)
            .order(order)
            .array("u8", GgufType.UINT8, 2, out -> out.int8(1).int8(255))
            .array("i8", GgufType.INT8, 2, out -> out.int8(1).int8(-2))
            .array("u16", GgufType.UINT16, 2, out -> out.int16(1).int16(65_534))
            .array("i16", GgufType.INT16, 2, out -> out.int16(1).int16(-2))
            .array("u32", GgufType.UINT32, 2, out -> out.int32(1).int32(-2))
            .array("i32", GgufType.INT32, 2, out -> out.int32(1).int32(-2))
            .array("u64", GgufType.UINT64, 2, out -> out.int64(1).int64(-2))
            .array("i64", GgufType.INT64, 2, out -> out.int64(1).int64(-2))
            .array("bool", GgufType.BOOL, 3, out -> out.int8(0).int8(1).int8(2))
            .array("f32", GgufType.FLOAT32, 2, out -> out.float32(1).float32(-0.5f))
            .array("f64", GgufType.FLOAT64, 2, out -> out.float64(1).float64(-0.1))
            .read()
            .metadata();
    assertThat(integers(metadata, "u8")).containsExactly(1, 255);
    assertThat(integers(metadata, "i8")).containsExactly(1, -2);
    assertThat(integers(metadata, "u16")).containsExactly(1, 65_534);
    assertThat(integers(metadata, "i16")).containsExactly(1, -2);
    assertThat(integers(metadata, "u32")).containsExactly(1, 0xFFFF_FFFEL);
    assertThat(integers(metadata, "i32")).containsExactly(1, -2);
    assertThat(integers(metadata, "u64")).containsExactly(1, -2);
    assertThat(integers(metadata, "i64")).containsExactly(1, -2);
    assertThat(integers(metadata, "bool")).containsExactly(0, 1, 1);
    assertThat(array(metadata, "f32").real(1)).isEqualTo(-0.5);
    assertThat(array(metadata, "f64").real(1)).isEqualTo(-0.1);
    assertThat(array(metadata, "i16").real(1)).isEqualTo(-2);
    assertThat(metadata.all().get("f64")).hasToString("FLOAT64[2]");
  }

  @ParameterizedTest
  @FieldSource("VERSIONS_AND_ORDERS")
  void stringsAreReadAloneAndInArrays(int version, ByteOrder order) throws GgufException {
    GgufMetadata metadata =
        new GgufBuilder()
            .version(version)
            .order(order)
            .string("schlüssel", "wört 🦙")
            .strings("tokens", List.of("", "a", "▁the", "🦙"))
            .strings("none", List.of())
            .read()
            .metadata();
    assertThat(metadata.string("schlüssel")).contains("wört 🦙");
    GgufArray tokens = metadata.array("tokens", GgufType.STRING).orElseThrow();
    assertThat(IntStream.range(0, tokens.size()).mapToObj(tokens::string))
        .containsExactly("", "a", "▁the", "🦙");
    assertThat(tokens.stringBytes(3)).isEqualTo("🦙".getBytes(UTF_8));
    assertThat(new String(tokens.backing(), tokens.stringOffset(2), tokens.stringLength(2), UTF_8))
        .isEqualTo("▁the");
    assertThat(array(metadata, "none").size()).isZero();
  }

  @Test
  void bytesThatAreNoUtf8AreReplacedInStringsAndKeptInArrays() throws GgufException {
    byte[] half = {'a', (byte) 0xF0, (byte) 0x9F};
    GgufMetadata metadata =
        new GgufBuilder()
            .key(half, out -> out.type(GgufType.UINT8).int8(1))
            .rawString("text", half)
            .rawStrings("tokens", List.of(half))
            .read()
            .metadata();
    assertThat(metadata.all()).containsKey("a\uFFFD");
    assertThat(metadata.string("text")).contains("a\uFFFD");
    assertThat(array(metadata, "tokens").string(0)).isEqualTo("a\uFFFD");
    assertThat(array(metadata, "tokens").stringBytes(0)).isEqualTo(half);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS_AND_ORDERS")
  void arraysInsideArraysAreRead(int version, ByteOrder order) throws GgufException {
    GgufMetadata metadata =
        new GgufBuilder()
            .version(version)
            .order(order)
            .array(
                "nested",
                GgufType.ARRAY,
                3,
                out ->
                    out.type(GgufType.INT32)
                        .int64(2)
                        .int32(1)
                        .int32(2)
                        .type(GgufType.STRING)
                        .int64(1)
                        .string("deep")
                        .type(GgufType.ARRAY)
                        .int64(1)
                        .type(GgufType.ARRAY)
                        .int64(1)
                        .type(GgufType.UINT8)
                        .int64(1)
                        .int8(7))
            .string("next", "key")
            .read()
            .metadata();
    GgufArray nested = array(metadata, "nested");
    assertThat(nested.array(0).integer(1)).isEqualTo(2);
    assertThat(nested.array(1).string(0)).isEqualTo("deep");
    assertThat(nested.array(2).array(0).array(0).integer(0)).isEqualTo(7);
    assertThat(metadata.string("next")).contains("key");
  }

  @ParameterizedTest
  @FieldSource("VERSIONS_AND_ORDERS")
  void tensorsAreListedWithShapeTypeAndPlace(int version, ByteOrder order) throws GgufException {
    GgufFile file =
        new GgufBuilder()
            .version(version)
            .order(order)
            .uint32("general.alignment", 64)
            .tensor("token_embd.weight", 2, new byte[36], 32, 2)
            .tensor("output_norm.weight", 0, new byte[12], 3)
            .tensor("four", 24, new byte[24], 4, 3, 2, 1)
            .tensor("scalar", 0, new byte[4])
            .tensor("empty", 0, new byte[0], 0)
            .read();
    assertThat(file.tensors())
        .containsExactly(
            new TensorInfo("token_embd.weight", List.of(32L, 2L), 2, 0),
            new TensorInfo("output_norm.weight", List.of(3L), 0, 64),
            new TensorInfo("four", List.of(4L, 3L, 2L, 1L), 24, 128),
            new TensorInfo("scalar", List.of(), 0, 192),
            new TensorInfo("empty", List.of(0L), 0, 256));
    assertThat(file.tensors())
        .extracting(TensorInfo::elements)
        .containsExactly(64L, 3L, 24L, 1L, 0L);
    assertThat(file.tensors()).extracting(TensorInfo::bytes).containsExactly(36L, 12L, 24L, 4L, 0L);
    assertThat(file.dataOffset() % 64).isZero();
    assertThat(file.neededSize()).isEqualTo(file.size()).isEqualTo(file.dataOffset() + 256);
  }

  @Test
  void tensorOfAnUnknownTypeHasNoKnownSize() throws GgufException {
    GgufFile file =
        new GgufBuilder()
            .tensor("new", 99, new byte[32], 7)
            .tensor("removed", 4, new byte[32], 7)
            .tensor("odd", -1, new byte[32], 7)
            .read();
    assertThat(file.tensors()).extracting(TensorInfo::bytes).containsOnly(-1L);
    assertThat(file.neededSize()).isEqualTo(file.dataOffset() + 64);
  }

  @Test
  void fileWithoutAllItsWeightsSaysHowManyBytesItNeeds() throws GgufException {
    byte[] whole = new GgufBuilder().tensor("weights", 0, new byte[4096], 1024).build();
    GgufFile cut = GgufFile.read(ByteBuffer.wrap(whole, 0, whole.length - 1000).slice());
    assertThat(cut.size()).isEqualTo(whole.length - 1000);
    assertThat(cut.neededSize()).isEqualTo(whole.length);
  }

  @Test
  void fileWithoutKeysAndTensorsIsRead() throws GgufException {
    GgufFile file = new GgufBuilder().read();
    assertThat(file.metadata().all()).isEmpty();
    assertThat(file.tensors()).isEmpty();
    assertThat(file.dataOffset()).isEqualTo(32);
    assertThat(file.size()).isEqualTo(24);
  }

  @ParameterizedTest
  @FieldSource("VERSIONS_AND_ORDERS")
  void fileThatEndsAnywhereInItsHeaderIsDamaged(int version, ByteOrder order) {
    byte[] head =
        new GgufBuilder()
            .version(version)
            .order(order)
            .truth("bool", true)
            .float64("number", 1)
            .string("string", "some text")
            .strings("strings", List.of("a", "", "c"))
            .array("nested", GgufType.ARRAY, 1, out -> out.type(GgufType.INT16).int64(1).int16(1))
            .tensorInfo(out -> out.string("t").int32(1).int64(1).int32(0).int64(0))
            .build();
    for (int length = 0; length < head.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(head, length));
      assertThatThrownBy(() -> GgufFile.read(cut))
          .as("%d of %d bytes", length, head.length)
          .isInstanceOfSatisfying(
              GgufException.class,
              e -> {
                assertThat(e.reason()).isIn(Reason.NOT_GGUF, Reason.DAMAGED);
                assertThat(e.offset()).isBetween(0L, (long) cut.limit());
              });
    }
  }

  @Test
  void messageNamesTheKeyAndWhereTheFileEnds() {
    byte[] whole = new GgufBuilder().string("general.name", "a name").build();
    ByteBuffer cut = ByteBuffer.wrap(whole, 0, whole.length - 1).slice();
    assertThatThrownBy(() -> GgufFile.read(cut))
        .hasMessage(
            "the file ends inside its header, after 61 bytes, in metadata key general.name (at byte"
                + " 56)");
  }

  @Test
  void namesInMessagesCannotActOnATerminalNorFillIt() {
    String name = "\u001b[2J\u202e\n" + "x".repeat(60_000);
    assertThatThrownBy(() -> new GgufBuilder().uint8(name, 1).uint8(name, 1).read())
        .message()
        .contains("\\u{1b}[2J\\u{202e}\\u{a}xxx")
        .contains("… appears twice")
        .hasSizeLessThan(200);
  }

  @Test
  void fileThatShrinksWhileItIsReadIsDamaged() {
    byte[] whole = new GgufBuilder().bytes8("blob", new byte[1 << 20]).build();
    RepeatingChannel shrunk = new RepeatingChannel(whole, whole, whole.length, 300_000);
    assertThatThrownBy(() -> GgufFile.read(shrunk))
        .isInstanceOf(GgufException.class)
        .hasMessageContaining("became shorter")
        .hasMessageContaining("blob")
        .extracting(e -> ((GgufException) e).offset())
        .isEqualTo(300_000L);
  }

  @Test
  void headThatIsLargerThanAnyKnownIsRefusedWithoutReadingIt() {
    byte[] beginning =
        new GgufBuilder().array("blob", GgufType.UINT8, HeadInput.MAX_BYTES - 8, out -> {}).build();
    RepeatingChannel endless = new RepeatingChannel(beginning, new byte[1], 1L << 40);
    assertThatThrownBy(() -> GgufFile.read(endless))
        .isInstanceOfSatisfying(
            GgufException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
    assertThat(endless.position()).isLessThan(1 << 20);
  }

  @Test
  void channelIsReadFromItsFirstByte() throws IOException {
    Path file = new GgufBuilder().string("k", "v").writeTo(folder.resolve("a.gguf"));
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(7);
      assertThat(GgufFile.read(channel).metadata().string("k")).contains("v");
    }
    assertThat(GgufFile.read(file).metadata().string("k")).contains("v");
  }

  @Test
  void bufferIsReadFromItsPositionAndStaysThere() throws GgufException {
    byte[] file = new GgufBuilder().string("k", "v").build();
    ByteBuffer buffer = ByteBuffer.allocateDirect(file.length + 5).put(5, file).position(5);
    assertThat(GgufFile.read(buffer).metadata().string("k")).contains("v");
    assertThat(buffer.position()).isEqualTo(5);
  }

  @Test
  void headLargerThanTheFirstPortionIsRead() throws IOException {
    byte[] blob = new byte[3_000_000];
    Arrays.fill(blob, (byte) 7);
    List<String> tokens = IntStream.range(0, 100_000).mapToObj(i -> "token" + i).toList();
    Path file =
        new GgufBuilder()
            .strings("tokens", tokens)
            .bytes8("blob", blob)
            .string("last", "key")
            .tensor("weights", 0, new byte[1 << 20], 1 << 18)
            .writeTo(folder.resolve("large.gguf"));
    GgufMetadata metadata = GgufFile.read(file).metadata();
    assertThat(array(metadata, "tokens").string(99_999)).isEqualTo("token99999");
    assertThat(array(metadata, "blob").integer(2_999_999)).isEqualTo(7);
    assertThat(metadata.string("last")).contains("key");
  }

  @Test
  void missingFileIsNoGgufException() {
    assertThatThrownBy(() -> GgufFile.read(folder.resolve("none.gguf")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void folderIsNoGgufException() {
    assertThatThrownBy(() -> GgufFile.read(folder)).isInstanceOf(FileSystemException.class);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void namedPipeIsNeverOpened() throws Exception {
    Path pipe = folder.resolve("pipe.gguf");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(mkfifo.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> GgufFile.read(pipe)).hasMessageContaining("not a regular file");
  }

  @Test
  void keyThatIsNotThereIsEmpty() throws GgufException {
    GgufMetadata metadata = new GgufBuilder().read().metadata();
    assertThat(metadata.integer("k")).isEmpty();
    assertThat(metadata.real("k")).isEmpty();
    assertThat(metadata.truth("k")).isEmpty();
    assertThat(metadata.string("k")).isEmpty();
    assertThat(metadata.array("k", GgufType.STRING)).isEmpty();
  }

  @Test
  void valueOfAnotherTypeNamesTheKeyAndBothTypes() throws GgufException {
    GgufMetadata metadata = new GgufBuilder().string("s", "1").ints("a", 1, 2).read().metadata();
    assertThatThrownBy(() -> metadata.integer("s"))
        .isInstanceOf(GgufException.class)
        .hasMessage("the metadata key s is of type STRING, not a whole number");
    assertThatThrownBy(() -> metadata.real("s")).hasMessageContaining("key s is of type STRING");
    assertThatThrownBy(() -> metadata.truth("s")).hasMessageContaining("key s is of type STRING");
    assertThatThrownBy(() -> metadata.string("a")).hasMessageContaining("ARRAY of INT32");
    assertThatThrownBy(() -> metadata.array("a", GgufType.STRING, GgufType.UINT8))
        .hasMessageContaining("key a is of type ARRAY of INT32, not an array of STRING");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void elementBeyondAnArrayIsOutOfBounds(int index) throws GgufException {
    GgufMetadata metadata =
        new GgufBuilder().ints("ints", 1, 2).strings("texts", List.of("a", "b")).read().metadata();
    assertThatThrownBy(() -> array(metadata, "ints").integer(index))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> array(metadata, "ints").real(index))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> array(metadata, "texts").string(index))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void metadataCannotBeChanged() throws GgufException {
    GgufFile file = new GgufBuilder().string("k", "v").tensor("t", 0, new byte[4], 1).read();
    assertThatThrownBy(() -> file.metadata().all().remove("k"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> file.tensors().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static GgufArray array(GgufMetadata metadata, String key) throws GgufException {
    return metadata.array(key, GgufType.values()).orElseThrow();
  }

  private static long[] integers(GgufMetadata metadata, String key) throws GgufException {
    GgufArray array = array(metadata, key);
    return IntStream.range(0, array.size()).mapToLong(array::integer).toArray();
  }
}
