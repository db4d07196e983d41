package dev.cmdai.benchmarks;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.Sampling;
import dev.cmdai.api.TokenListener;
import dev.cmdai.kit.natives.NativeLibraries;
import dev.cmdai.llamacpp.LlamaCppBackend;
import dev.cmdai.llamacpp.binding.ContextParameters;
import dev.cmdai.llamacpp.binding.LlamaContext;
import dev.cmdai.llamacpp.binding.LlamaLibrary;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.ModelParameters;
import dev.cmdai.llamacpp.binding.Sampler;
import dev.cmdai.llamacpp.binding.StopFlag;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a session costs on top of llama.cpp: prompt and generation through {@link ModelSession},
 * beside a bare loop of decode and sample on the same library, model file and number of threads, in
 * alternating rounds of one process ({@code SessionBenchmark FILE}).
 */
public final class SessionBenchmark {
  private static final int ROUNDS = Integer.getInteger("rounds", 15);

  /** Long enough for the JIT to have seen the session's code, also with a model that is quick. */
  private static final long WARM_UP_NANOS = 8_000_000_000L;

  private static final int GENERATED = 64;

  private static final String REQUEST = "find all files larger than ten megabytes ".repeat(10);

  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private final Path file;
  private final HostEnvironment environment;

  private SessionBenchmark(Path file, HostEnvironment environment) {
    this.file = file;
    this.environment = environment;
  }

  /** Runs the benchmark and prints its table. */
  public static void main(String[] args) throws Exception {
    Path cache = Files.createDirectories(Path.of("target", "benchmark-cache"));
    new SessionBenchmark(Path.of(args[0]), HostEnvironment.builder(cache).build()).run();
  }

  private void run() throws Exception {
    int threads = Integer.getInteger("threads", 1);
    OpenOptions options = OpenOptions.builder(environment).threads(threads).build();
    long start = System.nanoTime();
    try (ModelSession session =
            new LlamaCppBackend()
                .open(
                    ModelReference.local("benchmark", "gguf", file, 0),
                    options,
                    LoadListener.NONE);
        Bare bare = bare(threads)) {
      System.out.printf("%s, %d threads, %d rounds%n", file, threads, ROUNDS);
      System.out.printf(
          "load, with the JVM cold      %8.1f ms%n", millis(System.nanoTime() - start));
      CompletionRequest request = request();
      List<Measured> throughSession = new ArrayList<>();
      List<Measured> bareLoop = new ArrayList<>();
      Measured first = measure(session, request);
      int promptTokens = first.promptTokens;
      int decodedTokens = first.decodedTokens;
      long warm = System.nanoTime() + WARM_UP_NANOS;
      for (int round = 0; throughSession.size() < ROUNDS; round++) {
        boolean counts = System.nanoTime() - warm >= 0;
        // Whoever comes second finds warmer caches, so they take turns.
        Measured other = round % 2 == 0 ? bare.measure(promptTokens, decodedTokens) : null;
        Measured one = measure(session, request);
        if (other == null) {
          other = bare.measure(promptTokens, decodedTokens);
        }
        if (counts) {
          throughSession.add(one);
          bareLoop.add(other);
        }
      }
      print(throughSession, bareLoop);
    }
  }

  private static CompletionRequest request() {
    return CompletionRequest.builder(
            List.of(ChatMessage.system("Linux"), ChatMessage.user(REQUEST)))
        .sampling(Sampling.GREEDY)
        .maxTokens(GENERATED)
        .build();
  }

  /** One round, times in nanoseconds. */
  private record Measured(
      int promptTokens, int decodedTokens, long prompt, long firstToken, long total, long cpu) {}

