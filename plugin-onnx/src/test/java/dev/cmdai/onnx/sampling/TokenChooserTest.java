package dev.cmdai.onnx.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cmdai.api.Sampling;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenChooserTest {
  private static final float[] FOUR = {1, 3, 2, 0};

  @Test
  void greedyTakesTheLikeliestAndOfEqualOnesTheFirst() {
    assertThat(chooser(Sampling.GREEDY).choose(of(FOUR))).isOne();
    assertThat(chooser(Sampling.GREEDY).choose(of(2, 5, 5, 1))).isOne();
  }

  @Test
  void logitsThatAreNoNumbersAreNeverChosen() {
    assertThat(chooser(Sampling.GREEDY).choose(of(Float.NaN, 1, Float.NaN, 0))).isOne();
    Sampling warm = new Sampling(1, 0, 1, 0, 1, 7);
    for (int i = 0; i < 50; i++) {
      assertThat(chooser(warm).choose(of(Float.NaN, 1, Float.NaN, 0))).isIn(1, 3);
    }
  }

  @Test
  void probabilitiesAreThoseOfTheSoftmax() {
    int[] counts = counts(new Sampling(1, 0, 1, 0, 1, 42), 40_000, FOUR);
    double total = Arrays.stream(new double[] {1, 3, 2, 0}).map(Math::exp).sum();
    for (int token = 0; token < 4; token++) {
      assertThat(counts[token] / 40_000.0)
          .as("token %d", token)
          .isCloseTo(Math.exp(FOUR[token]) / total, within(0.01));
    }
  }

  @Test
  void temperatureFlattens() {
    int[] cold = counts(new Sampling(0.5f, 0, 1, 0, 1, 1), 20_000, FOUR);
    int[] hot = counts(new Sampling(4, 0, 1, 0, 1, 1), 20_000, FOUR);
    assertThat(cold[1]).isGreaterThan(hot[1]);
    double total = Arrays.stream(new double[] {1, 3, 2, 0}).map(l -> Math.exp(l / 4)).sum();
    assertThat(hot[3] / 20_000.0).isCloseTo(1 / total, within(0.015));
  }

  @Test
  void topKKeepsTheLikeliest() {
    assertThat(counts(new Sampling(5, 2, 1, 0, 1, 3), 2_000, FOUR))
        .satisfies(c -> {
          assertThat(c[1]).isPositive();
          assertThat(c[2]).isPositive();
          assertThat(c[0] + c[3]).isZero();
        });
  }

  @Test
  void topPKeepsAsFewAsHaveThatProbability() {
    // Softmax of 1, 3, 2, 0: 0.087, 0.644, 0.237, 0.032.
    assertThat(possible(new Sampling(5, 0, 0.6f, 0, 1, 3))).containsExactly(1);
    assertThat(possible(new Sampling(5, 0, 0.8f, 0, 1, 3))).containsExactly(1, 2);
    assertThat(possible(new Sampling(5, 0, 0.95f, 0, 1, 3))).containsExactly(0, 1, 2);
  }

  @Test
  void minPKeepsWhatIsLikelyEnoughBesideTheLikeliest() {
    // Relative to the likeliest: 0.135, 1, 0.368, 0.050.
    assertThat(possible(new Sampling(5, 0, 1, 0.2f, 1, 3))).containsExactly(1, 2);
    assertThat(possible(new Sampling(5, 0, 1, 0.1f, 1, 3))).containsExactly(0, 1, 2);
  }

  @Test
  void sameSeedDrawsTheSame() {
    Sampling one = Sampling.atTemperature(1, 11);
    assertThat(draws(one)).isEqualTo(draws(one));
    assertThat(draws(one)).isNotEqualTo(draws(Sampling.atTemperature(1, 12)));
  }

  @Test
  void penaltyCountsTheLastTokensOfThePrompt() {
    Sampling penal = new Sampling(0, 0, 1, 0, 2, 0);
    assertThat(new TokenChooser(penal, 4, new int[] {1}).choose(of(FOUR))).isEqualTo(2);
    int[] past = new int[65];
    Arrays.fill(past, 3);
    past[0] = 1; // 65 tokens ago
    assertThat(new TokenChooser(penal, 4, past).choose(of(FOUR))).isOne();
  }

  @Test
  void penaltyMakesNegativeLogitsSmaller() {
    Sampling penal = new Sampling(0, 0, 1, 0, 2, 0);
    assertThat(new TokenChooser(penal, 2, new int[] {0}).choose(of(-1, -1.5f))).isOne();
  }

  @Test
  void chosenTokensArePenalisedToo() {
    TokenChooser chooser = new TokenChooser(new Sampling(0, 0, 1, 0, 10, 0), 4, new int[0]);
    assertThat(IntStream.range(0, 3).map(_ -> chooser.choose(of(1, 3, 2, 0.5f))))
        .containsExactly(1, 2, 0);
  }

  @Test
  void candidatesAreTheSameAsBySorting() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int size = 1 + random.nextInt(300);
      float[] logits = new float[size];
      for (int i = 0; i < size; i++) {
        logits[i] = random.nextInt(40) / 4f; // with ties
      }
      int most = 1 + random.nextInt(size);
      int seed = random.nextInt();
      Integer[] sorted = IntStream.range(0, size).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, (a, b) -> Float.compare(logits[b], logits[a]));
      // The draw maps one random number onto the sorted list: equal lists draw equal tokens.
      double total =
          Arrays.stream(sorted).limit(most).mapToDouble(t -> Math.exp(logits[t] - 10)).sum();
      double at = new Random(seed).nextDouble() * total;
      int expected = sorted[0];
      for (int i = 0; i < most; i++) {
        at -= Math.exp(logits[sorted[i]] - 10);
        if (at < 0) {
          expected = sorted[i];
          break;
        }
      }
      TokenChooser chooser =
          new TokenChooser(new Sampling(1, most, 1, 0, 1, seed), size, new int[0]);
      assertThat(logits[chooser.choose(of(logits))]).isEqualTo(logits[expected]);
    }
  }

  private static int[] possible(Sampling sampling) {
    int[] counts = counts(sampling, 2_000, FOUR);
    return IntStream.range(0, 4).filter(token -> counts[token] > 0).toArray();
  }

  private static int[] counts(Sampling sampling, int draws, float... logits) {
    TokenChooser chooser = chooser(sampling);
    int[] counts = new int[logits.length];
    for (int i = 0; i < draws; i++) {
      counts[chooser.choose(of(logits))]++;
    }
    return counts;
  }

  private static int[] draws(Sampling sampling) {
    TokenChooser chooser = chooser(sampling);
    return IntStream.range(0, 40).map(_ -> chooser.choose(of(FOUR))).toArray();
  }

  private static TokenChooser chooser(Sampling sampling) {
    return new TokenChooser(sampling, 4, new int[0]);
  }

  private static Logits of(float... logits) {
    return token -> logits[token];
  }
}
