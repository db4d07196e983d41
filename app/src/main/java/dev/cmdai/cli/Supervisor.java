package dev.cmdai.cli;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.execute.Signals;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work on a thread of its own, so that a plugin that does not watch its deadline cannot hold
 * up the program, and turns Ctrl-C into a cancellation.
 */
final class Supervisor {
  /** What a backend may take, beyond the deadline, to notice it. */
  private static final long GRACE_MILLIS = 500;

  private final Deadline deadline;
  private final Cancellation cancellation;
  private volatile boolean isInterrupted;

  Supervisor(Deadline deadline, Cancellation cancellation) {
    this.deadline = deadline;
    this.cancellation = cancellation;
  }

  /**
   * Waits for the work.
   *
   * @throws CmdaiException what the work threw, or {@link ExitCode#TIMEOUT}
   */
  <T> T call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread worker = new Thread(task, "cmdai");
    worker.setDaemon(true);
    Thread onInterrupt = new Thread(() -> stop(worker), "cmdai-stop");
    try {
      Runtime.getRuntime().addShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // Ctrl-C came first: the process is ending.
      throw new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", e);
    }
    try (Signals _ = Signals.interruptTakenBy(() -> interrupt(worker))) {
      worker.start();
      long patience = deadline.remaining().toMillis() + GRACE_MILLIS;
      return task.get(patience, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      cancellation.cancel();
      throw new CmdaiException(ExitCode.TIMEOUT, "the deadline passed", "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", e);
    } catch (ExecutionException e) {
      if (isInterrupted || isEnding()) {
        // Much fails while the process is torn down, and none of it is the user's concern.
        throw new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", e);
      }
      throw rethrown(Objects.requireNonNull(e.getCause()));
    }
  }

  /** Whether Ctrl-C has come: no hook is taken any more. */
  private static boolean isEnding() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /**
   * Ctrl-C, before the process is torn down: libraries free what they hold in hooks of their own
   * then, also while the worker is still inside them.
   */
  private void interrupt(Thread worker) {
    isInterrupted = true;
    stop(worker);
    System.exit(ExitCode.INTERRUPTED.status());
  }

  /** Lets the computation end: native code must not run on while the process is torn down. */
  private void stop(Thread worker) {
    cancellation.cancel();
    try {
      worker.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException rethrown(Throwable problem) {
    if (problem instanceof InterruptedException) {
      return new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", problem);
    }
    if (problem instanceof Error error) {
      throw error;
    }
    return problem instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(problem);
  }
}
