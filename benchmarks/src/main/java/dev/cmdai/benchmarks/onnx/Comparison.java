package dev.cmdai.benchmarks.onnx;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Rounds of the same reply by the ONNX session, by {@code OrtSession.run} alone, and by llama.cpp.
 *
 * <p>The bare time is that of the calls alone, with the same numbers of tokens: what no program on
 * ONNX Runtime can do without.
 */
final class Comparison {
  private static final int GENERATED = Integer.getInteger("maxTokens", 48);

  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private static final List<String> REQUESTS =
      List.of(
          "find all python files larger than ten megabytes in Downloads and delete them",
          "show the ten largest files below /var/log with their sizes",
          "copy every picture from ~/Pictures to /media/backup");

  private final Tokenizer tokenizer;
  private final List<Measured> sessions = new ArrayList<>();
  private final List<Measured> alone = new ArrayList<>();
  private final List<Measured> llamas = new ArrayList<>();

  Comparison(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** An empty one for the same model. */
  Comparison(Comparison other) {
    this(other.tokenizer);
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

  void add(ModelSession onnx, BareRuns bare, ModelSession llama, int rounds) throws Exception {
    List<Work> works = new ArrayList<>();
    for (String request : REQUESTS) {
      works.add(Work.of(measure(onnx, request), tokenizer.encode(request, false, true)));
    }
    for (int round = 0; round < rounds; round++) {
      String request = REQUESTS.get(round % REQUESTS.size());
      Work work = works.get(round % REQUESTS.size());
      // Who comes after llama.cpp finds its weights in the processor's caches: so they take turns.
      Measured bareFirst = round % 2 == 0 ? measure(bare, work) : null;
      sessions.add(measure(onnx, request));
      alone.add(bareFirst == null ? measure(bare, work) : bareFirst);
      llamas.add(measure(llama, request));
    }
  }

  void print() {
    System.out.printf("%-34s %10s %12s %10s%n", "median", "session", "run() alone", "llama.cpp");
    row("whole reply, ms", m -> m.total / 1e6);
    row("generation, ms a token", m -> m.generation / 1e6 / m.steps);
    row("generation, tokens/s", m -> m.steps * 1e9 / m.generation);
    System.out.printf(
        "session / run() alone: whole reply %.3f, its CPU %.3f, generation %.3f%n",
        ratio(Measured::total), ratio(Measured::cpu), ratio(Measured::generation));
  }

  /** As many tokens as the session computes: the request's, and as many steps. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Work(int[] prompt, int steps) {
    static Work of(Measured session, int[] tokens) {
      int[] prompt = new int[session.promptTokens];
      Arrays.setAll(prompt, i -> tokens[i % tokens.length]);
      return new Work(prompt, session.steps);
    }
  }

  private static Measured measure(BareRuns bare, Work work) throws Exception {
    BareRuns.Times times = bare.run(work.prompt, work.steps);
    return new Measured(
        work.prompt.length, work.steps, times.total(), times.generation(), times.cpu());
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

  static Completion complete(ModelSession session, String request) throws Exception {
    return session.complete(
        CompletionRequest.builder(List.of(ChatMessage.system("Linux"), ChatMessage.user(request)))
            .maxTokens(GENERATED)
            .build(),
        TokenListener.NONE);
  }

  private void row(String name, ToDoubleFunction<Measured> value) {
    System.out.printf(
        "%-34s %10.2f %12.2f %10.2f%n",
        name, median(sessions, value), median(alone, value), median(llamas, value));
  }

  /** The median of each round's ratio: both halves of a round meet the same machine. */
  private double ratio(ToDoubleFunction<Measured> value) {
    double[] ratios = new double[sessions.size()];
    Arrays.setAll(
        ratios, i -> value.applyAsDouble(sessions.get(i)) / value.applyAsDouble(alone.get(i)));
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
