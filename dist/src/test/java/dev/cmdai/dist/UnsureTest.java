package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A command below the model's threshold is shown as unsure, and does not run unseen. The threshold
 * is set so that every reply of the bundled model is below it, or none.
 */
class UnsureTest {
  private static final String LIST = "list all files, including hidden ones";
  private static final String PULL = "cmdai models pull qwen2.5-coder-1.5b (1.1 GB)";
  private static final String UNSURE = "unsure: the model is not certain of this command; check it";

  @TempDir Path folder;
  private Path home;
  private Path work;

  @BeforeEach
  void everyReplyIsUnsure() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    work = Files.createDirectory(folder.resolve("work"));
    Files.createFile(work.resolve(".hidden"));
    threshold("0");
  }

  private void threshold(String value) throws IOException {
    Files.writeString(
        home.resolve("config.toml"), "[models.cmdai-tiny]\nunsure_below = " + value + "\n");
  }

  private Cmdai cmdai() {
    return new Cmdai(home).in(work);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llamacpp", "onnx"})
  void oneLineBesideTheCommandSaysSo(String backend) {
    Cmdai.Result result = cmdai().run("-b", backend, LIST);
    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("ls ").hasLineCount(1);
    assertThat(result.err()).isEqualTo(UNSURE + ", or get a better model: " + PULL + "\n");
  }

  @Test
  void aCertainOneIsJustPrinted() throws IOException {
    threshold("-100");
    assertThat(cmdai().run(LIST).err()).isEmpty();
    assertThat(cmdai().run("-x", LIST).status()).isZero();
  }

  @Test
  void quietSaysNothing() {
    Cmdai.Result result = cmdai().run("-q", LIST);
    assertThat(result.out()).startsWith("ls ");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llamacpp", "onnx"})
  void misspeltWordsAreMendedAndTheUserIsTold(String backend) {
    Cmdai.Result result = cmdai().run("-b", backend, "serach for emtpy fiels");
    assertThat(result.out()).startsWith("find . ").hasLineCount(1);
    assertThat(result.err()).startsWith("warning: request read as: search for empty files\n");
    assertThat(cmdai().run("-q", "serach for emtpy fiels").err()).isEmpty();
  }

  @Test
  void jsonCarriesIt() {
    Cmdai.Result result = cmdai().run("-o", "json", LIST);
    JsonNode confidence = result.json().get("confidence");
    assertThat(confidence.get("unsure").asBoolean()).isTrue();
    assertThat(confidence.get("unsure_below").asDouble()).isZero();
    assertThat(confidence.get("mean_log_probability").asDouble()).isBetween(-0.5, -1e-9);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void aBetterModelThatIsHereIsNotFetched() throws IOException {
    Path models = Files.createDirectories(home.resolve("cache").resolve("models"));
    Files.copy(
        Cmdai.INSTALL.resolve("models/cmdai-tiny/cmdai-tiny-q8_0.gguf"),
        models.resolve("mine.gguf"));
    assertThat(cmdai().run("--model", "cmdai-tiny", LIST).err())
        .isEqualTo(UNSURE + ", or ask a better model: --model mine\n");
    assertThat(cmdai().run(LIST).err()).isEmpty();
  }

  @Test
  void offlineNothingIsToBeFetched() {
    assertThat(cmdai().run("--offline", LIST).err()).isEqualTo(UNSURE + "\n");
  }

  @Test
  void itDoesNotRunWithoutAQuestion() {
    Cmdai.Result result = cmdai().run("-x", LIST);
    assertThat(result.status()).isEqualTo(6);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no terminal", "unsure: ", ": ls ", "--yes");
    JsonNode json = cmdai().run("-x", "-o", "json", LIST).json();
    assertThat(json.get("executed").asBoolean()).isFalse();
    assertThat(cmdai().run("--dry-run", LIST).out()).startsWith("would ask first (unsure: ");
  }

  @Test
  void withYesItIsShownAndRuns() {
    Cmdai.Result result = cmdai().run("-x", "-y", LIST);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains(".hidden");
    assertThat(result.err()).startsWith(UNSURE).contains("\n$ ls ");
  }

  @Test
  void withYesItDoesNotRunUnseen() {
    Cmdai.Result result = cmdai().run("-x", "-y", "-q", LIST);
    assertThat(result.status()).isEqualTo(6);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("not certain", "--quiet", ": ls ");
  }

  @Test
  void whoWantsToBeAskedLittleIsNotAsked() {
    Cmdai.Result result = cmdai().run("--safety", "permissive", "-x", LIST);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains(".hidden");
    assertThat(result.err()).startsWith(UNSURE);
  }

  @Test
  void aRefusalShowsTheWayToo() {
    Cmdai.Result result = cmdai().run("write a poem about the sea");
    assertThat(result.status()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no command", PULL);
  }
}
