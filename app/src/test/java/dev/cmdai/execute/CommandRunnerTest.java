package dev.cmdai.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real commands in real processes: a child JVM runs them, as cmdai does. */
class CommandRunnerTest {
  private static final String OUT = "STANDARD_OUTPUT";

  @BeforeAll
  static void isOnLinux() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "setsid and this env are Linux programs");
  }

  @Test
  void outputInputAndStatusAreTheCommands() throws Exception {
    Process process = start(OUT, "read line; echo \"got $line\"; echo wrong >&2; exit 7");
    process.outputWriter().append("some text\nmore\n").close();
    assertThat(text(process.inputReader())).isEqualTo("got some text\n");
    assertThat(text(process.errorReader())).isEqualTo("wrong\nstatus 7\n");
    assertThat(process.waitFor()).isEqualTo(7);
  }

  @Test
  void outputCanGoToStandardError() throws Exception {
    Process process = start("STANDARD_ERROR", "echo words");
    assertThat(text(process.inputReader())).isEmpty();
    assertThat(text(process.errorReader())).isEqualTo("words\nstatus 0\n");
  }

  @Test
  void commandIsOneArgumentWhateverItContains() throws Exception {
    Process process = start(OUT, "printf '%s|' \"a b\" '$HOME' \\; -- \"it's\"");
    assertThat(text(process.inputReader())).isEqualTo("a b|$HOME|;|--|it's|\n");
  }

  @Test
  void commandThatASignalEndsHasItsNumber() throws Exception {
    assertThat(start(OUT, "kill -9 $$").waitFor()).isEqualTo(128 + 9);
  }

  @Test
  void ctrlCIsTheCommandsToAnswer() throws Exception {
    Process process =
        start(OUT, "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.05; done");
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    signalGroup("INT", process);
    assertThat(out.readLine()).isEqualTo("caught");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(5);
  }

  @Test
  void ctrlCEndsACommandThatDoesNotMind() throws Exception {
    Process process = start(OUT, "echo ready; exec sleep 60");
    assertThat(process.inputReader().readLine()).isEqualTo("ready");
    signalGroup("INT", process);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void terminationIsHandedOn() throws Exception {
    Process process =
        start(OUT, "trap 'echo told; exit 4' TERM; echo ready; while :; do sleep 0.05; done");
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    process.toHandle().destroy();
    assertThat(out.readLine()).isEqualTo("told");
    assertThat(process.waitFor()).isEqualTo(4);
  }

  /** In a process group of its own, as a terminal would have it. */
  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // Under nohup, SIGINT is ignored by all that is started; here it shall not be.
                "setsid",
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RunningMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static void signalGroup(String signal, Process leader) throws Exception {
    new ProcessBuilder("kill", "-" + signal, "--", "-" + leader.pid()).start().waitFor();
  }

  private static String text(BufferedReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
