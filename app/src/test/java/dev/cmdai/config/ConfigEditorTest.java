package dev.cmdai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes to the file: whole or not at all, and nothing but what was asked for. */
class ConfigEditorTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("home").resolve("config.toml");
  }

  private ConfigEditor editor() {
    return new ConfigEditor(file());
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  private CmdaiException refused(String key, String value) {
    return catchThrowableOfType(CmdaiException.class, () -> editor().set(key, value));
  }

  @Test
  void theFirstSetMakesTheFileForItsOwnerAlone() throws IOException {
    editor().set("timeout", "30");
    assertThat(file()).hasContent("timeout = \"30s\"\n");
    if (isPosix()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "timeout, 1.5s, timeout = \"1500ms\"",
    "max-tokens, 12, max-tokens = 12",
    "temperature, 0.70, temperature = 0.7",
    "offline, yes, offline = true",
    "backend, 'a\"b', 'backend = \"a\\\"b\"'",
    "shell, zsh, shell = \"zsh\""
  })
  void valuesAreWrittenAsTheirKindIs(String key, String value, String line) throws IOException {
    editor().set(key, value);
    assertThat(Files.readString(file())).isEqualTo(line + "\n");
    editor().set(key, Config.load(file(), Map.of()).entry(key, Map.of()).text());
    assertThat(Files.readString(file())).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plugins.onnx.provider | cpu | cpu",
        "plugins.onnx.threads | 4 | 4",
        "plugins.onnx.parts | [\"a\", 1] | a,1",
        "plugins.\"a.b\".c | true # no | true # no",
        "models.\"qwen2.5\".path | ~/q.gguf | ~/q.gguf",
        "safety.rules.delete-home | relax | relax"
      })
  void namesOfTheUsersAreKeysToo(String key, String value, String text) {
    editor().set(key, value);
    assertThat(Config.load(file(), Map.of()).entry(key, Map.of()).text()).isEqualTo(text);
  }

  @Test
  void everythingElseStays() throws IOException {
    write("# mine\r\ntimeout = \"1s\" # short\r\n\r\n[safety] # s\r\nlevel = \"strict\"\r\n");
    editor().set("timeout", "2s");
    editor().set("os", "linux");
    assertThat(editor().unset("safety.level")).isTrue();
    assertThat(Files.readString(file()))
        .isEqualTo("# mine\r\ntimeout = \"2s\" # short\r\nos = \"linux\"\r\n\r\n[safety] # s\r\n");
  }

  @Test
  void permissionsStay() throws IOException {
    Assumptions.assumeTrue(isPosix());
    write("");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    editor().set("os", "linux");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aLinkIsFollowedNotReplaced() throws IOException {
    Path real = Files.createDirectories(folder.resolve("dotfiles")).resolve("cmdai.toml");
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), Path.of("..", "dotfiles", "cmdai.toml"));
    editor().set("os", "linux");
    editor().set("shell", "sh");
    assertThat(file()).isSymbolicLink();
    assertThat(real).hasContent("os = \"linux\"\nshell = \"sh\"\n");
  }

  @Test
  void nothingIsLeftBehindButTheLock() throws IOException {
    editor().set("os", "linux");
    assertThat(refused("os", "plan9")).isNotNull();
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("config.toml", "config.toml.lock");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tiemout, 1s, timeout",
    "safety, strict, safety.level",
    "level, strict, safety.level",
    "timeout, soon, 30s",
    "max-tokens, 1.5, whole number",
    "safety.allow, x, tables",
    "'a..b', 1, safety.level",
    "plugins.onnx, cpu, plugins.onnx"
  })
  void whatMakesNoSenseIsNotWritten(String key, String value, String remedy) {
    CmdaiException problem = refused(key, value);
    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(problem.getMessage()).contains(key).hasLineCount(1);
    assertThat(problem.remedy()).contains(remedy);
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"os = ", "os = 1\nos = 2", "[x", "\u0000"})
  void aBrokenFileIsNeverOverwritten(String text) throws IOException {
    write(text);
    assertThat(refused("os", "linux"))
        .hasMessageContaining(file() + ":")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(catchThrowableOfType(CmdaiException.class, () -> editor().unset("os"))).isNotNull();
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @Test
  void aMistakeInTheFileIsRepairedWithoutAnEditor() throws IOException {
    write("tiemout = \"1s\"\nos = \"plan9\"\n");
    editor().set("os", "linux");
    assertThat(editor().unset("tiemout")).isTrue();
    assertThat(file()).hasContent("os = \"linux\"\n");
  }

  @Test
  void unsettingWhatIsNotSetChangesNothing() {
    assertThat(editor().unset("os")).isFalse();
    assertThat(file()).doesNotExist();
    assertThat(catchThrowableOfType(CmdaiException.class, () -> editor().unset("ost")).remedy())
        .contains("os");
  }

  @Test
  void aFolderThatMayNotBeWrittenIsNamed() throws IOException {
    write("os = \"linux\"\n");
    Path home = folder.resolve("home");
    Assumptions.assumeTrue(home.toFile().setWritable(false) && !Files.isWritable(home));
    try {
      assertThat(refused("os", "macos"))
          .hasMessageContaining(file().toString())
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERNAL));
      assertThat(file()).hasContent("os = \"linux\"\n");
    } finally {
      assertThat(home.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void aHomeThatIsAFileIsNamed() throws IOException {
    Files.writeString(folder.resolve("home"), "");
    assertThat(refused("os", "macos")).hasMessageContaining("cannot write " + file());
  }

  @Test
  void aFolderInPlaceOfTheFileStays() throws IOException {
    Files.createDirectories(file());
    assertThat(refused("os", "macos")).hasMessageContaining("is no file");
    assertThat(file()).isDirectory();
  }

  @Test
  void twoAtOnceTakeTurns() throws Exception {
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        String name = "t" + thread;
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < 10; i++) {
                new ConfigEditor(file()).set("plugins." + name + ".k" + i, "v");
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    Map<String, Map<String, Object>> plugins =
        Config.load(file(), Map.of()).tables(Settings.PLUGINS);
    assertThat(plugins).hasSize(4).allSatisfy((_, keys) -> assertThat(keys).hasSize(10));
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
