package dev.cmdai.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed program with a chat model: system prompt, the model's template, assistant prefix,
 * grammar, prefix cache. The weights are random, so the replies say nothing; that they keep their
 * form is the grammar's doing.
 */
class ChatModelTest {
  private static final Path CMDAI = Path.of("..", "dist", "target", "cmdai", "bin", "cmdai");

  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void writeModel() throws IOException {
    model = folder.resolve("chat.gguf");
    SyntheticModel.main(new String[] {"small", model.toString()});
  }

  private record Run(int status, String out, String err) {
    String line(String beginning) {
      return err.lines().filter(line -> line.startsWith(beginning)).findFirst().orElse("");
    }
  }

  private static Run run(Path home, String request) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            CMDAI.toString(), "-v", "-m", model.toString(), "--max-tokens", "12", request);
    builder.environment().put("CMDAI_HOME", home.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, err.join());
  }

  private static String read(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theSecondRunRestoresThePrefixAndSaysTheSame() throws Exception {
    Path home = folder.resolve("home");
    Run first = run(home, "list all files");
    Run second = run(home, "list all files");
    assertThat(first.line("prompt ")).as(first.err()).endsWith(" 0 of them cached");
    assertThat(second.line("prompt ")).as(second.err()).doesNotEndWith(" 0 of them cached");
    assertThat(second.line("reply: ")).isEqualTo(first.line("reply: "));
  }

  @Test
  void anotherRequestSharesThePrefix() throws Exception {
    Path home = folder.resolve("home-of-two");
    run(home, "list all files");
    assertThat(run(home, "how much disk space is left").line("prompt "))
        .doesNotEndWith(" 0 of them cached");
    try (Stream<Path> files = Files.walk(home.resolve("cache").resolve("prefix"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void aDamagedPrefixIsComputedAgain() throws Exception {
    Path home = folder.resolve("damaged");
    Run first = run(home, "list all files");
    List<Path> saved;
    try (Stream<Path> files = Files.walk(home.resolve("cache").resolve("prefix"))) {
      saved = files.filter(Files::isRegularFile).toList();
    }
    byte[] bytes = Files.readAllBytes(saved.getFirst());
    bytes[bytes.length / 2] ^= 1;
    Files.write(saved.getFirst(), bytes);
    Run second = run(home, "list all files");
    assertThat(second.line("prompt ")).endsWith(" 0 of them cached");
    assertThat(second.line("reply: ")).isEqualTo(first.line("reply: "));
    assertThat(run(home, "list all files").line("prompt ")).doesNotEndWith(" 0 of them cached");
  }

  @Test
  void theReplyKeepsTheFormThatTheGrammarAsksFor() throws Exception {
    Run run = run(folder.resolve("grammar"), "list all files");
    assertThat(run.line("reply: ")).startsWith("reply: {\"cmd\":\"").doesNotContain("\t");
    assertThat(run.status()).isIn(0, 4);
  }
}
