package dev.cmdai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that make no sense are refused where they enter. */
class LimitsTest {
  @Test
  void samplingNamesTheValueThatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampling.atTemperature(-0.1f, 1))
        .withMessage("temperature -0.1 must be in [0, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sampling(1, 0, 0, 0, 1, 0))
        .withMessageContaining("topP");
  }

  @Test
  void cachedTokensCannotExceedThePrompt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Usage(3, 4, 0))
        .withMessage("cachedTokens 4 must be in [0, 3]");
  }

  @Test
  void aRequestNeedsAMessage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompletionRequest.builder(List.of()))
        .withMessageContaining("at least one message");
  }

  @Test
  void backendIdsAreLowerCase() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendDescriptor.builder("Llama Cpp", "x", "1"))
        .withMessageContaining("Llama Cpp");
  }

  @Test
  void aDeadlineOfNothingHasPassed() {
    assertThat(Deadline.after(Duration.ZERO).hasPassed()).isTrue();
    assertThat(Deadline.after(Duration.ZERO).remaining()).isZero();
  }

  @Test
  void aFarDeadlineNeverPasses() {
    assertThat(Deadline.after(Duration.ofDays(1_000_000)).isNever()).isTrue();
    assertThat(Deadline.NEVER.hasPassed()).isFalse();
  }
}
