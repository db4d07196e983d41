package dev.cmdai.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {
  private static final List<String> BACKENDS = List.of("llamacpp", "onnx", "openai", "ollama");

  @ParameterizedTest
  @CsvSource({
    "lamacpp, llamacpp",
    "llamcapp, llamacpp",
    "LlamaCPP, llamacpp",
    "llama, llamacpp",
    "onx, onnx",
    "' onnx ', onnx",
    "olama, ollama"
  })
  void theNearestComesFirst(String typed, String meant) {
    assertThat(NearestNames.of(typed, BACKENDS)).startsWith(meant);
  }

  @ParameterizedTest
  @CsvSource({"zzz", "vllm-server", "''", "x"})
  void whatIsFarFromEverythingHasNoNearest(String typed) {
    assertThat(NearestNames.of(typed, BACKENDS)).isEmpty();
  }

  @Test
  void neverMoreThanThree() {
    assertThat(NearestNames.of("ab1", List.of("ab5", "ab4", "ab3", "ab2")))
        .containsExactly("ab2", "ab3", "ab4");
  }

  @Test
  void veryLongNamesAreNotCompared() {
    String huge = String.join("", Collections.nCopies(100_000, "a"));
    assertThat(NearestNames.of(huge, BACKENDS)).isEmpty();
    assertThat(NearestNames.of("onx", List.of(huge, "onnx"))).containsExactly("onnx");
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "a, '', 1", "ab, ba, 1", "kitten, sitting, 3", "ca, abc, 3"})
  void distanceCountsSwapsAsOne(String a, String b, int expected) {
    assertThat(NearestNames.distance(a, b)).isEqualTo(expected);
    assertThat(NearestNames.distance(b, a)).isEqualTo(expected);
  }
}
