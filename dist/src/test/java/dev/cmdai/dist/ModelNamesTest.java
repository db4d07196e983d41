package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cmdai models} says of names that mean nothing, or nothing that it can work with. */
class ModelNamesTest {
  private static final Path TINY =
      Cmdai.INSTALL.resolve("models").resolve("cmdai-tiny").resolve("cmdai-tiny-q8_0.gguf");

  @TempDir Path folder;
  private Path work;

  @BeforeEach
  void putThere() throws Exception {
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve("empty folder"));
    int made = new ProcessBuilder("mkfifo", work.resolve("pipe.gguf").toString()).start().waitFor();
    assertThat(made).isZero();
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home"));
  }

  private Path models() {
    return folder.resolve("home").resolve("cache").resolve("models");
  }

  private static void requireRefusal(Cmdai.Result result, String... texts) {
    assertThat(result.status()).as(result.err()).isEqualTo(3);
    assertThat(result.err()).contains(texts).doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "verify", "default", "rm"})
  void anUnknownIdIsComparedWithThoseThatThereAre(String verb) {
    requireRefusal(cmdai().run("models", verb, "cmdai-tny"), "Did you mean cmdai-tiny?");
    requireRefusal(cmdai().run("models", verb, "no such id"), "no model is called 'no such id'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "verify", "default", "rm", "import"})
  void aPathToNothingIsNamed(String verb) {
    requireRefusal(
        cmdai().run("models", verb, "no such folder/my model.gguf"),
        "there is no ",
        "no such folder/my model.gguf");
    assertThat(folder.resolve("home").resolve("config.toml")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "verify", "default", "import"})
  void aPipeIsNotWaitedFor(String verb) {
    requireRefusal(cmdai().run("models", verb, "pipe.gguf"), "this is a pipe or a device");
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "verify", "default", "import"})
  void aFolderWithoutAModelIsNone(String verb) {
    requireRefusal(cmdai().run("models", verb, "empty folder"), "empty folder", ".onnx file");
  }

  @Test
  void whatIsNotHereNeedNotBeDownloadedToBeDeleted() {
    Cmdai.Result result = cmdai().run("models", "rm", "-y", "smollm2-135m");
    requireRefusal(result, "smollm2-135m is not on this machine", "nothing to delete");
    assertThat(result.err()).doesNotContain("models pull");
  }

  @Test
  void anUnfinishedDownloadIsDeletedByItsId() throws IOException {
    Path half = Files.createDirectories(models().resolve(".pull").resolve("half"));
    Files.write(half.resolve("half.gguf.part"), new byte[1000]);
    Cmdai.Result result = cmdai().run("models", "rm", "-y", "half");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains("deleted half, unfinished download (1 kB)");
    assertThat(half).doesNotExist();
  }

  @Test
  void aDeletedDefaultIsToldAsThat() {
    assertThat(cmdai().run("models", "import", TINY.toString(), "--as", "twin").status()).isZero();
    assertThat(cmdai().run("models", "default", "twin").status()).isZero();
    Cmdai.Result result = cmdai().run("models", "rm", "-y", "twin");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains("twin was the default", "cmdai config unset model");
    assertThat(cmdai().run("config", "unset", "model").status()).isZero();
    assertThat(cmdai().run("list files").out()).startsWith("ls");
  }

  @Test
  void aModelThatAnotherProcessPullsIsLeftAlone() throws IOException {
    Path half = Files.createDirectories(models().resolve(".pull").resolve("half"));
    Path lock = models().resolve(".pull").resolve("half.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      requireRefusal(
          cmdai().run("models", "rm", "-y", "half"),
          "another cmdai is pulling or importing half",
          "wait for it");
      requireRefusal(cmdai().run("models", "clear", "-y"), "another cmdai is pulling");
      assertThat(half).exists();
    }
  }

  @Test
  void anIdThatIsNoneOrTakenIsToldBeforeAnythingIsRead() {
    for (String id : new String[] {"a b", "../x", "", ".hidden"}) {
      Cmdai.Result result = cmdai().run("models", "import", "--as", id, TINY.toString());
      assertThat(result.status()).as(id).isEqualTo(2);
      assertThat(result.err()).contains("'" + id + "' is no id for a model", "--as ID");
    }
    assertThat(cmdai().run("models", "import", "--as", "mine", TINY.toString()).status()).isZero();
    Cmdai.Result taken = cmdai().run("models", "import", "--as", "mine", "pipe.gguf");
    assertThat(taken.status()).isEqualTo(2);
    assertThat(taken.err()).contains("there is a model mine already", "--force");
  }

  @Test
  void aDefaultThatIsAPathHoldsInEveryFolder() throws IOException {
    Files.copy(TINY, work.resolve("my model.gguf"));
    Cmdai.Result result = cmdai().run("models", "default", "my model.gguf");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.err()).contains(work.resolve("my model.gguf") + " is used from now on");
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    assertThat(cmdai().in(elsewhere).run("list files").out()).startsWith("ls");
    Cmdai.Result bad = cmdai().run("models", "default", "pipe.gguf");
    assertThat(bad.err()).doesNotContain("from now on");
    assertThat(cmdai().run("models", "default").out()).contains("my model.gguf");
  }
}
