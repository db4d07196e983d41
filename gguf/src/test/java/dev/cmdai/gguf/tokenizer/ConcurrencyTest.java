package dev.cmdai.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One tokenizer, many threads. */
class ConcurrencyTest {
  private static final int THREADS = 24;
  private static final int TEXTS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gemma4", "bert", "t5-charsmap", "rwkv", "plamo2"})
  void manyThreadsGetWhatOneGets(String kind) throws Exception {
    List<String> texts = new ArrayList<>();
    Random random = new Random(kind.hashCode());
    for (int i = 0; i < TEXTS; i++) {
      texts.add(SampleVocabularies.text(random, random.nextInt(200)));
    }
    List<int[]> expected = encodeAll(SampleVocabularies.of(kind).open(), texts, 0);
    GgufTokenizer shared = SampleVocabularies.of(kind).open();
    try (ExecutorService platform = Executors.newFixedThreadPool(THREADS);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      CyclicBarrier start = new CyclicBarrier(2 * THREADS);
      List<Future<List<int[]>>> results = new ArrayList<>();
      for (int i = 0; i < 2 * THREADS; i++) {
        int first = i;
        results.add(
            (i % 2 == 0 ? platform : virtual)
                .submit(() -> {
                  start.await();
                  return encodeAll(shared, texts, first);
                }));
      }
      for (Future<List<int[]>> result : results) {
        for (int i = 0; i < TEXTS; i++) {
          assertThat(result.get().get(i)).isEqualTo(expected.get(i));
        }
      }
    }
  }

  /** Encodes all, beginning with one of them, and decodes them too. */
  private static List<int[]> encodeAll(GgufTokenizer tokenizer, List<String> texts, int first)
      throws GgufException {
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      all.add(new int[0]);
    }
    for (int i = 0; i < texts.size(); i++) {
      int index = (first + i) % texts.size();
      int[] ids = tokenizer.encode(texts.get(index), true, true);
      all.set(index, ids);
      String text = tokenizer.decode(ids, false, true);
      assertThat(tokenizer.decode(ids, false, true)).isEqualTo(text);
    }
    return all;
  }
}
