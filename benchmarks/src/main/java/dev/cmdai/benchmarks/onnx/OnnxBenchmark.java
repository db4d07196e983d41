package dev.cmdai.benchmarks.onnx;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import dev.cmdai.llamacpp.LlamaCppBackend;
import dev.cmdai.onnx.OnnxBackend;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the ONNX plugin costs on top of {@code OrtSession.run}, beside llama.cpp on the same model,
 * and whether memory grows ({@code OnnxBenchmark FOLDER FILE.gguf}).
 *
 * <p>All rounds alternate in one process. The bare time is that of the calls of {@code
 * OrtSession.run} alone, with the same numbers of tokens: what no program on ONNX Runtime can do
 * without.
 */
public final class OnnxBenchmark {
  private static final int ROUNDS = Integer.getInteger("rounds", 40);
  private static final int GENERATIONS = Integer.getInteger("generations", 1000);
  private static final int THREADS = Integer.getInteger("threads", 1);
  private static final int GENERATED = Integer.getInteger("maxTokens", 48);

  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  /** Long enough for the JIT to have seen the session's code. */
  private static final long WARM_UP_NANOS = 8_000_000_000L;

  private static final List<String> REQUESTS =
      List.of(
          "find all python files larger than ten megabytes in Downloads and delete them",
          "show the ten largest files below /var/log with their sizes",
          "copy every picture from ~/Pictures to /media/backup");

  private OnnxBenchmark() {}

  /** Runs the benchmark and prints its tables. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path cache = Files.createDirectories(Path.of("target", "benchmark-cache"));
    HostEnvironment host = HostEnvironment.builder(cache).build();
    System.out.printf("%s, %d threads, %d rounds%n", folder, THREADS, ROUNDS);
    try (ModelSession onnx = open(new OnnxBackend(), "onnx", folder, host);
        ModelSession llama = open(new LlamaCppBackend(), "gguf", Path.of(args[1]), host);
        BareRuns bare = BareRuns.of(folder, host, THREADS)) {
      compare(onnx, llama, bare);
      growth(onnx);
    }
  }

  private static ModelSession open(
      InferenceBackend backend, String format, Path path, HostEnvironment host) throws Exception {
    OpenOptions options =
        OpenOptions.builder(host).threads(THREADS).prefixCached(false).longLived(true).build();
    return backend.open(
        ModelReference.local("benchmark", format, path, 0), options, LoadListener.NONE);
  }

  /**
   * One reply.
   *
   * @param promptTokens how many were computed in one step
   * @param steps how many tokens were computed one by one
   * @param total nanoseconds
   * @param generation nanoseconds of the steps
   * @param cpu nanoseconds that the calling thread computed
   */
  private record Measured(int promptTokens, int steps, long total, long generation, long cpu) {}

  private static void compare(ModelSession onnx, ModelSession llama, BareRuns bare)
      throws Exception {
    List<Measured> ours = new ArrayList<>();
    List<Measured> theirs = new ArrayList<>();
    List<Measured> alone = new ArrayList<>();
    List<Measured> sizes = new ArrayList<>();
    for (String request : REQUESTS) {
      sizes.add(measure(onnx, request));
    }
    long warm = System.nanoTime() + WARM_UP_NANOS;
    for (int round = 0; ours.size() < ROUNDS; round++) {
      boolean counts = System.nanoTime() - warm >= 0;
      String request = REQUESTS.get(round % REQUESTS.size());
      Measured size = sizes.get(round % REQUESTS.size());
      // Who comes after llama.cpp finds its weights in the processor's caches: so they take turns.
      Measured bareFirst = round % 2 == 0 ? measure(bare, size) : null;
      Measured one = measure(onnx, request);
      Measured run = bareFirst == null ? measure(bare, size) : bareFirst;
      Measured other = measure(llama, request);
      if (counts) {
        ours.add(one);
        theirs.add(other);
        alone.add(run);
      }
    }
    System.out.printf("%-34s %10s %12s %10s%n", "median", "session", "run() alone", "llama.cpp");
    row("whole reply, ms", ours, alone, theirs, m -> m.total / 1e6);
    row("generation, ms a token", ours, alone, theirs, m -> m.generation / 1e6 / m.steps);
    row("generation, tokens/s", ours, alone, theirs, m -> m.steps * 1e9 / m.generation);
    System.out.printf(
        "session / run() alone: whole reply %.3f, its CPU %.3f, generation %.3f%n",
        ratio(ours, alone, Measured::total),
        ratio(ours, alone, Measured::cpu),
        ratio(ours, alone, Measured::generation));
  }

  private static Measured measure(BareRuns bare, Measured size) throws Exception {
    BareRuns.Times times = bare.run(size.promptTokens, size.steps);
    return new Measured(
        size.promptTokens, size.steps, times.total(), times.generation(), times.cpu());
  }

  private static Measured measure(ModelSession session, String request) throws Exception {
    long start = System.nanoTime();
    long startCpu = THREAD.getCurrentThreadCpuTime();
    Completion completion = complete(session, request);
    long cpu = THREAD.getCurrentThreadCpuTime() - startCpu;
    long total = System.nanoTime() - start;
    int generated = completion.usage().generatedTokens();
    // The last token is not computed further when it is the last one allowed.
    int steps = completion.finishReason() == FinishReason.END_OF_TEXT ? generated : generated - 1;
    return new Measured(
        completion.usage().promptTokens(),
        steps,
        total,
        completion.timings().generation().toNanos(),
        cpu);
  }

  private static Completion complete(ModelSession session, String request) throws Exception {
    return session.complete(
        CompletionRequest.builder(List.of(ChatMessage.system("Linux"), ChatMessage.user(request)))
            .maxTokens(GENERATED)
            .build(),
        TokenListener.NONE);
  }

  private static void growth(ModelSession session) throws Exception {
    long before = residentKilobytes();
    for (int i = 0; i < GENERATIONS; i++) {
      complete(session, REQUESTS.get(i % REQUESTS.size()) + " " + i);
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

  private static void row(
      String name,
      List<Measured> session,
      List<Measured> alone,
      List<Measured> llama,
      ToDoubleFunction<Measured> value) {
    System.out.printf(
        "%-34s %10.2f %12.2f %10.2f%n",
        name, median(session, value), median(alone, value), median(llama, value));
  }

  /** The median of each round's ratio: both halves of a round meet the same machine. */
  private static double ratio(
      List<Measured> session, List<Measured> alone, ToDoubleFunction<Measured> value) {
    double[] ratios = new double[session.size()];
    Arrays.setAll(
        ratios, i -> value.applyAsDouble(session.get(i)) / value.applyAsDouble(alone.get(i)));
    return median(ratios);
  }

  private static double median(List<Measured> rounds, ToDoubleFunction<Measured> value) {
    return median(rounds.stream().mapToDouble(value).toArray());
  }

  private static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
