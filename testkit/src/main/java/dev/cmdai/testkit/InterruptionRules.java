package dev.cmdai.testkit;

import static dev.cmdai.testkit.BackendUnderTest.complete;
import static dev.cmdai.testkit.Failures.assertFails;
import static dev.cmdai.testkit.Failures.assertFailsWithRemedy;
import static dev.cmdai.testkit.Promptness.assertPrompt;
import static dev.cmdai.testkit.Promptness.since;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.BackendException.Cancelled;
import dev.cmdai.api.BackendException.DeadlineExceeded;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Capability;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that have to end early.
 *
 * <p>A small model is done before a clock could interrupt it, so the listener does: it turns the
 * switch, or lets the deadline pass, while it holds the first piece of a reply that has more.
 */
final class InterruptionRules {
  /** What an engine that works ahead may still have in hand. */
  private static final int PIECES_IN_HAND = 2;

  private static final Deadline PASSED = Deadline.after(Duration.ZERO);

  /** Prompts need not be longer than this to show that their computation can be ended. */
  private static final int LONG_PROMPT = 4000;

  private final BackendUnderTest subject;

  InterruptionRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void cancelledRequestIsNotStarted() throws Exception {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertNotStarted(Cancelled.class, subject.request().cancellation(cancellation));
  }

  void overdueRequestIsNotStarted() throws Exception {
    assertNotStarted(DeadlineExceeded.class, subject.request().deadline(PASSED));
  }

  private void assertNotStarted(
      Class<? extends BackendException> expected, CompletionRequest.Builder request)
      throws Exception {
    try (ModelSession session = subject.open()) {
      List<String> pieces = new ArrayList<>();
      assertPrompt(
          "a request that was over before it began",
          () -> {
            long start = System.nanoTime();
            assertFails(
                expected,
                "a request that was over before it began",
                () -> session.complete(request.build(), pieces::add));
            return since(start);
          });
      assertThat(pieces).as("pieces of its reply").isEmpty();
    }
  }

  void cancellationEndsAReply() throws Exception {
    assumeStreaming();
    try (ModelSession session = subject.open()) {
      int all = piecesOfWholeReply(session);
      assertPrompt(
          "a cancelled reply",
          () -> {
            Cancellation cancellation = new Cancellation();
            AtomicLong cancelled = new AtomicLong();
            List<String> pieces = new ArrayList<>();
            TokenListener listener =
                piece -> {
                  pieces.add(piece);
                  if (pieces.size() == 1) {
                    cancelled.set(System.nanoTime());
                    cancellation.cancel();
                  }
                };
            assertFails(
                Cancelled.class,
                "a reply that is cancelled at its first piece",
                () ->
                    session.complete(
                        subject.request().cancellation(cancellation).build(), listener));
            assertFewPieces(pieces, all);
            return since(cancelled.get());
          });
    }
  }

  void deadlineEndsAReply() throws Exception {
    assumeStreaming();
    try (ModelSession session = subject.open()) {
      int all = piecesOfWholeReply(session);
      assertPrompt(
          "a reply whose deadline passed",
          () -> {
            Duration allowed = Duration.ofMillis(50);
            long due = System.nanoTime() + allowed.toNanos();
            Deadline deadline = Deadline.after(allowed);
            List<String> pieces = new ArrayList<>();
            TokenListener listener =
                piece -> {
                  pieces.add(piece);
                  waitFor(deadline);
                };
            assertFailsWithRemedy(
                DeadlineExceeded.class,
                "a reply whose deadline passes at its first piece",
                () -> session.complete(subject.request().deadline(deadline).build(), listener));
            assertFewPieces(pieces, all);
            return since(due);
          });
    }
  }

  /**
   * A prompt that fills most of the context, with a deadline that no computation meets. A model
   * that is faster still may answer.
   */
  void deadlineEndsALongPrompt() throws Exception {
    try (ModelSession session = subject.open()) {
      String text = longText(session);
      assertPrompt(
          "a long prompt whose deadline passed",
          () -> {
            Duration allowed = Duration.ofMillis(1);
            long due = System.nanoTime() + allowed.toNanos();
            try {
              complete(
                  session, subject.request(text).maxTokens(1).deadline(Deadline.after(allowed)));
            } catch (DeadlineExceeded e) {
              Failures.assertSaysWhatToDo(e, "a deadline");
            }
            return since(due);
          });
    }
  }

  void sessionWorksAfterwards() throws Exception {
    try (ModelSession session = subject.open()) {
      String before = subject.reply(session);
      Cancellation cancellation = new Cancellation();
      try {
        session.complete(
            subject.request().cancellation(cancellation).build(), piece -> cancellation.cancel());
      } catch (Cancelled e) {
        // Whether it is cancelled in time is another rule.
      }
      try {
        complete(session, subject.request().deadline(PASSED));
      } catch (DeadlineExceeded e) {
        // As above.
      }
      assertThat(subject.reply(session)).as("the reply after interruptions").isEqualTo(before);
    }
  }

  private void assumeStreaming() {
    assumeTrue(
        subject.has(Capability.STREAMING),
        "without streaming nobody sees the first piece of a reply that is not done");
  }

  private int piecesOfWholeReply(ModelSession session) throws BackendException {
    List<String> pieces = new ArrayList<>();
    session.complete(subject.request().build(), pieces::add);
    assertThat(pieces)
        .as("pieces of the reply to conversation(), which has to make the model talk longer")
        .hasSizeGreaterThanOrEqualTo(3);
    return pieces.size();
  }

  private static void assertFewPieces(List<String> pieces, int all) {
    assertThat(pieces)
        .as("pieces of an interrupted reply that would have %d", all)
        .hasSizeLessThanOrEqualTo(Math.min(1 + PIECES_IN_HAND, all - 1));
  }

  /** Three quarters of what the context holds, by what the session says about shorter texts. */
  private String longText(ModelSession session) throws BackendException {
    int context = Math.min(session.model().contextLength(), LONG_PROMPT);
    int few = promptTokens(session, 5);
    double each = (promptTokens(session, 15) - few) / 10.0;
    int words = (int) (0.75 * (context - few) / Math.max(each, 0.1));
    return "word ".repeat(Math.max(words, 5));
  }

  private int promptTokens(ModelSession session, int words) throws BackendException {
    return complete(session, subject.request("word ".repeat(words)).maxTokens(1))
        .usage()
        .promptTokens();
  }

  private static void waitFor(Deadline deadline) {
    while (!deadline.hasPassed()) {
      LockSupport.parkNanos(deadline.remaining().toNanos());
    }
  }
}
