package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: that it ends, and what reaches its two streams. */
class ProcessTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"closes", "forgets", "generates"})
  void processEndsAndPrintsNothing(String mode) throws Exception {
    Process child = start(mode, folder.resolve("cache"), 0);
    assertEndsSilently(child, 0);
    assertThat(result(0)).startsWith("ls -la");
  }

  @Test
  void verboseRunHearsOfWarningsAlone() throws Exception {
    assertEndsSilently(start("verbose", folder.resolve("cache"), 0), 0);
    assertThat(result(0)).contains("ls -la").doesNotContain("llama_model_loader");
  }

  @Test
  void librariesThatCannotBeLoadedAreUnpackedAgain() throws Exception {
    Path library =
        LlamaNatives.unpacked(folder.resolve("cache/native"), Diagnostics.NONE).library("llama");
    byte[] damaged = Files.readAllBytes(library);
    Arrays.fill(damaged, 0, 64, (byte) 0);
    Files.write(library, damaged);
    // The JVM itself warns of a library without a readable header, so this end is not silent.
    Process child = start("closes", folder.resolve("cache"), 0);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("the process ends").isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(result(0)).isEqualTo("ls -la\n");
  }

  @Test
  void processesThatUnpackAtTheSameTimeAllWork() throws Exception {
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(start("closes", folder.resolve("cache"), i));
    }
    for (int i = 0; i < children.size(); i++) {
      assertEndsSilently(children.get(i), i);
      assertThat(result(i)).isEqualTo("ls -la\n");
    }
    try (Stream<Path> unpacked = Files.list(folder.resolve("cache/native"))) {
      assertThat(unpacked).hasSize(1);
    }
  }

  private Process start(String mode, Path cache, int number) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            ChildProcess.class.getName(),
            mode,
            cache.toString(),
            folder.resolve("result" + number).toString());
    java.environment().remove("JAVA_TOOL_OPTIONS");
    return java.redirectErrorStream(true)
        .redirectOutput(folder.resolve("output" + number).toFile())
        .start();
  }

  private void assertEndsSilently(Process child, int number) throws Exception {
    try {
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("the process ends").isTrue();
      assertThat(folder.resolve("output" + number)).hasContent("");
      assertThat(child.exitValue()).isZero();
    } finally {
      child.destroyForcibly();
    }
  }

  private String result(int number) throws IOException {
    return Files.readString(folder.resolve("result" + number));
  }
}
