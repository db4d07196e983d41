package dev.cmdai.testkit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Somebody else who uses a session: a thread with one call.
 *
 * @param <T> what the call returns
 */
final class Caller<T> {
  /** Nothing that a small model does takes as long. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Set<Thread.State> AT_REST =
      EnumSet.of(
          Thread.State.WAITING,
          Thread.State.TIMED_WAITING,
          Thread.State.BLOCKED,
          Thread.State.TERMINATED);

  private final FutureTask<T> call;
  private final Thread thread;

  private Caller(Callable<T> call) {
    this.call = new FutureTask<>(call);
    thread = Thread.ofPlatform().daemon().name("testkit-caller").unstarted(this.call);
  }

  static <T> Caller<T> start(Callable<T> call) {
    Caller<T> caller = new Caller<>(call);
    caller.thread.start();
    return caller;
  }

  /**
   * Waits until the call waits for something, or is over. A backend that waits in a busy loop is
   * not waited for.
   */
  void awaitRest() {
    long start = System.nanoTime();
    while (!AT_REST.contains(thread.getState())
        && Promptness.since(start).compareTo(Duration.ofSeconds(2)) < 0) {
      Thread.onSpinWait();
    }
  }

  boolean isOver() {
    return call.isDone();
  }

  /** Whether the call is over within that time; its outcome is left for {@link #result}. */
  boolean isOverWithin(Duration duration) throws InterruptedException {
    return thread.join(duration);
  }

  /**
   * Waits for the call.
   *
   * @throws java.util.concurrent.ExecutionException with what the call threw
   */
  T result() throws Exception {
    try {
      return call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("a call is not over after " + PATIENCE.toSeconds() + " s", e);
    }
  }

  /** Waits until all calls are over, so that a rule which fails leaves none behind. */
  static void awaitAll(List<? extends Caller<?>> callers) throws InterruptedException {
    for (Caller<?> caller : callers) {
      caller.isOverWithin(PATIENCE);
    }
  }

  /** Waits for a signal from another thread. */
  static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
