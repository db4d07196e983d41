package dev.cmdai.kit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LikelihoodTest {
  private final Likelihood likelihood = new Likelihood();

  @Test
  void meanIsThatOfTheLogarithms() {
    likelihood.add(new float[] {0, 0, 0, 0}, 2);
    likelihood.add(new float[] {(float) Math.log(3), 0}, 0);
    double expected = (Math.log(0.25) + Math.log(0.75)) / 2;
    assertThat(likelihood.mean().orElseThrow()).isCloseTo(expected, within(1e-6));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    likelihood.add(new float[] {3e38f, -3e38f, 0}, 0);
    assertThat(likelihood.mean()).hasValue(0);
  }

  @Test
  void tokensThatCannotBeDoNotCount() {
    likelihood.add(new float[] {1, Float.NEGATIVE_INFINITY, Float.NaN}, 0);
    assertThat(likelihood.mean()).hasValue(0);
  }

  @Test
  void nothingIsKnownOfNothingAndOfNoNumbers() {
    assertThat(likelihood.mean()).isEmpty();
    likelihood.add(new float[] {Float.NaN, Float.NaN}, 0);
    assertThat(likelihood.mean()).isEmpty();
  }
}