  private static Measured measure(ModelSession session, CompletionRequest request)
      throws Exception {
    long cpu = THREAD.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    Completion completion = session.complete(request, TokenListener.NONE);
    long total = System.nanoTime() - start;
    // The last token is not computed further when it is the last one allowed.
    int generated = completion.usage().generatedTokens();
    boolean ended = completion.finishReason() == FinishReason.END_OF_TEXT;
    return new Measured(
        completion.usage().promptTokens(),
        ended ? generated : generated - 1,
        completion.timings().prompt().toNanos(),
        completion.timings().firstToken().toNanos(),
        total,
        THREAD.getCurrentThreadCpuTime() - cpu);
  }

  private static void print(List<Measured> session, List<Measured> bare) {
    Measured first = session.getFirst();
    System.out.printf(
        "%d prompt tokens, %d computed after them%n", first.promptTokens, first.decodedTokens);
    System.out.printf("%-26s %10s %10s %8s%n", "median", "session", "bare", "ratio");
    row("prompt, tokens/s", rate(session, true), rate(bare, true));
    row("generation, tokens/s", rate(session, false), rate(bare, false));
    row(
        "first token, ms",
        median(session, m -> millis(m.firstToken)),
        median(bare, m -> millis(m.firstToken)));
    // With one thread this is all the work, whatever else the machine does.
    row(
        "calling thread's CPU, ms",
        median(session, m -> millis(m.cpu)),
        median(bare, m -> millis(m.cpu)));
    row(
        "whole completion, ms",
        median(session, m -> millis(m.total)),
        median(bare, m -> millis(m.total)));
  }

  private static void row(String name, double session, double bare) {
    System.out.printf("%-26s %10.2f %10.2f %8.3f%n", name, session, bare, session / bare);
  }

  private static double rate(List<Measured> rounds, boolean prompt) {
    return median(
        rounds,
        m ->
            prompt
                ? m.promptTokens * 1e9 / m.prompt
                : m.decodedTokens * 1e9 / (m.total - m.prompt));
  }

  private static double median(
      List<Measured> rounds, java.util.function.ToDoubleFunction<Measured> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private Bare bare(int threads) throws Exception {
    NativeLibraries libraries = LlamaNatives.unpacked(environment.nativeCache(), Diagnostics.NONE);
    LlamaLibrary library = LlamaLibrary.load(libraries, Diagnostics.NONE);
    try (StopFlag stop = StopFlag.falseToStop()) {
      LlamaModel model =
          Objects.requireNonNull(
              LlamaModel.load(library, new ModelParameters(file, -1, false, null), stop));
      int length = Math.min(4096, model.trainedContextLength());
      LlamaContext context =
          Objects.requireNonNull(
              model.newContext(new ContextParameters(length, Math.min(2048, length), threads)));
      return new Bare(library, model, context);
    }
  }

  /** Tokenise once, decode, sample: what the smallest program on llama.cpp does, and no more. */
  private record Bare(LlamaLibrary library, LlamaModel model, LlamaContext context)
      implements AutoCloseable {

    Measured measure(int promptTokens, int decodedTokens) {
      long cpu = THREAD.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      int[] text = model.vocabulary().tokenize(REQUEST, false, true);
      // The chat template's own tokens come on top.
      int[] prompt = new int[promptTokens];
      Arrays.setAll(prompt, i -> text[i % text.length]);
      try (Sampler sampler =
          Objects.requireNonNull(
              Sampler.create(
                  library, model.vocabulary(), Sampling.GREEDY, Optional.empty(), prompt))) {
        context.clear();
        context.decode(prompt, 0, prompt.length);
        long prompted = System.nanoTime();
        int[] next = new int[1];
        next[0] = context.sample(sampler);
        long firstToken = System.nanoTime();
        for (int i = 0; i < decodedTokens; i++) {
          context.decode(next, 0, 1);
          next[0] = context.sample(sampler);
        }
        long end = System.nanoTime();
        return new Measured(
            promptTokens,
            decodedTokens,
            prompted - start,
            firstToken - start,
            end - start,
            THREAD.getCurrentThreadCpuTime() - cpu);
      }
    }

    @Override
    public void close() {
      context.close();
      model.close();
    }
  }
}
