package dev.cmdai.benchmarks.onnx;

import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import dev.cmdai.onnx.OnnxBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What keeping the state of a prompt's constant part on disk saves: the time until a prompt is
 * computed, in a session that computes and writes that part, in one that reads it, and in one that
 * keeps nothing ({@code PrefixBenchmark FOLDER ROUNDS WORDS}). The three take turns.
 */
public final class PrefixBenchmark {
  private static final int THREADS = Integer.getInteger("threads", 2);

  private final Path folder;
  private final HostEnvironment host;
  private final CompletionRequest request;

  private final List<Double> nothingKept = new ArrayList<>();
  private final List<Double> computed = new ArrayList<>();
  private final List<Double> restored = new ArrayList<>();

  private PrefixBenchmark(Path folder, int words) {
    this.folder = folder;
    host = HostEnvironment.builder(Path.of("target", "benchmark-cache")).build();
    List<ChatMessage> messages =
        List.of(
            ChatMessage.system("answer with one command and ".repeat(words / 5)),
            ChatMessage.user("list all files"));
    request = CompletionRequest.builder(messages).constantMessages(1).maxTokens(1).build();
  }

  /** Runs the benchmark and prints medians. */
  public static void main(String[] args) throws Exception {
    new PrefixBenchmark(Path.of(args[0]), Integer.parseInt(args[2])).run(Integer.parseInt(args[1]));
  }

  private void run(int rounds) throws Exception {
    Completion last = complete(false, new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      complete(false, nothingKept);
      deleteStates();
      complete(true, computed);
      last = complete(true, restored);
    }
    System.out.printf(
        "%s, %d threads, %d rounds: %d prompt tokens, %d of them restored, file of %,d bytes%n",
        folder,
        THREADS,
        rounds,
        last.usage().promptTokens(),
        last.usage().cachedTokens(),
        stateBytes());
    System.out.printf("prompt in ms: nothing kept %.0f, ", median(nothingKept));
    System.out.printf(
        "computed and kept %.0f, restored %.0f%n", median(computed), median(restored));
  }

  private Completion complete(boolean isCached, List<Double> times) throws Exception {
    OpenOptions options = OpenOptions.builder(host).threads(THREADS).prefixCached(isCached).build();
    ModelReference model = ModelReference.local("benchmark", "onnx", folder, 0);
    try (ModelSession session = new OnnxBackend().open(model, options, LoadListener.NONE)) {
      Completion completion = session.complete(request, TokenListener.NONE);
      times.add(completion.timings().prompt().toNanos() / 1e6);
      return completion;
    }
  }

  private List<Path> states() throws IOException {
    Path place = host.prefixCache();
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void deleteStates() throws IOException {
    for (Path file : states()) {
      Files.delete(file);
    }
  }

  private long stateBytes() throws IOException {
    long bytes = 0;
    for (Path file : states()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
