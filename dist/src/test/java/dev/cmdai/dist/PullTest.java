package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls by real processes: killed, interrupted, and two at once. */
class PullTest {
  private static final int SIZE = 40_000_000;
  private static final int PER_SECOND = 10_000_000;
  private static final byte[] MODEL = Content.gguf(SIZE, 1);
  private static final String NAME = "hf:o/r/m.gguf";

  @TempDir Path folder;
  private ModelHub hub;

  @BeforeEach
  void serve() throws IOException {
    hub = new ModelHub().serve("o/r/m.gguf", MODEL).slowly(PER_SECOND);
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home")).with("HF_ENDPOINT", hub.endpoint().toString());
  }

  private Path models() {
    return folder.resolve("home").resolve("cache").resolve("models");
  }

  private Path part() {
    return models().resolve(".pull").resolve("m").resolve("m.gguf.part");
  }

  private long partLength() {
    return part().toFile().length();
  }

  /** Waits until the part has grown, or the process has ended. */
  private void awaitGrowth(Process process, long bytes) throws InterruptedException {
    long begin = partLength();
    while (process.isAlive() && partLength() < begin + bytes) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  @Test
  void whatIsKilledAtAnyMomentGoesOnAndIsNeverTakenForWhole() throws Exception {
    Random random = new Random();
    for (int i = 0; i < 6; i++) {
      Process process = cmdai().start("-q", "models", "pull", NAME);
      awaitGrowth(process, 1 + random.nextInt(PER_SECOND));
      process.destroyForcibly().waitFor();
      assertThat(models().resolve("m")).doesNotExist();
      assertThat(cmdai().run("models", "list").out()).doesNotContain("m.gguf");
      long length = partLength();
      int asked = hub.ranges().size();
      Process next = cmdai().start("-q", "models", "pull", NAME);
      while (next.isAlive() && hub.ranges().size() == asked) {
        next.waitFor(5, TimeUnit.MILLISECONDS);
      }
      next.destroyForcibly().waitFor();
      String range = hub.ranges().get(asked);
      long from = range.isEmpty() ? 0 : Long.parseLong(range.replaceAll("\\D", ""));
      // A second, and as much again for a machine that does something else.
      assertThat(from).isBetween(length - 2L * PER_SECOND, length);
    }
    hub.slowly(Long.MAX_VALUE);
    Cmdai.Result result = cmdai().run("models", "pull", NAME);
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(models().resolve("m").resolve("m.gguf")).hasBinaryContent(MODEL);
    assertThat(cmdai().run("models", "verify", "m").out()).contains("sound");
  }

  @Test
  void ofTwoProcessesOneFetchesAndTheOtherWaits() throws Exception {
    Process first = cmdai().start("models", "pull", NAME);
    awaitGrowth(first, 1);
    Process second = cmdai().start("models", "pull", NAME);
    CompletableFuture<String> firstSaid = Cmdai.read(first.getErrorStream());
    CompletableFuture<String> secondSaid = Cmdai.read(second.getErrorStream());
    assertThat(first.waitFor()).as(firstSaid.join()).isZero();
    assertThat(second.waitFor()).as(secondSaid.join()).isZero();
    assertThat(secondSaid.join()).contains("another cmdai", "is here already");
    assertThat(hub.ranges()).containsExactly("");
  }

  @Test
  void theOneThatWaitsTakesOverWhenTheOtherIsKilled() throws Exception {
    Process first = cmdai().start("models", "pull", NAME);
    awaitGrowth(first, 1);
    Process second = cmdai().start("models", "pull", NAME);
    CompletableFuture<String> said = Cmdai.read(second.getErrorStream());
    awaitGrowth(first, 2 * PER_SECOND);
    first.destroyForcibly().waitFor();
    assertThat(second.waitFor()).as(said.join()).isZero();
    assertThat(models().resolve("m").resolve("m.gguf")).hasBinaryContent(MODEL);
  }

  @Test
  void anInterruptionSaysHowToGoOn() throws Exception {
    assumeTrue(
        !InterruptTest.isInterruptIgnored(),
        "this process ignores SIGINT, as under nohup, and so does what it starts");
    Process process = cmdai().start("models", "pull", NAME);
    CompletableFuture<String> said = Cmdai.read(process.getErrorStream());
    awaitGrowth(process, PER_SECOND);
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(said.join())
        .contains("stopped; go on with: cmdai models pull " + NAME)
        .doesNotContain("Exception", "trying again");
  }

  @Test
  void progressIsABarOnATerminalLinesElsewhereAndNothingWhenQuiet() throws Exception {
    hub.slowly(4L * PER_SECOND);
    assertThat(cmdai().run("-q", "models", "pull", NAME).err()).isEmpty();
    assertThat(cmdai().run("models", "pull", "--force", NAME).err())
        .contains("downloading m.gguf (40 MB)", "m is here (40 MB)")
        .doesNotContain("\r");
    Cmdai.Result bar = onTerminal("", "models", "pull", "--force", NAME);
    assertThat(bar.out()).contains("m.gguf", "/40 MB", "MB/s", "%", "\r");
  }

  @Test
  void aRunThatNeedsAModelAsksOnATerminalAndOtherwiseNamesTheCommand() throws Exception {
    Cmdai.Result alone = cmdai().run("-m", NAME, "list files");
    assertThat(alone.status()).isEqualTo(3);
    assertThat(alone.err()).contains("cmdai models pull " + NAME);
    Cmdai.Result known = cmdai().run("-m", "qwen2.5-coder-1.5b", "-o", "json", "list files");
    assertThat(known.status()).isEqualTo(3);
    assertThat(known.json().get("error").get("message").asString()).contains("1.1 GB");
    assertThat(hub.seen()).isEmpty();
    assertThat(onTerminal("n\n", "-m", "qwen2.5-coder-1.5b", "list files").out())
        .contains("Download qwen2.5-coder-1.5b (1.1 GB)? [Y/n]", "nothing was downloaded");
    Path tiny = Cmdai.INSTALL.resolve("models/cmdai-tiny/cmdai-tiny-q8_0.gguf");
    hub.serve("o/r/m.gguf", Content.of(tiny)).slowly(Long.MAX_VALUE);
    assertThat(onTerminal("\n", "-m", NAME, "list files").out())
        .contains("Download hf:o/r/m.gguf? [Y/n]")
        .containsPattern("\nls ");
  }

  @Test
  void aDownloadThatFailsEndsTheRunThatNeededIt() {
    Cmdai.Result result = onTerminal("\n", "-m", "hf:o/r/none.gguf", "list files");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out())
        .contains("there is no such file", "without that model there is no answer")
        .doesNotContain("Exception");
  }

