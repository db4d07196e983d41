package dev.cmdai.gguf.tokenizer;

import static dev.cmdai.gguf.tokenizer.TestVocabulary.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.gguf.GgufException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Algorithms that look at texts in parts, against the same ones over the whole text, with random
 * vocabularies of a few letters and scores that are often equal.
 */
class NaiveModelsTest {
  private static final int VOCABULARIES = 300;
  private static final String LETTERS = "abcé漢";

  /** Random texts with scores, the letters but for the last one always among them. */
  private static Map<String, Double> tokens(Random random) {
    Map<String, Double> tokens = new TreeMap<>();
    for (char letter : LETTERS.substring(0, 4).toCharArray()) {
      tokens.put(String.valueOf(letter), score(random));
    }
    for (int left = random.nextInt(15); left > 0; left--) {
      tokens.put(text(random, 2 + random.nextInt(4)), score(random));
    }
    return tokens;
  }

  private static double score(Random random) {
    return -1 - random.nextInt(12) / 4.0;
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    int letters = 1 + random.nextInt(LETTERS.length());
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(letters)));
    }
    return text.toString();
  }

  private interface Algorithm {
    List<String> split(Map<String, Double> tokens, String text);
  }

  private static void compare(TestVocabularyMaker maker, Algorithm algorithm) throws GgufException {
    Random random = new Random(31);
    for (int round = 0; round < VOCABULARIES; round++) {
      Map<String, Double> tokens = tokens(random);
      TestVocabulary vocabulary = maker.make();
      tokens.forEach(vocabulary::scored);
      GgufTokenizer tokenizer = vocabulary.open();
      for (int i = 0; i < 12; i++) {
        String text = text(random, random.nextInt(i == 0 ? 150 : 20));
        assertThat(split(tokenizer, text))
            .as("%s in %s", tokens, text)
            .isEqualTo(algorithm.split(tokens, text));
      }
    }
  }

  private interface TestVocabularyMaker {
    TestVocabulary make();
  }

  private static List<String> mergedByScore(Map<String, Double> tokens, String text) {
    List<String> symbols = new ArrayList<>(List.of(text.split("(?<=.)", -1)));
    symbols.removeIf(String::isEmpty);
    while (true) {
      int best = -1;
      double bestScore = Double.NEGATIVE_INFINITY;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        Double score = tokens.get(symbols.get(i) + symbols.get(i + 1));
        if (score != null && score > bestScore) {
          best = i;
          bestScore = score;
        }
      }
      if (best < 0) {
        break;
      }
      symbols.set(best, symbols.get(best) + symbols.get(best + 1));
      symbols.subList(best + 1, best + 2).clear();
    }
    return withBytes(tokens, symbols);
  }

  /** Symbols that are no tokens as their bytes: only one letter ever is none. */
  private static List<String> withBytes(Map<String, Double> tokens, List<String> symbols) {
    List<String> all = new ArrayList<>();
    for (String symbol : symbols) {
      all.addAll(
          tokens.containsKey(symbol) ? List.of(symbol) : List.of("<0xE6>", "<0xBC>", "<0xA2>"));
    }
    return all;
  }

  @Test
  void sentencePieceMergesAsOverTheWholeText() throws GgufException {
    compare(
        () -> TestVocabulary.llama().truth("add_space_prefix", false),
        NaiveModelsTest::mergedByScore);
  }

  @Test
  void unigramsFindTheBestSumOverTheWholeText() throws GgufException {
    compare(
        () ->
            TestVocabulary.of("t5")
                .control("<pad>", "</s>")
                .token("<unk>", TestVocabulary.UNKNOWN, 0),
        NaiveModelsTest::bestFromTheLeft);
  }

  private static List<String> bestFromTheLeft(Map<String, Double> tokens, String text) {
    double unknown = tokens.values().stream().mapToDouble(d -> d).min().orElseThrow() - 10;
    double[] best = new double[text.length() + 1];
    int[] starts = new int[text.length() + 1];
    for (int end = 1; end <= text.length(); end++) {
      best[end] = Double.NEGATIVE_INFINITY;
      for (int start = 0; start < end; start++) {
        Double score = tokens.get(text.substring(start, end));
        double sum =
            best[start] + (score != null ? score : end - start == 1 ? unknown : Double.NaN);
        if (sum > best[end]) {
          best[end] = sum;
          starts[end] = start;
        }
      }
    }
    List<String> parts = new ArrayList<>();
    for (int end = text.length(); end > 0; end = starts[end]) {
      String part = text.substring(starts[end], end);
      String name = tokens.containsKey(part) ? part : "<unk>";
      if (!name.equals("<unk>") || parts.isEmpty() || !parts.getFirst().equals(name)) {
        parts.addFirst(name);
      }
    }
    return parts;
  }

  @Test
  void plamoFindsTheBestSumOverTheWholeText() throws GgufException {
    compare(
        () -> TestVocabulary.of("plamo2").specials().control("<pad>").bytes(),
        NaiveModelsTest::bestFromTheRight);
  }

  private static List<String> bestFromTheRight(Map<String, Double> tokens, String text) {
    double[] best = new double[text.length() + 1];
    int[] ends = new int[text.length()];
    for (int start = text.length() - 1; start >= 0; start--) {
      best[start] = Double.NEGATIVE_INFINITY;
      for (int end = text.length(); end > start; end--) {
        Double score = tokens.get(text.substring(start, end));
        double sum = best[end] + (score != null ? score : end - start == 1 ? -1000 : Double.NaN);
        if (sum > best[start]) {
          best[start] = sum;
          ends[start] = end;
        }
      }
    }
    List<String> parts = new ArrayList<>();
    for (int start = 0; start < text.length(); start = ends[start]) {
      parts.add(text.substring(start, ends[start]));
    }
    return withBytes(tokens, parts);
  }

  @Test
  void rwkvTakesTheLongestTokenEverywhere() throws GgufException {
    compare(
        () -> TestVocabulary.of("rwkv").specials(),
        (tokens, text) -> {
          List<String> parts = new ArrayList<>();
          for (int at = 0; at < text.length(); ) {
            int end = text.length();
            while (end > at && !tokens.containsKey(text.substring(at, end))) {
              end--;
            }
            if (end > at) {
              parts.add(text.substring(at, end));
            }
            at = Math.max(at + 1, end);
          }
          return parts;
        });
  }

  @Test
  void charactersMergeAsOverTheWholeLine() throws GgufException {
    Random random = new Random(33);
    for (int round = 0; round < VOCABULARIES; round++) {
      Map<String, Double> tokens = tokens(random);
      List<String> merges = new ArrayList<>();
      Map<String, Integer> ranks = new HashMap<>();
      for (String token : tokens.keySet()) {
        int cut = random.nextInt(token.length());
        if (cut > 0) {
          // Some of the parts are no tokens, and lead nowhere.
          ranks.put(token.substring(0, cut) + " " + token.substring(cut), merges.size());
          merges.add(token.substring(0, cut) + " " + token.substring(cut));
        }
      }
      TestVocabulary vocabulary =
          TestVocabulary.of("gemma4").specials().bytes().merges(merges.toArray(new String[0]));
      tokens.forEach(vocabulary::scored);
      GgufTokenizer tokenizer = vocabulary.open();
      for (int i = 0; i < 12; i++) {
        String text = text(random, random.nextInt(i == 0 ? 150 : 20));
        assertThat(split(tokenizer, text))
            .as("%s in %s", merges, text)
            .isEqualTo(mergedByRank(tokens, ranks, text));
      }
    }
  }

  private static List<String> mergedByRank(
      Map<String, Double> tokens, Map<String, Integer> ranks, String text) {
    List<String> symbols = new ArrayList<>(List.of(text.split("(?<=.)", -1)));
    symbols.removeIf(String::isEmpty);
    while (true) {
      int best = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        int rank = ranks.getOrDefault(symbols.get(i) + " " + symbols.get(i + 1), Integer.MAX_VALUE);
        if (rank < bestRank) {
          best = i;
          bestRank = rank;
        }
      }
      if (best < 0) {
        return withBytes(tokens, symbols);
      }
      symbols.set(best, symbols.get(best) + symbols.get(best + 1));
      symbols.subList(best + 1, best + 2).clear();
    }
  }
}
