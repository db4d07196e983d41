package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.llamacpp.binding.StopFlag;

/**
 * When an operation has to end early: at a deadline, or when its caller cancels.
 *
 * @param deadline the moment
 * @param cancellation the caller's switch
 */
record Limits(Deadline deadline, Cancellation cancellation) {

  /** Throws if it is time to end, naming what was going on. */
  void check(String activity) throws BackendException {
    if (isOver()) {
      throw reason(activity);
    }
  }

  boolean isOver() {
    return cancellation.isCancelled() || deadline.hasPassed();
  }

  /** Why an operation that was stopped had to stop. */
  BackendException reason(String activity) {
    if (cancellation.isCancelled()) {
      return new BackendException.Cancelled("cancelled while " + activity);
    }
    return new BackendException.DeadlineExceeded(
        "the time limit passed while " + activity,
        "Allow more time with --timeout, or choose a smaller model.");
  }

  /**
   * Lowers a flag that native code watches, and turns it as soon as it is time to end.
   *
   * @return ends the watch
   */
  Watch raise(StopFlag flag) {
    long round = flag.startRound();
    Cancellation.Registration registration = cancellation.onCancel(() -> flag.raise(round));
    if (deadline.isNever()) {
      return registration::close;
    }
    Thread timer =
        Thread.ofPlatform()
            .daemon()
            .name("cmdai-llamacpp-deadline")
            .unstarted(() -> {
              try {
                while (!deadline.hasPassed()) {
                  Thread.sleep(deadline.remaining());
                }
                flag.raise(round);
              } catch (InterruptedException e) {
                // The operation was over first.
              }
            });
    timer.start();
    return () -> {
      registration.close();
      timer.interrupt();
    };
  }

  /** A running watch. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
