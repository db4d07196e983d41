package dev.cmdai.benchmarks.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times whole runs of the installed program with each backend on the bundled model: from the start
 * of the process to the first token, and to its end ({@code FirstTokenBenchmark INSTALL ROUNDS}).
 * The backends take turns.
 */
public final class FirstTokenBenchmark {
  private static final List<String> BACKENDS = List.of("onnx", "llamacpp");
  private static final List<String> PARTS = List.of("startup", "load", "first_token");
  private static final String REQUEST = "list all files, including hidden ones";

  private final Path install;
  private final Path home;

  private FirstTokenBenchmark(Path install, Path home) {
    this.install = install;
    this.home = home;
  }

  /** Runs the benchmark and prints medians. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("cmdai-benchmark-");
    new FirstTokenBenchmark(Path.of(args[0]), home).run(Integer.parseInt(args[1]));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (String backend : BACKENDS) {
      run(backend, new LinkedHashMap<>()); // unpacks the native libraries
    }
    for (int round = 0; round < rounds; round++) {
      for (String backend : BACKENDS) {
        run(backend, times);
      }
    }
    System.out.printf("%d rounds, medians in ms%n", rounds);
    times.forEach((name, values) -> System.out.printf("%-32s %8.0f%n", name, median(values)));
  }

  private void run(String backend, Map<String, List<Double>> times)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(
            install.resolve("bin").resolve("cmdai").toString(),
            "-o",
            "json",
            "--backend",
            backend,
            REQUEST);
    builder.environment().put("CMDAI_HOME", home.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    process.getOutputStream().close();
    String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    double whole = (System.nanoTime() - start) / 1e6;
    if (status != 0) {
      throw new IOException("cmdai ended with status " + status + ": " + json);
    }
    double firstToken = 0;
    for (String part : PARTS) {
      double millis = number(json, part);
      firstToken += millis;
      add(times, backend + ", " + part, millis);
    }
    add(times, backend + ", process to first token", firstToken);
    add(times, backend + ", whole process", whole);
  }

  private static void add(Map<String, List<Double>> times, String name, double value) {
    times.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }

  private static double number(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":([\\d.]+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + name + " in " + json);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
