package dev.cmdai.benchmarks.pull;

import dev.cmdai.testmodels.hub.Content;
import dev.cmdai.testmodels.hub.ModelHub;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The installed program beside {@code curl}: the same file from the same server on loopback to the
 * same disk, in alternation, and the program once more with a heap of 64 MiB.
 *
 * <p>What the program does besides, hashing and making sure that the bytes are on the disk, counts
 * in its time; curl's ends with its last write. Starting a JVM counts too.
 */
public final class PullBenchmark {
  private PullBenchmark() {}

  /**
   * Runs it.
   *
   * @param arguments the installation, a folder to work in, the size in MiB, the rounds
   */
  public static void main(String[] arguments) throws Exception {
    Path install = Path.of(arguments[0]).toAbsolutePath();
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    int mebibytes = Integer.parseInt(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    Path file = folder.resolve("served.gguf");
    write(file, mebibytes);
    try (ModelHub hub = new ModelHub().serve("o/r/m.gguf", Content.of(file))) {
      double[] ours = new double[rounds];
      double[] curls = new double[rounds];
      double[] synced = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        curls[i] = seconds(curl(hub, folder, false), folder, "");
        ours[i] = seconds(pull(install), folder, hub.endpoint().toString());
        synced[i] = seconds(curl(hub, folder, true), folder, "");
        clear(folder);
      }
      report("curl", curls, mebibytes);
      report("curl, then sync of the file", synced, mebibytes);
      report("cmdai models pull", ours, mebibytes);
      System.out.printf(
          "cmdai / curl: %.2f; cmdai / curl and sync: %.2f%n",
          median(curls) / median(ours), median(synced) / median(ours));
      List<String> small = new ArrayList<>(List.of("env", "JAVA_TOOL_OPTIONS=-Xmx64m"));
      small.addAll(pull(install));
      double seconds = seconds(small, folder, hub.endpoint().toString());
      System.out.printf("with a heap of 64 MiB: %.1f s%n", seconds);
    } finally {
      clear(folder);
      Files.deleteIfExists(file);
    }
  }

  private static void write(Path file, int mebibytes) throws IOException {
    byte[] block = Content.gguf(1 << 20, 1);
    Random random = new Random(2);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < mebibytes; i++) {
        out.write(block);
        random.nextBytes(block);
      }
    }
  }

  private static List<String> curl(ModelHub hub, Path folder, boolean isSynced) {
    String target = folder.resolve("curl.gguf").toString();
    String fetch =
        "curl -sSLf -o '%s' '%s/o/r/resolve/main/m.gguf'".formatted(target, hub.endpoint());
    return List.of("sh", "-c", isSynced ? fetch + " && sync '" + target + "'" : fetch);
  }

  private static List<String> pull(Path install) {
    return List.of(
        install.resolve("bin").resolve("cmdai").toString(),
        "models",
        "pull",
        "--force",
        "-q",
        "hf:o/r/m.gguf");
  }

  /** Begins with nothing left to write: one's own bytes on the disk must not wait for others'. */
  private static double seconds(List<String> command, Path folder, String endpoint)
      throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("CMDAI_HOME", folder.resolve("home").toString());
    builder.environment().put("HF_ENDPOINT", endpoint);
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      throw new IOException(command + " ended with " + status);
    }
    return seconds;
  }

  private static void clear(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve("curl.gguf"));
    if (Files.exists(folder.resolve("home"))) {
      try (Stream<Path> all = Files.walk(folder.resolve("home"))) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void report(String name, double[] seconds, int mebibytes) {
    System.out.printf(
        "%-28s %6.2f s, %5.0f MiB/s %s%n",
        name, median(seconds), mebibytes / median(seconds), Arrays.toString(seconds));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
