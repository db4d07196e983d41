package dev.cmdai.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks off on the way, at whatever byte: the file arrives whole, or not at all. */
class FaultsTest {
  private static final int SIZE = 3_000_000;
  private static final byte[] MODEL = Content.gguf(SIZE, 1);
  private static final String NAME = "hf:o/r/m.gguf";

  @TempDir Path folder;
  private Pulling pulling;

  @BeforeEach
  void serve() throws IOException {
    pulling = new Pulling(folder);
    pulling.hub.serve("o/r/m.gguf", MODEL);
  }

  @AfterEach
  void close() throws IOException {
    pulling.close();
  }

  private void requireWhole() throws IOException {
    assertThat(pulling.file("m", "m.gguf")).hasBinaryContent(MODEL);
    try (Stream<Path> files = Files.walk(pulling.folders.root())) {
      assertThat(files.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("m.gguf", "model.properties", "m.lock");
    }
  }

  private CmdaiException failure() {
    return catchThrowableOfType(CmdaiException.class, () -> pulling.pull(NAME));
  }

  /** Nothing that anybody could take for a model. */
  private void requireNothing() {
    assertThat(pulling.folders.of("m")).doesNotExist();
    assertThat(pulling.folders.staging("m").resolve("m.gguf")).doesNotExist();
  }

  static Stream<Fault> breaks() {
    return Stream.of(1L, 3L, 511L, 512L, 513L, 65_536L, 1_048_577L, SIZE - 1L)
        .flatMap(at -> Stream.of(new Fault.EndAt(at), new Fault.ResetAt(at)));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void aConnectionThatBreaksIsTakenUpAgain(Fault fault) throws Exception {
    pulling.hub.failing(fault);
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).hasSize(2);
    assertThat(pulling.events).anyMatch(event -> event.startsWith("retries"));
  }

  @Test
  void onlyWhatIsMissingComesAgain() throws Exception {
    pulling.hub.failing(new Fault.EndAt(1_000_000), new Fault.EndAt(2_000_000));
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=1000000-", "bytes=2000000-");
    assertThat(pulling.hub.seen())
        .filteredOn(seen -> !seen.header("range").isEmpty())
        .allMatch(seen -> seen.header("if-range").startsWith("\""));
  }

  @Test
  void aStallIsABreak() throws Exception {
    pulling.hub.failing(new Fault.StallAt(700_000));
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=700000-");
  }

  @Test
  void aServerWithoutRangesStartsOver() throws Exception {
    pulling.hub.failing(new Fault.EndAt(2_000_000), new Fault.NoRanges());
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=2000000-");
  }

  @Test
  void anotherFileInItsPlaceStartsOver() throws Exception {
    pulling.retrying(0).hub.serve("o/r/m.gguf", Content.gguf(SIZE, 2));
    pulling.hub.failing(new Fault.EndAt(2_000_000));
    assertThat(failure().exitCode()).isEqualTo(ExitCode.NETWORK);
    pulling.hub.serve("o/r/m.gguf", MODEL);
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=2000000-");
  }

  @Test
  void aShorterFileInItsPlaceAnswers416AndStartsOver() throws Exception {
    pulling.retrying(0).hub.serve("o/r/m.gguf", Content.gguf(SIZE + 9, 2));
    pulling.hub.announcingHash(false).failing(new Fault.EndAt(SIZE + 5L));
    assertThat(failure()).isNotNull();
    pulling.hub.serve("o/r/m.gguf", MODEL).failing(new Fault.Status(416, Map.of()));
    pulling.retrying(1).pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=3000005-", "");
  }

  @Test
  void anotherRangeThanAskedForStartsOver() throws Exception {
    pulling.hub.failing(new Fault.EndAt(1_000_000), new Fault.OtherRange());
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=1000000-", "");
  }

  @Test
  void aFileLongerThanAnnouncedStartsOver() throws Exception {
    pulling.hub.failing(new Fault.Longer(1));
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.events).anyMatch(event -> event.contains("longer"));
    pulling.hub.failing(new Fault.Longer(1), new Fault.Longer(1));
    CmdaiException failure =
        catchThrowableOfType(
            CmdaiException.class, () -> pulling.retrying(1).pull("hf:o/r/m.gguf@v2"));
    assertThat(failure).hasMessageContaining("longer than the server announced");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void aServerThatIsBusyIsAskedAgain(int status) throws Exception {
    pulling.hub.failing(new Fault.Status(status, Map.of("Retry-After", "0")));
    pulling.pull(NAME);
    requireWhole();
  }

  @Test
  void itIsAskedWhenItWantsToBe() throws Exception {
    pulling.hub.failing(new Fault.Status(429, Map.of("Retry-After", "1")));
    long start = System.nanoTime();
    pulling.pull(NAME);
    assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000);
    pulling.hub.failing(new Fault.Status(503, Map.of("Retry-After", "86400")));
    CmdaiException failure =
        catchThrowableOfType(CmdaiException.class, () -> pulling.pull(NAME, true));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NETWORK);
  }

  @Test
  void itIsAskedFiveTimesMoreAndNotForEver() {
    Fault[] faults = new Fault[20];
    Arrays.fill(faults, new Fault.Status(503, Map.of()));
    pulling.hub.failing(faults);
    CmdaiException failure = failure();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(failure).hasMessageContaining("503").hasMessageContaining("6 times");
    assertThat(pulling.hub.ranges()).hasSize(6);
    requireNothing();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 600, 1_500_000, SIZE - 1})
  void aWrongByteLeavesNothing(long position) {
    pulling.hub.failing(new Fault.WrongByteAt(position));
    CmdaiException failure = failure();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    requireNothing();
    assertThat(PartFile.partOf(pulling.folders.staging("m").resolve("m.gguf"))).doesNotExist();
  }

  @Test
  void aPartThatWasDamagedOnDiskIsFetchedAnew() throws Exception {
    pulling.retrying(0).hub.failing(new Fault.EndAt(2_000_000));
    assertThat(failure()).isNotNull();
    Path part = PartFile.partOf(pulling.folders.staging("m").resolve("m.gguf"));
    byte[] bytes = Files.readAllBytes(part);
    bytes[1_000_000] ^= 1;
    Files.write(part, bytes);
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "bytes=2000000-", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "url=x", "size=a\ndone=b", "url=\\u12", "\0\0\0"})
  void aStateThatMakesNoSenseStartsOver(String text) throws Exception {
    pulling.retrying(0).hub.failing(new Fault.EndAt(2_000_000));
    assertThat(failure()).isNotNull();
    Files.writeString(PartFile.stateOf(pulling.folders.staging("m").resolve("m.gguf")), text);
    pulling.pull(NAME);
    requireWhole();
    assertThat(pulling.hub.ranges()).containsExactly("", "");
  }

  @Test
  void withoutAHashAnAnnouncedSizeAndATagWillDo() throws Exception {
    pulling.hub.announcingHash(false).failing(new Fault.EndAt(2_000_000));
    pulling.pull(NAME);
    requireWhole();
  }

  @Test
  void whatIsNoModelIsNamed() {
    Map<String, String> pages =
        Map.of(
            "<!DOCTYPE html><html><body>Log in</body></html>",
            "HTML page",
            "\n\n<html lang=de>" + "x".repeat(5000),
            "HTML page",
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
            "Git LFS",
            "{\"error\": \"no\"}",
            "error message",
            "PK\3\4 a zip archive",
            "does not begin with GGUF");
    pages.forEach((page, said) -> {
      pulling.hub.serve("o/r/m.gguf", page.getBytes(StandardCharsets.UTF_8));
      CmdaiException failure = failure();
      assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(failure).hasMessageContaining("is no model").hasMessageContaining(said);
      requireNothing();
    });
  }

  @Test
  void aPageInThePlaceOfTheModelIsNoneEither() {
    pulling.hub.failing(new Fault.Page("<html>Hotel Wi-Fi</html>"));
    assertThat(failure()).hasMessageContaining("HTML page");
    requireNothing();
  }

  @Test
  void aBodyWithoutLengthAndEndIsNotTrusted() {
    pulling.hub.failing(new Fault.Unframed());
    String url = pulling.hub.endpoint() + "/cdn/o/r/m.gguf";
    CmdaiException failure = catchThrowableOfType(CmdaiException.class, () -> pulling.pull(url));
    assertThat(failure).hasMessageContaining("does not say how large");
    requireNothing();
  }

  @Test
  void noRoomIsSaidBeforeAByteComes() {
    pulling.configured(
        """
        [models.huge]
        repository = "o/r"
        files = [{ path = "m.gguf", bytes = 999999999999999 }]
        """);
    CmdaiException failure = catchThrowableOfType(CmdaiException.class, () -> pulling.pull("huge"));
    assertThat(failure).hasMessageContaining("no room for 1000000.0 GB");
    assertThat(pulling.hub.seen()).isEmpty();
  }

  @Test
  void whatTheServerHasNotIsSaid() {
    CmdaiException failure =
        catchThrowableOfType(CmdaiException.class, () -> pulling.pull("hf:o/r/other.gguf"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("Entry not found");
    assertThat(pulling.hub.seen()).hasSize(1);
  }
}
