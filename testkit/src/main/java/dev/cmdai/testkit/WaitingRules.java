package dev.cmdai.testkit;

import static dev.cmdai.testkit.BackendUnderTest.complete;
import static dev.cmdai.testkit.Promptness.assertPrompt;
import static dev.cmdai.testkit.Promptness.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.ModelSession;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * A second request while a first one holds the session, which its listener does until it is let go.
 * An engine that computes both at once may answer the second; one that lets it wait has to keep its
 * limits.
 */
final class WaitingRules {
  /** After this the second request counts as one that does not end. */
  private static final Duration MUCH_TOO_LATE = Promptness.PROMISED.multipliedBy(2);

  private final BackendUnderTest subject;

  WaitingRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void cancellationHolds() throws Exception {
    whileAnotherRequestRuns(session ->
        assertPrompt(
            "a cancelled request that had to wait",
            () -> {
              Cancellation cancellation = new Cancellation();
              Caller<?> second = call(session, subject.request().cancellation(cancellation));
              second.awaitRest();
              long cancelled = System.nanoTime();
              cancellation.cancel();
              return delay(second, cancelled, BackendException.Cancelled.class);
            }));
  }

  void deadlineHolds() throws Exception {
    whileAnotherRequestRuns(session ->
        assertPrompt(
            "a request whose deadline passed while it had to wait",
            () -> {
              Duration allowed = Duration.ofMillis(50);
              long due = System.nanoTime() + allowed.toNanos();
              Deadline deadline = Deadline.after(allowed);
              Caller<?> second = call(session, subject.request().deadline(deadline));
              return delay(second, due, BackendException.DeadlineExceeded.class);
            }));
  }

  private void whileAnotherRequestRuns(Consumer rule) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    try (ModelSession session = subject.open()) {
      Caller<?> first =
          Caller.start(() ->
              session.complete(
                  subject.request().build(),
                  piece -> {
                    running.countDown();
                    Caller.await(mayGoOn);
                  }));
      try {
        assertThat(Caller.await(running)).as("the first request has a first piece").isTrue();
        rule.accept(session);
      } finally {
        mayGoOn.countDown();
      }
      first.result();
    }
  }

  private static Caller<?> call(ModelSession session, CompletionRequest.Builder request) {
    return Caller.start(() -> complete(session, request));
  }

  private static Duration delay(
      Caller<?> second, long since, Class<? extends BackendException> expected) throws Exception {
    if (!second.isOverWithin(Duration.ofNanos(since - System.nanoTime()).plus(MUCH_TOO_LATE))) {
      return MUCH_TOO_LATE;
    }
    Duration delay = since(since);
    try {
      second.result();
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .as("what a request that had to wait ends with")
          .isInstanceOf(expected);
    }
    return delay;
  }

  private interface Consumer {
    void accept(ModelSession session) throws Exception;
  }
}
