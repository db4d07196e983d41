package dev.cmdai.benchmarks.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One piece of 2 KB after the other through one tokenizer, in time for each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true"})
public class EncodeBenchmark {
  /** The folder of the vocabularies. */
  @Param("../shared/data/vocab")
  public String folder = "";

  /** A vocabulary in it. */
  @Param({"gpt-2", "llama-bpe", "qwen2", "gpt-4o", "llama-spm"})
  public String vocabulary = "";

  /** Whose tokenizer: bytes and string are ours; huggingface and jtokkit know some only. */
  @Param({"bytes", "string", "llama.cpp"})
  public String tokenizer = "";

  private List<String> texts = List.of();
  private byte[][] pieces = {};
  private Rival rival = (utf8, text) -> 0;
  private int next;

  /** Loads the tokenizer. */
  @Setup
  public void load() throws Exception {
    texts = Corpus.ofBytes(4 << 20).pieces();
    pieces = texts.stream().map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new);
    Path file = Path.of(folder, "ggml-vocab-" + vocabulary + ".gguf");
    rival =
        switch (tokenizer) {
          case "bytes" -> Rival.ofBytes(GgufTokenizer.load(file));
          case "string" -> Rival.ofString(GgufTokenizer.load(file));
          case "llama.cpp" -> Rival.LlamaCpp.load(file);
          case "huggingface" -> Rival.HuggingFace.load(vocabulary).orElseThrow();
          case "jtokkit" -> Rival.Jtokkit.load(vocabulary).orElseThrow();
          default -> throw new IllegalArgumentException("no tokenizer is called " + tokenizer);
        };
  }

  /** Frees the tokenizer. */
  @TearDown
  public void close() {
    rival.close();
  }

  /** Encodes the next piece. */
  @Benchmark
  public int encode() {
    int i = next++ % pieces.length;
    return rival.encode(pieces[i], texts.get(i));
  }
}
