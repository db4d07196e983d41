package dev.cmdai.onnx.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that opens a tokenizer and uses it opens no socket to any network. */
class NoSocketTest {
  @TempDir Path folder;

  private String run(String what) throws IOException, InterruptedException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        List.of("linux amd64", "linux aarch64").contains(system.toLowerCase(Locale.ROOT)),
        "the kernel's filter is known for Linux on x64 and arm64 only, not for " + system);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutSockets.class.getName(),
                what,
                SampleTokenizers.TINY.toAbsolutePath().toString(),
                folder.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(folder.resolve("output"));
    return process.exitValue() + " " + output.strip();
  }

  @Test
  void openingAndEncodingOpensNone() throws IOException, InterruptedException {
    assertThat(run("encode")).isEqualTo("0 [391, 3195, 3194] list all files true true");
  }

  @Test
  void theFilterEndsAProcessThatOpensOne() throws IOException, InterruptedException {
    // 128 + SIGSYS
    assertThat(run("connect")).startsWith("159");
  }
}
