package dev.cmdai.benchmarks.onnx;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.llamacpp.LlamaCppBackend;
import dev.cmdai.onnx.OnnxBackend;
import dev.cmdai.onnx.tokenizer.HuggingFaceTokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What the ONNX plugin costs on top of {@code OrtSession.run}, beside llama.cpp on the same model,
 * and whether memory grows ({@code OnnxBenchmark FOLDER FILE.gguf}).
 *
 * <p>All rounds alternate in one process, and all sessions are opened several times: where weights
 * come to lie in memory makes one copy of a model up to a tenth faster than another.
 */
public final class OnnxBenchmark {
  private static final int ROUNDS = Integer.getInteger("rounds", 160);
  private static final int OPENINGS = 8;
  private static final int GENERATIONS = Integer.getInteger("generations", 1000);
  private static final int THREADS = Integer.getInteger("threads", 1);

  /** Long enough for the JIT to have seen the session's code. */
  private static final long WARM_UP_NANOS = 8_000_000_000L;

  private final Path folder;
  private final Path gguf;
  private final HostEnvironment host;
  private final Comparison comparison;

  private OnnxBenchmark(Path folder, Path gguf, HostEnvironment host) throws BackendException {
    this.folder = folder;
    this.gguf = gguf;
    this.host = host;
    comparison = new Comparison(new HuggingFaceTokenizers().open(folder, host));
  }

  /** Runs the benchmark and prints its tables. */
  public static void main(String[] args) throws Exception {
    Path cache = Files.createDirectories(Path.of("target", "benchmark-cache"));
    new OnnxBenchmark(Path.of(args[0]), Path.of(args[1]), HostEnvironment.builder(cache).build())
        .run();
  }

  private void run() throws Exception {
    System.out.printf(
        "%s, %d threads, %d rounds in %d openings%n", folder, THREADS, ROUNDS, OPENINGS);
    long warm = System.nanoTime() + WARM_UP_NANOS;
    while (System.nanoTime() < warm) {
      compare(true, new Comparison(comparison));
    }
    for (int opening = 0; opening < OPENINGS; opening++) {
      compare(opening % 2 == 0, comparison);
    }
    comparison.print();
    try (ModelSession onnx = openOnnx()) {
      growth(onnx);
    }
  }

  private void compare(boolean isOnnxFirst, Comparison target) throws Exception {
    try (ModelSession first = isOnnxFirst ? openOnnx() : null;
        BareRuns bare = BareRuns.of(folder, host, THREADS);
        ModelSession llama = open(new LlamaCppBackend(), "gguf", gguf);
        ModelSession second = isOnnxFirst ? null : openOnnx()) {
      ModelSession onnx = first != null ? first : Objects.requireNonNull(second);
      target.add(onnx, bare, llama, ROUNDS / OPENINGS);
    }
  }

  private ModelSession openOnnx() throws BackendException {
    return open(new OnnxBackend(), "onnx", folder);
  }

  private ModelSession open(InferenceBackend backend, String format, Path path)
      throws BackendException {
    OpenOptions options =
        OpenOptions.builder(host).threads(THREADS).prefixCached(false).longLived(true).build();
    return backend.open(
        ModelReference.local("benchmark", format, path, 0), options, LoadListener.NONE);
  }

  private static void growth(ModelSession session) throws Exception {
    long before = residentKilobytes();
    for (int i = 0; i < GENERATIONS; i++) {
      Comparison.complete(session, "count the words of file number " + i);
    }
    long after = residentKilobytes();
    System.out.printf(
        "resident memory: %,d KB before, %,d KB after %,d more replies (%+,d KB)%n",
        before, after, GENERATIONS, after - before);
  }

  private static long residentKilobytes() throws Exception {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException("this system has no /proc/self/status");
  }
}
