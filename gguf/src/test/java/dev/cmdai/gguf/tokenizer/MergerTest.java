package dev.cmdai.gguf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Merging, against doing it one merge after the other as it is defined. */
class MergerTest {
  /** Merges by pairs of symbols. */
  private record Rule(int rank, int symbol) {}

  private record Pair(int left, int right) {}

  private static final class Table extends Merger {
    private final Map<Pair, Rule> rules;
    private int asked;

    Table(Map<Pair, Rule> rules) {
      this.rules = rules;
    }

    @Override
    long merge(int left, int right, int from, int to) {
      asked++;
      Rule rule = rules.get(new Pair(left, right));
      return rule == null ? NONE : (long) rule.rank << 32 | rule.symbol;
    }

    List<Integer> merged(int[] word) {
      clear();
      for (int i = 0; i < word.length; i++) {
        add(word[i], 10 + i);
      }
      run(10 + word.length);
      List<Integer> symbols = new ArrayList<>();
      for (int i = 0; i < count(); i++) {
        symbols.add(symbol(i));
        assertThat(start(i)).isLessThan(start(i + 1));
      }
      assertThat(start(count())).isEqualTo(10 + word.length);
      return symbols;
    }
  }

  private static List<Integer> reference(Map<Pair, Rule> rules, int[] word) {
    List<Integer> symbols = new ArrayList<>();
    for (int symbol : word) {
      symbols.add(symbol);
    }
    while (true) {
      int best = -1;
      Rule bestRule = null;
      for (int i = 0; i + 1 < symbols.size(); i++) {
        Rule rule = rules.get(new Pair(symbols.get(i), symbols.get(i + 1)));
        if (rule != null
            && (bestRule == null || Integer.compareUnsigned(rule.rank, bestRule.rank) < 0)) {
          best = i;
          bestRule = rule;
        }
      }
      if (bestRule == null) {
        return symbols;
      }
      symbols.set(best, bestRule.symbol);
      symbols.subList(best + 1, best + 2).clear();
    }
  }

  /** Merges over a few letters, as training would find them: each joins what exists already. */
  private static Map<Pair, Rule> rules(Random random, int letters, boolean fewRanks) {
    Map<Pair, Rule> rules = new HashMap<>();
    int symbols = letters;
    for (int i = 2 + random.nextInt(30); i > 0; i--) {
      Pair pair = new Pair(random.nextInt(symbols), random.nextInt(symbols));
      int rank = fewRanks ? random.nextInt(3) : rules.size();
      if (rules.putIfAbsent(pair, new Rule(rank, symbols)) == null) {
        symbols++;
      }
    }
    return rules;
  }

  private static int[] word(Random random, int letters, int length) {
    return random.ints(length, 0, letters).toArray();
  }

  @Test
  void shortAndLongWordsMergeAsDefined() {
    Random random = new Random(20261121);
    for (int round = 0; round < 400; round++) {
      int letters = 1 + random.nextInt(4);
      Map<Pair, Rule> rules = rules(random, letters, round % 2 == 0);
      Table table = new Table(rules);
      for (int length : new int[] {0, 1, 2, 3, 5, 17, 39, 40, 41, 42, 63, 64, 65, 200}) {
        int[] word = word(random, letters, length);
        assertThat(table.merged(word)).as("%s", rules).isEqualTo(reference(rules, word));
      }
    }
  }

  @Test
  void ranksAreUnsigned() {
    Map<Pair, Rule> rules =
        Map.of(
            new Pair(0, 1), new Rule(-1, 3),
            new Pair(1, 2), new Rule(Integer.MAX_VALUE, 4),
            new Pair(0, 0), new Rule(Integer.MIN_VALUE, 5));
    for (int length : new int[] {30, 100}) {
      int[] word = new int[length];
      for (int i = 0; i < length; i++) {
        word[i] = i % 3;
      }
      word[0] = 0;
      word[1] = 0;
      assertThat(new Table(rules).merged(word)).isEqualTo(reference(rules, word));
    }
  }

  @Test
  void longWordsAskForEachPairAFewTimesOnly() {
    Map<Pair, Rule> rules = new HashMap<>();
    for (int i = 0; i < 16; i++) {
      rules.put(new Pair(i, i), new Rule(i, i + 1));
    }
    Table table = new Table(rules);
    int length = 1 << 16;
    assertThat(table.merged(new int[length])).containsExactly(16);
    assertThat(table.asked).isLessThan(6 * length);
  }
}
