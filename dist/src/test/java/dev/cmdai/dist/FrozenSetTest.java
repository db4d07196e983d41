package dev.cmdai.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the checks that the frozen test set and its scorer, which are Python, bring along. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the scorer runs commands with GNU tools")
class FrozenSetTest {
  private static final Path FOLDER = Path.of("../models/recipe/frozen").toAbsolutePath();
  private static final int PROGRAMS_MISSING = 3;

  @TempDir private Path output;

  @Test
  void scorerPassesItsTests() throws Exception {
    assertThat(python("test_score.py")).contains("OK");
  }

  @Test
  void everyCheckerAcceptsItsRightAnswersAndRejectsItsWrongOnes() throws Exception {
    assertThat(python("score.py", "check-set")).contains(" 0 faults");
  }

  private String python(String script, String... arguments) throws Exception {
    Path log = output.resolve("log");
    ProcessBuilder builder = new ProcessBuilder("python3", "-B", FOLDER.resolve(script).toString());
    builder.command().addAll(List.of(arguments));
    Process process;
    try {
      process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      return abort("skipped: python3 does not start here: " + e.getMessage());
    }
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(script + " comes to an end").isTrue();
    String said = Files.readString(log, UTF_8);
    if (process.exitValue() == PROGRAMS_MISSING) {
      abort("skipped: " + said);
    }
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
