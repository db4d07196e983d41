package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
  /** The promise is 200 ms; the rest is for a machine that is busy with other things. */
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir static Path folder;
  private static ModelSession session;

  @BeforeAll
  static void open() throws Exception {
    OpenOptions options =
        OpenOptions.builder(Models.environment()).contextLength(8192).prefixCached(false).build();
    session = Models.open(Models.chat(folder), options);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void deadlineOfAMillisecondIsExceeded() {
    assertThatThrownBy(() ->
            session.complete(
                endless().deadline(Deadline.after(Duration.ofMillis(1))).build(),
                TokenListener.NONE))
        .isInstanceOf(BackendException.DeadlineExceeded.class);
  }

  @Test
  void deadlineEndsAGeneration() {
    long start = System.nanoTime();
    assertThatThrownBy(() ->
            session.complete(
                endless().deadline(Deadline.after(Duration.ofMillis(100))).build(),
                TokenListener.NONE))
        .isInstanceOf(BackendException.DeadlineExceeded.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  @Test
  void deadlineStopsTheComputationOfALongPrompt() throws Exception {
    // 7,000 tokens take several seconds.
    CompletionRequest request =
        Models.request("a b ".repeat(3500))
            .deadline(Deadline.after(Duration.ofMillis(300)))
            .build();
    long start = System.nanoTime();
    assertThatThrownBy(() -> session.complete(request, TokenListener.NONE))
        .isInstanceOf(BackendException.DeadlineExceeded.class)
        .hasMessageContaining("prompt");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(SOON.plus(Duration.ofMillis(300)));
    assertSessionWorks();
  }

  @Test
  void cancellationEndsAGeneration() throws Exception {
    Cancellation cancellation = new Cancellation();
    AtomicLong cancelled = new AtomicLong();
    assertThatThrownBy(() ->
            session.complete(
                endless().cancellation(cancellation).build(),
                piece -> {
                  cancelled.compareAndSet(0, System.nanoTime());
                  cancellation.cancel();
                }))
        .isInstanceOf(BackendException.Cancelled.class);
    assertThat(Duration.ofNanos(System.nanoTime() - cancelled.get())).isLessThan(SOON);
    assertSessionWorks();
  }

  @Test
  void cancelledRequestIsNotStarted() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    assertThatThrownBy(() ->
            session.complete(endless().cancellation(cancellation).build(), TokenListener.NONE))
        .isInstanceOf(BackendException.Cancelled.class);
  }

  @Test
  void deadlineAndCancellationHoldWhileWaitingForAnotherCaller() throws Exception {
    Cancellation stopFirst = new Cancellation();
    CountDownLatch firstRuns = new CountDownLatch(1);
    Cancellation stopThird = new Cancellation();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first =
          threads.submit(() ->
              session.complete(
                  endless().cancellation(stopFirst).build(), piece -> firstRuns.countDown()));
      assertThat(firstRuns.await(10, TimeUnit.SECONDS)).isTrue();
      Future<?> second =
          threads.submit(() ->
              session.complete(
                  endless().deadline(Deadline.after(Duration.ofMillis(50))).build(),
                  TokenListener.NONE));
      Future<?> third =
          threads.submit(() ->
              session.complete(endless().cancellation(stopThird).build(), TokenListener.NONE));
      assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(BackendException.DeadlineExceeded.class)
          .hasMessageContaining("waiting");
      stopThird.cancel();
      assertThatThrownBy(() -> third.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(BackendException.Cancelled.class);
      assertThat(first).isNotDone();
      stopFirst.cancel();
      assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(BackendException.Cancelled.class);
    }
  }

  @Test
  void cancelledLoadIsGivenUp() {
    Cancellation cancellation = new Cancellation();
    OpenOptions options =
        OpenOptions.builder(Models.environment()).cancellation(cancellation).build();
    assertThatThrownBy(() ->
            new LlamaCppBackend()
                .open(Models.reference(Models.TINY), options, fraction -> cancellation.cancel()))
        .isInstanceOf(BackendException.Cancelled.class)
        .hasMessageContaining("loading");
  }

  @Test
  void loadPastItsDeadlineIsGivenUp() {
    OpenOptions options =
        OpenOptions.builder(Models.environment())
            .deadline(Deadline.after(Duration.ofNanos(1)))
            .build();
    assertThatThrownBy(() ->
            new LlamaCppBackend().open(Models.reference(Models.TINY), options, LoadListener.NONE))
        .isInstanceOf(BackendException.DeadlineExceeded.class);
  }

  @Test
  void loadListenersExceptionReachesTheCaller() {
    OpenOptions options = OpenOptions.builder(Models.environment()).build();
    assertThatThrownBy(() ->
            new LlamaCppBackend()
                .open(
                    Models.reference(Models.TINY),
                    options,
                    fraction -> {
                      throw new IllegalArgumentException("no more");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CompletionRequest.Builder endless() {
    return Models.request("x").grammar(Models.ENDLESS).maxTokens(8000);
  }

  private static void assertSessionWorks() throws BackendException {
    assertThat(
            session
                .complete(Models.request("list files").maxTokens(4).build(), TokenListener.NONE)
                .usage()
                .generatedTokens())
        .isPositive();
  }
}
