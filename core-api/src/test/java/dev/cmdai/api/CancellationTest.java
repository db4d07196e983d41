package dev.cmdai.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The switch that stops long operations. */
class CancellationTest {
  private final List<String> ran = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void runsEachActionOnce() {
    cancellation.onCancel(() -> ran.add("a"));
    cancellation.onCancel(() -> ran.add("b"));
    cancellation.cancel();
    cancellation.cancel();
    assertThat(ran).containsExactly("a", "b");
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void runsALateActionAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(() -> ran.add("late"));
    assertThat(ran).containsExactly("late");
  }

  @Test
  void aClosedRegistrationDoesNotRun() {
    cancellation.onCancel(() -> ran.add("never")).close();
    cancellation.cancel();
    assertThat(ran).isEmpty();
  }

  @Test
  void anActionMayLookAtTheSwitch() {
    cancellation.onCancel(() -> ran.add("cancelled: " + cancellation.isCancelled()));
    cancellation.cancel();
    assertThat(ran).containsExactly("cancelled: true");
  }
}