  @Test
  void ctrlCStopsADownloadThatARunNeeds() throws Exception {
    Path script = Path.of("/usr/bin/script");
    assumeTrue(Files.isExecutable(script), "there is no script program");
    assumeTrue(
        !InterruptTest.isInterruptIgnored(),
        "this process ignores SIGINT, as under nohup, and so does what it starts");
    String line = Cmdai.INSTALL.resolve("bin/cmdai") + " -m " + NAME + " 'list files'";
    Process process = cmdai().launchedBy(script).start("-qec", line, "/dev/null");
    CompletableFuture<String> said = Cmdai.read(process.getInputStream());
    try (OutputStream keys = process.getOutputStream()) {
      keys.write('\n');
      keys.flush();
      awaitGrowth(process, PER_SECOND);
      keys.write(3);
      keys.flush();
      assertThat(process.waitFor()).as(said::join).isEqualTo(130);
    }
    assertThat(said.join())
        .containsOnlyOnce("stopped; go on with: cmdai models pull " + NAME)
        .doesNotContain("Exception", "trying again", "no answer");
    assertThat(partLength()).isPositive();
  }

  @Test
  void offlineOpensNoSocket() {
    Cmdai.Result pull = cmdai().run("--offline", "models", "pull", NAME);
    assertThat(pull.status()).isEqualTo(8);
    assertThat(pull.err()).contains("offline");
    assertThat(cmdai().run("--offline", "-m", NAME, "list files").status()).isEqualTo(3);
    assertThat(hub.seen()).isEmpty();
  }

  @Test
  void theHintComesOnceADayAndOnlyToAPerson() throws Exception {
    String hint = "cmdai models pull qwen2.5-coder-1.5b (1.1 GB";
    assertThat(cmdai().run("list files").err()).doesNotContain(hint);
    assertThat(onTerminal("", "-q", "list files").out()).doesNotContain(hint);
    assertThat(onTerminal("", "--offline", "list files").out()).doesNotContain(hint);
    assertThat(onTerminal("", "list files").out()).contains(hint);
    assertThat(onTerminal("", "list files").out()).doesNotContain(hint);
    Path mark = folder.resolve("home/cache/hint");
    Files.setLastModifiedTime(mark, FileTime.fromMillis(System.currentTimeMillis() - 90_000_000));
    assertThat(onTerminal("", "list files").out()).contains(hint);
  }

  /** Runs with a pseudo-terminal, whose output is both streams together. */
  private Cmdai.Result onTerminal(String typed, String... words) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script program");
    String line = String.join(" ", List.of(words).stream().map(word -> "'" + word + "'").toList());
    return cmdai()
        .with("LAUNCHER", Cmdai.INSTALL.resolve("bin/cmdai").toString())
        .with("LINE", line)
        .piped(typed)
        .runInShell("script -qec \"$LAUNCHER $LINE\" /dev/null");
  }
}
