package dev.cmdai.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.HostileFiles.HostileFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile file may cost: an exception, little time, and 64 MiB of heap at most. */
class HostileFileTest {
  /** Twenty times what the project promises: this machine may be busy. */
  private static final Duration MOST = Duration.ofSeconds(2);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseG1GC", "-XX:+UseSerialGC"})
  void costsAnExceptionThatNamesOffsetAndField(String collector) throws Exception {
    List<HostileFile> files = HostileFiles.all();
    List<String> lines = outcomes("-Xmx64m", collector);
    assertThat(lines).as("a line for each file").hasSameSizeAs(files);
    for (int i = 0; i < files.size(); i++) {
      HostileFile file = files.get(i);
      String[] outcome = lines.get(i).split("\t", -1);
      assertThat(outcome[0]).isEqualTo(file.name());
      assertThat(outcome[2]).as(lines.get(i)).isEqualTo(file.reason().toString());
      assertThat(Long.parseLong(outcome[3])).as(lines.get(i)).isNotNegative();
      assertThat(outcome[4]).as(file.name()).contains(file.field()).contains("at byte");
      assertThat(Long.parseLong(outcome[1]))
          .as("microseconds: %s", lines.get(i))
          .isLessThan(TimeUnit.MILLISECONDS.toMicros(MOST.toMillis()));
    }
  }

  private List<String> outcomes(String... options) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Dstdout.encoding=UTF-8",
            "-cp",
            System.getProperty("java.class.path"),
            HostileFilesProgram.class.getName()));
    Process program =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(program.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      program.destroyForcibly();
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(program.exitValue()).as(text).isZero();
    return text.lines().toList();
  }
}
