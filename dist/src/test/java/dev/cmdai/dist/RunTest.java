package dev.cmdai.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code --execute} runs what the bundled model writes, and nothing that must not run. */
class RunTest {
  private static final String LIST = "list all files, including hidden ones";

  /** The bundled model answers with a command that deletes, which needs a confirmation. */
  private static final String DELETE = "delete the log files here";

  @TempDir Path folder;
  private Path work;
  private Path log;

  @BeforeEach
  void writeFiles() throws IOException {
    work = Files.createDirectory(folder.resolve("work"));
    log = Files.createFile(work.resolve("server.log"));
    Files.createFile(work.resolve(".hidden"));
  }

  private Cmdai cmdai() {
    return new Cmdai(folder.resolve("home")).in(work);
  }

  @Test
  void outputAndStatusAreTheCommands() {
    Cmdai.Result result = cmdai().run("-x", LIST);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains(".hidden", "server.log");
    assertThat(result.err()).startsWith("$ ls ");
    Cmdai.Result missing = cmdai().run("-x", "show the contents of missing.txt");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("missing.txt");
  }

  @Test
  void jsonTellsThatItRanAndKeepsStandardOutputToItself() {
    Cmdai.Result result = cmdai().run("-x", "-o", "json", LIST);
    JsonNode json = result.json();
    assertThat(json.get("executed").asBoolean()).isTrue();
    assertThat(json.get("exit_status").asInt()).isZero();
    assertThat(result.err()).contains(".hidden");
  }

  @Test
  void withoutATerminalNothingIsRunThatNeedsAConfirmation() {
    Cmdai.Result result = cmdai().run("-x", DELETE);
    assertThat(result.status()).isEqualTo(6);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("no terminal", "--yes", "*.log");
    assertThat(log).exists();
    JsonNode json = cmdai().run("-x", "-o", "json", DELETE).json();
    assertThat(json.get("executed").asBoolean()).isFalse();
    assertThat(json.get("exit_status").isNull()).isTrue();
    assertThat(log).exists();
  }

  @Test
  void yesAnswersTheQuestion() {
    assertThat(cmdai().run("-x", "-y", DELETE).status()).isZero();
    assertThat(log).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"-x, -y, -q", "--execute, --yes, --i-know-what-i-am-doing", "-x, -y, --dry-run"})
  void whatIsBlockedNeverRuns(String first, String second, String third) {
    writeConfig("[[safety.forbid]]\ncommand = \"rm\"\n[[safety.forbid]]\ncommand = \"find\"\n");
    Cmdai.Result blocked = cmdai().run(first, second, third, DELETE);
    assertThat(blocked.status()).isEqualTo(5);
    assertThat(blocked.err()).contains("blocked");
    assertThat(log).exists();
  }

  @Test
  void usersRuleLetsItRunWithoutAQuestion() {
    writeConfig("[safety.rules]\n\"delete.*\" = \"allow\"\n");
    assertThat(cmdai().run("-x", DELETE).status()).isZero();
    assertThat(log).doesNotExist();
  }

  @Test
  void stricterLevelAsksForMore() {
    assertThat(cmdai().run("--safety", "permissive", "-x", DELETE).status()).isZero();
    assertThat(cmdai().run("--safety", "strict", "check", "rm a.txt").status()).isEqualTo(6);
    assertThat(cmdai().run("--safety", "strict", "check", "rm -rf ~/x").status()).isEqualTo(5);
  }

  @Test
  void dryRunSaysWhatWouldHappen() {
    Cmdai.Result asked = cmdai().run("-x", "--dry-run", DELETE);
    assertThat(asked.status()).isZero();
    assertThat(asked.out()).startsWith("would ask first (moderate risk: ").contains("run in");
    Cmdai.Result plain = cmdai().run("--dry-run", "-s", "sh", LIST);
    assertThat(plain.out()).startsWith("would run in sh: ls ");
    assertThat(log).exists();
  }

  @Test
  void commandForAnotherSystemDoesNotRunHere() {
    Cmdai.Result result = cmdai().run("-x", "--os", "macos", LIST);
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("for macOS");
  }

  @ParameterizedTest
  @CsvSource({"y, 0, false", "n, 6, true", "'', 6, true"})
  void onATerminalItAsks(String answer, int status, boolean isThere) throws Exception {
    assumeTrue(hasPseudoTerminals(), "the script program of util-linux is not installed");
    Cmdai.Result result =
        cmdai()
            .with("LAUNCHER", Cmdai.INSTALL.resolve("bin/cmdai").toString())
            .piped(answer + "\n")
            .runInShell(
                "script -qec '\"$LAUNCHER\" -x \"" + DELETE + "\"' /dev/null; echo \"status $?\"");
    assertThat(result.out()).contains("Run it? [y/N, e to edit]", "*.log", "status " + status);
    assertThat(Files.exists(log)).isEqualTo(isThere);
  }

  @ParameterizedTest
  @CsvSource({"echo rewritten, 0, rewritten", "rm -rf /, 5, blocked", "'', 6, 'did not run'"})
  void whatTheUserMakesOfItIsJudgedAnew(String edited, int status, String says) throws Exception {
    assumeTrue(hasPseudoTerminals(), "the script program of util-linux is not installed");
    Path text = Files.writeString(folder.resolve("new command"), edited);
    Cmdai.Result result =
        cmdai()
            .with("LAUNCHER", Cmdai.INSTALL.resolve("bin/cmdai").toString())
            .with("EDITOR", "cp '" + text + "'")
            .piped("e\n")
            .runInShell(
                "script -qec '\"$LAUNCHER\" -x \"" + DELETE + "\"' /dev/null; echo \"status $?\"");
    assertThat(result.out()).contains(says, "status " + status);
    assertThat(log).exists();
  }

  private static boolean hasPseudoTerminals() throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder("script", "--version").start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && version.contains("util-linux");
    } catch (IOException e) {
      return false;
    }
  }

  private void writeConfig(String text) {
    try {
      Path home = Files.createDirectories(folder.resolve("home"));
      Files.writeString(home.resolve("config.toml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
