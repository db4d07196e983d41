package dev.cmdai.testkit;

import static dev.cmdai.testkit.Failures.assertFails;
import static dev.cmdai.testkit.Failures.assertFailsWithRemedy;
import static dev.cmdai.testkit.Promptness.assertPrompt;
import static dev.cmdai.testkit.Promptness.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Loads that cannot succeed, or must not go on. */
final class LoadRules {
  private final BackendUnderTest subject;

  LoadRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void cancelledIsGivenUp() throws Exception {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertGivenUp(
        BackendException.Cancelled.class, subject.options().cancellation(cancellation).build());
  }

  void overdueIsGivenUp() throws Exception {
    assertGivenUp(
        BackendException.DeadlineExceeded.class,
        subject.options().deadline(Deadline.after(Duration.ZERO)).build());
  }

  private void assertGivenUp(Class<? extends BackendException> expected, OpenOptions options)
      throws Exception {
    assertPrompt(
        "a load that was over before it began",
        () -> {
          long start = System.nanoTime();
          assertFails(
              expected,
              "a load that was over before it began",
              () -> subject.backend().open(subject.model(), options, LoadListener.NONE).close());
          return since(start);
        });
  }

  /** A backend that tells its progress is cancelled at the first news of it. */
  void cancellationEndsIt() throws Exception {
    assertPrompt(
        "a cancelled load",
        () -> {
          Cancellation cancellation = new Cancellation();
          AtomicLong cancelled = new AtomicLong();
          LoadListener listener =
              fraction -> {
                if (fraction < 1 && !cancellation.isCancelled()) {
                  cancelled.set(System.nanoTime());
                  cancellation.cancel();
                }
              };
          OpenOptions options = subject.options().cancellation(cancellation).build();
          try (ModelSession session = subject.backend().open(subject.model(), options, listener)) {
            assertThat(cancellation.isCancelled())
                .as("a load that was cancelled half-way and gives %s", session.model().name())
                .isFalse();
            return Duration.ZERO;
          } catch (BackendException.Cancelled e) {
            return since(cancelled.get());
          }
        });
  }

  void missingModelIsAnError(Path folder) {
    assertIsAnError("a missing model", subject.contract().missingModel(folder));
  }

  void damagedModelIsAnError(Path folder) throws IOException {
    assertIsAnError("a damaged model", subject.contract().damagedModel(folder));
  }

  private void assertIsAnError(String given, ModelReference model) {
    BackendException failure =
        assertFailsWithRemedy(
            BackendException.class,
            given,
            () ->
                subject
                    .backend()
                    .open(model, subject.options().build(), LoadListener.NONE)
                    .close());
    assertThat(failure.getMessage())
        .as("the error for %s, which has to say which", given)
        .contains(model.path().map(path -> path.getFileName().toString()).orElseGet(model::id));
  }
}
