package dev.cmdai.kit.session;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;

/**
 * When an operation has to end early: at a deadline, or when its caller cancels.
 *
 * @param deadline the moment
 * @param cancellation the caller's switch
 */
public record Limits(Deadline deadline, Cancellation cancellation) {

  /**
   * Throws if it is time to end.
   *
   * @param activity what is going on, such as {@code computing the prompt}
   * @throws BackendException {@link #reason}
   */
  public void check(String activity) throws BackendException {
    if (isOver()) {
      throw reason(activity);
    }
  }

  /**
   * Whether it is time to end.
   *
   * @return true from that moment on
   */
  public boolean isOver() {
    return cancellation.isCancelled() || deadline.hasPassed();
  }

  /**
   * Why an operation that was stopped had to stop.
   *
   * @param activity what was going on
   * @return cancelled, or deadline exceeded
   */
  public BackendException reason(String activity) {
    if (cancellation.isCancelled()) {
      return new BackendException.Cancelled("cancelled while " + activity);
    }
    return new BackendException.DeadlineExceeded(
        "the time limit passed while " + activity,
        "Allow more time with --timeout, or choose a smaller model.");
  }

  /**
   * Runs an action as soon as it is time to end.
   *
   * @param stop quick, thread-safe, does not throw; may run twice, and once more at the moment when
   *     the watch is closed
   * @return ends the watch
   */
  public Watch watch(Runnable stop) {
    Cancellation.Registration registration = cancellation.onCancel(stop);
    if (deadline.isNever()) {
      return registration::close;
    }
    Thread timer =
        Thread.ofPlatform()
            .daemon()
            .name("cmdai-deadline")
            .unstarted(() -> {
              try {
                while (!deadline.hasPassed()) {
                  Thread.sleep(deadline.remaining());
                }
                stop.run();
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
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
