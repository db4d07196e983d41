package dev.cmdai.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Times whole runs of the installed program, JVM start to exit, with the prompt prefix restored and
 * with it computed anew ({@code OneShotBenchmark INSTALL MODEL ROUNDS MAX_TOKENS}).
 *
 * <p>The runs alternate in one series, so that a busy machine slows both alike. A file in the place
 * of the prefix folder keeps cmdai from saving or finding a prefix.
 */
public final class OneShotBenchmark {
  private static final String REQUEST = "list all files, including hidden ones";

  private final Path install;
  private final String model;
  private final String maxTokens;

  private OneShotBenchmark(Path install, String model, String maxTokens) {
    this.install = install;
    this.model = model;
    this.maxTokens = maxTokens;
  }

  /** Runs the benchmark and prints medians and their ratio. */
  public static void main(String[] args) throws IOException, InterruptedException {
    new OneShotBenchmark(Path.of(args[0]), args[1], args[3]).run(Integer.parseInt(args[2]));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("cmdai-benchmark-");
    Path with = Files.createDirectory(scratch.resolve("with"));
    Path without = Files.createDirectory(scratch.resolve("without"));
    Files.createDirectory(without.resolve("cache"));
    Files.writeString(without.resolve("cache").resolve("prefix"), "no folder");

    double first = millis(with);
    millis(without); // unpacks the native libraries, as the first run of the other did
    List<Double> restored = new ArrayList<>();
    List<Double> computed = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      restored.add(millis(with));
      computed.add(millis(without));
    }
    System.out.printf("%s, %d rounds, at most %s tokens%n", model, rounds, maxTokens);
    System.out.println(promptLine(with));
    System.out.printf("first run, libraries unpacked     %8.0f ms%n", first);
    System.out.printf("later run, prefix restored        %8.0f ms%n", median(restored));
    System.out.printf("later run, prefix computed        %8.0f ms%n", median(computed));
    System.out.printf(
        "computed / restored               %8.2f%n", median(computed) / median(restored));
  }

  private double millis(Path home) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = start(home, List.of());
    process.getErrorStream().transferTo(java.io.OutputStream.nullOutputStream());
    int status = process.waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    // Status 4: random weights say nothing that is a command, and take as long as real ones to say
    // it.
    if (status != 0 && status != 4) {
      throw new IOException("cmdai ended with status " + status);
    }
    return millis;
  }

  /** What a verbose run says of its prompt: how many tokens, and how many of them were restored. */
  private String promptLine(Path home) throws IOException, InterruptedException {
    Process process = start(home, List.of("-v"));
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.lines().filter(line -> line.startsWith("prompt ")).findFirst().orElse("");
  }

  private Process start(Path home, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(install.resolve("bin").resolve("cmdai").toString());
    command.addAll(options);
    command.addAll(List.of("--timeout", "10m", "--max-tokens", maxTokens, "-m", model, REQUEST));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CMDAI_HOME", home.toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
