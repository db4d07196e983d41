package dev.cmdai.gguf.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordCacheTest {
  private static byte[] word(Random random, int length, int letters) {
    byte[] word = new byte[length];
    for (int i = 0; i < length; i++) {
      word[i] = (byte) random.nextInt(letters);
    }
    return word;
  }

  /** Ids that depend on every byte of a word. */
  private static int[] ids(byte[] word) {
    int hash = Arrays.hashCode(word) & Integer.MAX_VALUE;
    int[] ids = new int[hash % 5];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (hash >>> i) + i;
    }
    return ids;
  }

  @Test
  void whatItKnowsIsWhatWasPut() {
    WordCache cache = new WordCache();
    Random random = new Random(3);
    int known = 0;
    for (int round = 0; round < 400_000; round++) {
      // Few letters, zero among them, so that words repeat and differ in their length alone.
      int length = 1 + random.nextInt(random.nextBoolean() ? 5 : WordCache.LONGEST);
      byte[] word = word(random, length, length < 6 ? 4 : 2);
      int before = random.nextInt(3);
      int behind = random.nextInt(20);
      byte[] text = word(random, before + length + behind, 256);
      System.arraycopy(word, 0, text, before, length);
      int[] expected = ids(word);
      Ids found = new Ids();
      found.add(-5);
      if (cache.get(text, before, length, found)) {
        known++;
        assertThat(found.size()).isEqualTo(1 + expected.length);
        for (int i = 0; i < expected.length; i++) {
          assertThat(found.get(1 + i)).isEqualTo(expected[i]);
        }
      } else {
        for (int id : expected) {
          found.add(id);
        }
        cache.put(text, before, length, found, 1);
      }
    }
    assertThat(known).isGreaterThan(100_000);
  }

  @Test
  void itBeginsAnewWhenItIsFull() {
    WordCache cache = new WordCache();
    Map<Integer, Integer> counts = new HashMap<>();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 30_000; i++) {
        byte[] word = ("word " + i).getBytes(UTF_8);
        Ids ids = new Ids();
        if (!cache.get(word, 0, word.length, ids)) {
          for (int k = 0; k < 20; k++) {
            ids.add(i + k);
          }
          cache.put(word, 0, word.length, ids, 0);
        }
        assertThat(ids.size()).isEqualTo(20);
        assertThat(ids.get(0)).isEqualTo(i);
        assertThat(ids.get(19)).isEqualTo(i + 19);
        counts.merge(i, 1, Integer::sum);
      }
    }
    assertThat(counts).hasSize(30_000);
  }

  @Test
  void longTextsHaveTheTokensOfTheirWordsByThemselves() throws GgufException {
    GgufTokenizer tokenizer = SampleVocabularies.of("gpt-4o").open();
    Random random = new Random(4);
    List<String> words = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      StringBuilder word = new StringBuilder(" ");
      int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 100 : 8);
      for (int k = 0; k < length; k++) {
        word.append("abhelo".charAt(random.nextInt(6)));
      }
      words.add(word.toString());
      text.append(word);
    }
    int[] first = tokenizer.encode(text, false, false);
    int[] second = tokenizer.encode(text, false, false);
    assertThat(second).isEqualTo(first);
    Ids single = new Ids();
    GgufTokenizer fresh = SampleVocabularies.of("gpt-4o").open();
    for (int i = 0; i < words.size(); i++) {
      if (i % 10_000 == 0) {
        fresh = SampleVocabularies.of("gpt-4o").open();
      }
      // An array that ends where the word does.
      for (int id : fresh.encode(words.get(i).getBytes(UTF_8), false, false)) {
        single.add(id);
      }
    }
    assertThat(single.toArray()).isEqualTo(first);
  }
}
