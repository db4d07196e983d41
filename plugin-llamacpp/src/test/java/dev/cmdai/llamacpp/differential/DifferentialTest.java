package dev.cmdai.llamacpp.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tokenizers of the gguf module answer what llama.cpp answers: for vocabularies made here, and
 * for the real ones where they lie beside the project.
 *
 * <p>{@code -Dtexts=N} texts for each vocabulary, {@code -Dseed=N} for others than the usual ones,
 * {@code -Dvocabulary=NAME} for some vocabularies only, {@code -Dtext=N} for a single text.
 */
class DifferentialTest {
  private static final Path REAL = Path.of("../../shared/data/vocab");

  private static final long SEED = Long.getLong("seed", 3);
  private static final long TEXTS = Long.getLong("texts", 2000);
  private static final long ONLY_TEXT = Long.getLong("text", -1);
  private static final String ONLY_VOCABULARY = System.getProperty("vocabulary", "");

  /** For names that differ from others in flags alone. */
  private static final int TEXTS_FOR_FLAGS = 100;

  private static final int WORKERS = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** Failing texts that are made smaller, which takes a while. */
  private static final int SHOWN = 3;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> vocabulariesMadeHere() {
    Map<String, VocabularyFile> files = OwnVocabularies.all();
    return files.entrySet().stream()
        .map(entry ->
            test(
                entry.getKey(), TEXTS, () -> entry.getValue().writeTo(folder.resolve("own.gguf"))));
  }

  @TestFactory
  Stream<DynamicTest> namesOfTheSamePreTokenizers() {
    return OwnVocabularies.OTHER_PRE_TYPES.stream()
        .map(pre ->
            test(
                "gpt2 " + pre,
                Math.min(TEXTS, TEXTS_FOR_FLAGS),
                () -> OwnVocabularies.bytePairs(pre).writeTo(folder.resolve("own.gguf"))));
  }

  @TestFactory
  Stream<DynamicTest> realVocabularies() throws IOException {
    if (!Files.isDirectory(REAL)) {
      return Stream.of(
          dynamicTest("real vocabularies", () -> abort("there is no folder " + REAL.normalize())));
    }
    try (Stream<Path> files = Files.list(REAL)) {
      return files
          .filter(file -> file.toString().endsWith(".gguf"))
          .sorted()
          .map(file ->
              test(
                  file.getFileName().toString().replace("ggml-vocab-", "").replace(".gguf", ""),
                  TEXTS,
                  () -> file))
          .toList()
          .stream();
    }
  }

  private static DynamicTest test(String name, long texts, Callable<Path> file) {
    return dynamicTest(
        name,
        () -> {
          if (!name.toLowerCase(Locale.ROOT).contains(ONLY_VOCABULARY.toLowerCase(Locale.ROOT))) {
            abort("not asked for");
          }
          Path path = file.call();
          try (NativeTokenizer theirs = NativeTokenizer.load(path)) {
            compare(name, texts, GgufTokenizer.load(path), theirs);
          }
        });
  }

  private static void compare(String name, long texts, GgufTokenizer ours, NativeTokenizer theirs)
      throws Exception {
    Comparison comparison = new Comparison(ours, theirs);
    List<String> problems = new ArrayList<>(comparison.tokens());
    Texts generator = texts(theirs);
    AtomicLong next = new AtomicLong(Math.max(0, ONLY_TEXT));
    long end = ONLY_TEXT < 0 ? texts : ONLY_TEXT + 1;
    Callable<List<Long>> worker =
        () -> {
          List<Long> failures = new ArrayList<>();
          for (long i = next.getAndIncrement(); i < end; i = next.getAndIncrement()) {
            if (comparison.difference(i, comparison.askable(generator.get(i))).isPresent()) {
              failures.add(i);
            }
          }
          return failures;
        };
    List<Long> failures =
        BigStack.all(java.util.Collections.nCopies(WORKERS, worker)).stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparingInt(i -> generator.get(i).length))
            .toList();
    if (!failures.isEmpty()) {
      problems.add(failures.size() + " of " + texts + " texts differ");
      BigStack.all(List.of(() -> problems.addAll(shown(failures, comparison, generator))));
    }
    assertThat(problems).as("%s, seed %d", name, SEED).isEmpty();
  }

  private static Texts texts(NativeTokenizer theirs) {
    List<byte[]> pieces = new ArrayList<>();
    List<byte[]> specials = new ArrayList<>();
    for (int id = 0; id < theirs.vocabulary().size(); id++) {
      byte[] piece = theirs.vocabulary().piece(id, true);
      pieces.add(piece);
      if (theirs.vocabulary().isSpecial(id) && piece.length > 0) {
        specials.add(piece);
      }
    }
    return new Texts(SEED, pieces, specials);
  }

  private static List<String> shown(List<Long> failures, Comparison comparison, Texts generator) {
    List<String> shown = new ArrayList<>();
    for (long i : failures.subList(0, Math.min(SHOWN, failures.size()))) {
      byte[] text =
          Comparison.smallest(
              comparison.askable(generator.get(i)),
              part -> comparison.difference(i, comparison.askable(part)).isPresent());
      byte[] asked = comparison.askable(text);
      shown.add(
          "text "
              + i
              + ", cut down to "
              + Comparison.shown(asked)
              + ": "
              + comparison.difference(i, asked).orElse("no difference any more"));
    }
    return shown;
  }
}
