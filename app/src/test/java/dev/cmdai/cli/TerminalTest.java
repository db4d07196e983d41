package dev.cmdai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What reaches a person's terminal. */
class TerminalTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Terminal terminal(boolean verbose, boolean quiet) {
    return new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8), verbose, quiet);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }

  @Test
  void foreignTextCannotRecolourTheScreen() {
    terminal(false, false).warning("plugin \u001b[31mred\u0007\u202Eevil");
    assertThat(shown())
        .isEqualTo("warning: plugin \uFFFD[31mred\uFFFD\uFFFDevil" + System.lineSeparator());
  }

  @Test
  void quietLeavesOutWarningsButNotFailures() {
    Terminal terminal = terminal(false, true);
    terminal.warning("never seen");
    terminal.failure("broken", "mend it", null);
    assertThat(shown()).doesNotContain("never seen").contains("broken", "mend it");
  }

  @Test
  void detailsAreNotEvenComputedUnlessWanted() {
    terminal(false, false)
        .detail(() -> {
          throw new AssertionError("computed");
        });
    assertThat(shown()).isEmpty();
  }

  @Test
  void theCauseIsShownOnlyWhenVerbose() {
    terminal(false, false).failure("broken", "", new IllegalStateException("deep inside"));
    assertThat(shown()).doesNotContain("deep inside");
    terminal(true, false).failure("broken", "", new IllegalStateException("deep inside"));
    assertThat(shown()).contains("deep inside");
  }
}
