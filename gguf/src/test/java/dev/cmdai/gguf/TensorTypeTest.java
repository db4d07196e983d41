package dev.cmdai.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTypeTest {
  @Test
  void sizeCountsWholeBlocks() {
    assertThat(TensorType.of(12).orElseThrow().name()).isEqualTo("Q4_K");
    assertThat(TensorType.of(12).orElseThrow().bytes(512)).isEqualTo(288);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, 5, 31, 38, 43, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void numberNotInUseHasNoType(int number) {
    assertThat(TensorType.of(number)).isEmpty();
  }

  @Test
  void sizeThatALongCannotHoldIsTheLargest() {
    assertThat(TensorType.of(28).orElseThrow().bytes(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }
}
