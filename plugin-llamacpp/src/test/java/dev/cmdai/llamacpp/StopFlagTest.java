package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.llamacpp.binding.StopFlag;
import org.junit.jupiter.api.Test;

class StopFlagTest {
  @Test
  void timerOfAFinishedRequestDoesNotStopTheNext() {
    try (StopFlag flag = StopFlag.falseToStop()) {
      long first = flag.startRound();
      long second = flag.startRound();
      flag.raise(first);
      assertThat(flag.isRaised()).isFalse();
      flag.raise(second);
      assertThat(flag.isRaised()).isTrue();
    }
  }
}
