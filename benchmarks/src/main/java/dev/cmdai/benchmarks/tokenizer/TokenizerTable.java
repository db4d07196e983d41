package dev.cmdai.benchmarks.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prints what the tokenizers are worth beside others, in one run of about ten minutes ({@code
 * TokenizerTable FOLDER-OR-FILE...}). What counts is the ratio: all take turns on the same text and
 * the same thread, and what is measured is that thread's processor time.
 */
public final class TokenizerTable {
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int BYTES = Integer.getInteger("bytes", 4 << 20);

  /** Sections to print: any of speed, document, load, adversarial, batch, fresh. */
  private static final List<String> SECTIONS =
      List.of(
          System.getProperty("sections", "speed,load,batch,adversarial,fresh,document")
              .split(",", -1));

  /** The files of a folder that are measured unless -Dvocabulary names others. */
  private static final List<String> USUAL =
      List.of(
          System.getProperty(
                  "vocabulary",
                  "gpt-2,qwen2,falcon,command-r,llama-bpe,gpt-4o,deepseek-llm,deepseek-coder,"
                      + "deepseek-v3,tekken,starcoder,gemma3-as-gemma4,whitespace-lower,hybriddna,"
                      + "llama-spm,gemma2-spm,bert-bge,t5-fr-ugm,ugm-ja8k,rwkv-world,plamo2-synth")
              .split(",", -1));

  /** Vocabularies for which a whole document is one text, and llama.cpp takes quadratic time. */
  private static final List<String> DOCUMENTS = List.of("gemma2-spm", "gemma3-as-gemma4");

  private static final List<String> WITHOUT_TILDE =
      List.of("deepseek-v3", "hunyuan-dense", "joyai-llm", "afmoe");

  private static final List<String> FRESH = List.of("gpt-2", "llama-bpe", "qwen2", "llama-spm");

  /** Until the virtual machine has compiled what is measured; processor time. */
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  /** For native code, which only fills its caches. */
  private static final long NATIVE_WARM_UP_NANOS = 200_000_000L;

  /** A shorter round says little. */
  private static final long ROUND_NANOS = 200_000_000L;

  private final Corpus corpus;
  private final byte[][] pieces;
  private final List<Vocabulary> vocabularies;

  /** A file and what it is called. */
  record Vocabulary(String name, Path file) {
    static Vocabulary of(Path file) {
      String name = file.getFileName().toString();
      return new Vocabulary(name.replace("ggml-vocab-", "").replace(".gguf", ""), file);
    }
  }

