package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Diagnostics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Standard input as context. */
class PipedInputTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8), false, false);

  @Test
  void everythingIsReadToTheEnd() throws Exception {
    String text = "zeile \u00fc\n".repeat(10_000);
    InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    assertThat(new PipedInput(in, Diagnostics.NONE).read()).isEqualTo(text);
  }

  @Test
  void anOpenPipeWithNothingInItIsLeftOutWithAWarning() throws Exception {
    try (PipedOutputStream writer = new PipedOutputStream()) {
      PipedInput input = new PipedInput(new PipedInputStream(writer), terminal);
      assertThat(input.read()).isEmpty();
      assertThat(input.hasBegun()).isFalse();
      assertThat(shown.toString(StandardCharsets.UTF_8))
          .startsWith("warning: ")
          .contains("/dev/null");
    }
  }

  @Test
  void tooMuchIsCutWithAWarning() throws Exception {
    InputStream in = new ByteArrayInputStream(new byte[2 * 1024 * 1024]);
    assertThat(new PipedInput(in, terminal).read()).hasSizeLessThanOrEqualTo(1024 * 1024);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("1 MiB");
  }

  @Test
  void aClosedStandardInputIsEmpty() throws Exception {
    InputStream closed = Files.newInputStream(Path.of("pom.xml"));
    closed.close();
    assertThat(new PipedInput(closed, terminal).read()).isEmpty();
  }
}