  private TokenizerTable(List<Vocabulary> vocabularies) throws IOException {
    this.vocabularies = vocabularies;
    corpus = Corpus.ofBytes(BYTES);
    pieces = corpus.pieces().stream().map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new);
  }

  /** Runs everything and prints its tables in Markdown. */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Measure.onBigStack(() -> new TokenizerTable(vocabularies(args)).run());
    System.exit(0); // DJL leaves threads behind
  }

  private static List<Vocabulary> vocabularies(String[] args) throws IOException {
    Path path = Path.of(args[0]);
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        return files
            .filter(file -> file.toString().endsWith(".gguf"))
            .map(Vocabulary::of)
            .filter(vocabulary -> USUAL.contains(vocabulary.name))
            .sorted((a, b) -> USUAL.indexOf(a.name) - USUAL.indexOf(b.name))
            .toList();
      }
    }
    if (!Files.exists(path)) {
      System.out.printf("There is no %s: the bundled model alone is measured.%n%n", path);
      return List.of(Vocabulary.of(Path.of(args[1])));
    }
    return List.of(Vocabulary.of(path));
  }

  private void run() throws Exception {
    long bytes = Arrays.stream(pieces).mapToLong(piece -> piece.length).sum();
    System.out.printf(
        "%,d bytes of English, code and CJK (%s) in %,d pieces; %d rounds; load average %.1f%n",
        bytes,
        corpus.origin(),
        pieces.length,
        ROUNDS,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    if (!Files.isDirectory(Rival.HuggingFace.folder())) {
      System.out.printf(
          "No Hugging Face column: there is no %s (benchmarks/huggingface/fetch).%n",
          Rival.HuggingFace.folder());
    }
    section("speed", this::speed);
    section("load", this::load);
    section("batch", this::batch);
    section("adversarial", this::adversarial);
    section("fresh", this::fresh);
    section("document", this::document);
  }

  private static void section(String name, Measure.Work work) throws Exception {
    if (SECTIONS.contains(name)) {
      System.out.println();
      work.run();
    }
  }

  /** Pieces of 2 KB, and whether the ids are the same. */
  private void speed() throws Exception {
    System.out.println(
        "MB/s of processor time, 2 KB pieces; *bytes* from UTF-8, as llama.cpp; *string* from and"
            + " for Java, as the others; bytes on the heap per token: encode, encodeInto");
    System.out.println();
    System.out.println(
        "| vocabulary | model | pre | texts | mismatches | bytes | string | llama.cpp | HF |"
            + " jtokkit | ×llama.cpp | ×HF | ×jtokkit | B/token | into |");
    System.out.println("|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (Vocabulary vocabulary : vocabularies) {
      GgufTokenizer tokenizer = GgufTokenizer.load(vocabulary.file);
      try (Rival.LlamaCpp llama = Rival.LlamaCpp.load(vocabulary.file)) {
        int mismatches = mismatches(tokenizer, llama);
        Optional<Rival> face = Rival.HuggingFace.load(vocabulary.name);
        Optional<Rival> jtokkit = Rival.Jtokkit.load(vocabulary.name);
        double[] rates =
            rates(
                Rival.ofBytes(tokenizer),
                Rival.ofString(tokenizer),
                llama,
                face.orElse(null),
                jtokkit.orElse(null));
        face.ifPresent(Rival::close);
        System.out.printf(
            "| %s | %s | %s | %d | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s |%n",
            vocabulary.name,
            tokenizer.modelType(),
            tokenizer.preType(),
            pieces.length,
            mismatches,
            cell(rates[0]),
            cell(rates[1]),
            cell(rates[2]),
            cell(rates[3]),
            cell(rates[4]),
            cell(rates[0] / rates[2]),
            cell(rates[1] / rates[3]),
            cell(rates[1] / rates[4]),
            allocations(tokenizer));
      }
    }
  }

  private int mismatches(GgufTokenizer tokenizer, Rival.LlamaCpp llama) {
    int mismatches = 0;
    for (String text : corpus.pieces()) {
      // llama.cpp of the build that we measure does not take ~ for a sign here; later ones do.
      boolean withoutTilde = WITHOUT_TILDE.contains(tokenizer.preType());
      byte[] piece = (withoutTilde ? text.replace('~', '|') : text).getBytes(UTF_8);
      boolean same = Arrays.equals(tokenizer.encode(piece, false, false), llama.ids(piece));
      mismatches += same ? 0 : 1;
    }
    return mismatches;
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "" : String.format(value < 20 ? "%.2f" : "%.1f", value);
  }

  /** Megabytes a second of each rival; not a number for one that is not there. */
  private double[] rates(@Nullable Rival... rivals) throws Exception {
    double[][] rates = new double[rivals.length][ROUNDS];
    for (Rival rival : rivals) {
      if (rival != null) {
        warmUp(rival);
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rivals.length; i++) {
        // Whoever comes later finds warmer caches, so they take turns.
        int turn = (i + round) % rivals.length;
        Rival rival = rivals[turn];
        rates[turn][round] = rival == null ? Double.NaN : rate(rival, round);
      }
    }
    return Arrays.stream(rates).mapToDouble(Measure::median).toArray();
  }

  private void warmUp(Rival rival) throws Exception {
    boolean isNative = rival instanceof Rival.LlamaCpp || rival instanceof Rival.HuggingFace;
    long left = isNative ? NATIVE_WARM_UP_NANOS : WARM_UP_NANOS;
    for (int i = 0; left > 0; i++) {
      int piece = i % pieces.length;
      left -= Measure.cpuNanos(() -> rival.encode(pieces[piece], corpus.pieces().get(piece)));
    }
  }

  /** One round: other pieces in each, and at least so many that it takes a while. */
  private double rate(Rival rival, int round) throws Exception {
    int window = Math.max(1, pieces.length / ROUNDS);
    long[] done = new long[1];
    long nanos = 0;
    for (int pass = 0; nanos < ROUND_NANOS; pass++) {
      int from = (round + pass) % ROUNDS * window;
      nanos +=
          Measure.cpuNanos(() -> {
            for (int i = from; i < from + window; i++) {
              rival.encode(pieces[i], corpus.pieces().get(i));
              done[0] += pieces[i].length;
            }
          });
    }
    return done[0] / (nanos / 1e9) / 1e6;
  }

  /** Bytes taken from the heap for each token, by encode and by encodeInto. */
  private String allocations(GgufTokenizer tokenizer) throws Exception {
    int[] target = new int[1 << 16];
    long[] tokens = new long[1];
    long encode =
        Measure.allocatedBytes(() -> {
          for (byte[] piece : pieces) {
            tokens[0] += tokenizer.encode(piece, false, false).length;
          }
        });
    long into =
        Measure.allocatedBytes(() -> {
          for (byte[] piece : pieces) {
            tokenizer.encodeInto(piece, false, false, target);
          }
        });
    return String.format("%.2f | %.3f", (double) encode / tokens[0], (double) into / tokens[0]);
  }

  private void load() throws Exception {
    System.out.println(
        "Load, ms of wall time in a warm process; *used*: load and one piece of 2 KB, because ours"
            + " leaves to the first text what llama.cpp does in loading");
    System.out.println();
    System.out.println("| vocabulary | ours | llama.cpp | ÷ | ours, used | llama.cpp, used | ÷ |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|");
    for (Vocabulary vocabulary : vocabularies) {
      double[][] millis = new double[4][ROUNDS];
      for (int i = -3; i < ROUNDS; i++) {
        double[] round = loads(vocabulary.file);
        for (int j = 0; i >= 0 && j < round.length; j++) {
          millis[j][i] = round[j];
        }
      }
      double[] medians = Arrays.stream(millis).mapToDouble(Measure::median).toArray();
      System.out.printf(
          "| %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f |%n",
          vocabulary.name,
          medians[0],
          medians[1],
          medians[0] / medians[1],
          medians[2],
          medians[3],
          medians[2] / medians[3]);
    }
  }

  /** Milliseconds to load ours and llama.cpp's, and to load and use ours and llama.cpp's. */
  private double[] loads(Path file) throws Exception {
    GgufTokenizer[] ours = new GgufTokenizer[1];
    double load = Measure.wallNanos(() -> ours[0] = GgufTokenizer.load(file)) / 1e6;
    double use = Measure.wallNanos(() -> ours[0].encode(pieces[0], false, false)) / 1e6;
    Rival.LlamaCpp[] theirs = new Rival.LlamaCpp[1];
    double otherLoad = Measure.wallNanos(() -> theirs[0] = Rival.LlamaCpp.load(file)) / 1e6;
    double otherUse = Measure.wallNanos(() -> theirs[0].ids(pieces[0])) / 1e6;
    theirs[0].close();
    return new double[] {load, otherLoad, load + use, otherLoad + otherUse};
  }

  private void batch() throws Exception {
    Vocabulary vocabulary = vocabularies.getFirst();
    GgufTokenizer tokenizer = GgufTokenizer.load(vocabulary.file);
    double[] ratios = new double[Math.max(ROUNDS, 9)];
    for (int i = -5; i < ratios.length; i++) {
      long alone =
          Measure.wallNanos(
              () -> corpus.pieces().forEach(piece -> tokenizer.encode(piece, false, false)));
      long together = Measure.wallNanos(() -> tokenizer.encodeBatch(corpus.pieces(), false, false));
      if (i >= 0) {
        ratios[i] = (double) alone / together;
      }
    }
    System.out.printf(
        "encodeBatch against encode on one thread, %s, %d processors: %.2f times as fast (at best"
            + " %.2f)%n",
        vocabulary.name,
        Runtime.getRuntime().availableProcessors(),
        Measure.median(ratios),
        Arrays.stream(ratios).max().orElse(Double.NaN));
  }

  private void adversarial() throws Exception {
    System.out.println("ms of processor time for 1 MB, and how often as much for 2 MB");
    System.out.println();
    Adversarial.printHead();
    for (Vocabulary vocabulary : vocabularies) {
      Adversarial.printRow(vocabulary.name, GgufTokenizer.load(vocabulary.file));
    }
  }

  private void fresh() throws Exception {
    FreshProcess processes = FreshProcess.prepare();
    System.out.printf(
        "Load and encode 2 KB in a process of its own, ms of wall time (llama.cpp's program is in"
            + " %s)%n%n",
        processes.name());
    System.out.println("| vocabulary | ours | llama.cpp | ours / llama.cpp |");
    System.out.println("|---|--:|--:|--:|");
    for (Vocabulary vocabulary : vocabularies) {
      if (FRESH.contains(vocabulary.name) || vocabularies.size() == 1) {
        processes.row(vocabulary.name, vocabulary.file, corpus.pieces().getFirst(), ROUNDS);
      }
    }
  }

  /** The whole document as one text. */
  private void document() throws Exception {
    System.out.println("The whole text at once, s of processor time");
    System.out.println();
    System.out.println("| vocabulary | ours | llama.cpp | × | same ids |");
    System.out.println("|---|--:|--:|--:|---|");
    byte[] text = corpus.text().getBytes(UTF_8);
    for (Vocabulary vocabulary : vocabularies) {
      if (!DOCUMENTS.contains(vocabulary.name)) {
        continue;
      }
      GgufTokenizer tokenizer = GgufTokenizer.load(vocabulary.file);
      try (Rival.LlamaCpp llama = Rival.LlamaCpp.load(vocabulary.file)) {
        int[][] ids = new int[2][];
        double[] seconds = new double[ROUNDS];
        for (int i = -3; i < ROUNDS; i++) {
          double once = Measure.cpuNanos(() -> ids[0] = tokenizer.encode(text, false, false)) / 1e9;
          if (i >= 0) {
            seconds[i] = once;
          }
        }
        double ours = Measure.median(seconds);
        double theirs = Measure.cpuNanos(() -> ids[1] = llama.ids(text)) / 1e9;
        System.out.printf(
            "| %s | %.3f | %.2f | %.0f | %s |%n",
            vocabulary.name,
            ours,
            theirs,
            theirs / ours,
            Arrays.equals(ids[0], ids[1]) ? "yes" : "NO");
      }
    }
  }
}
