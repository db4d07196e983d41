package dev.cmdai.kit.session;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers through one at a time, in the order in which they came, and nobody once it is
 * closed. A caller's deadline and cancellation hold while it waits. Thread-safe.
 */
public final class CallerQueue {
  /** The first one is inside, the others wait. */
  private final ArrayDeque<Object> callers = new ArrayDeque<>();

  private @Nullable Thread inside;

  private boolean closed;

  /** Creates an empty queue. */
  public CallerQueue() {}

  /**
   * Waits for its turn.
   *
   * @param limits when the caller gives up
   * @return leaves the queue when closed
   * @throws BackendException when the caller's deadline passes or it cancels
   * @throws IllegalStateException when the queue is closed, or is closed while waiting
   */
  public Turn enter(Limits limits) throws BackendException {
    requireOutside();
    Object caller = new Object();
    try (Cancellation.Registration _ = limits.cancellation().onCancel(this::wakeAll)) {
      synchronized (this) {
        callers.add(caller);
        try {
          awaitTurn(caller, limits);
          inside = Thread.currentThread();
          return () -> leave(caller);
        } catch (BackendException | RuntimeException e) {
          leave(caller);
          throw e;
        }
      }
    }
  }

  private void awaitTurn(Object caller, Limits limits) throws BackendException {
    while (!closed && !Objects.equals(callers.peek(), caller)) {
      limits.check("waiting for another request to the same model");
      try {
        // Rounded up: waking a moment early would only mean waiting again.
        wait(limits.deadline().isNever() ? 0 : limits.deadline().remaining().toMillis() + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackendException.Cancelled(
            "interrupted while waiting for another request to the same model");
      }
    }
    if (closed) {
      throw new IllegalStateException("the model session is closed");
    }
  }

  /**
   * Turns everybody away from now on, and waits for the caller that is inside.
   *
   * @return true for the first call, whose caller now owns what the queue guarded
   * @throws IllegalStateException when that caller is this thread, which would wait for itself
   */
  public synchronized boolean close() {
    requireOutside();
    if (closed) {
      return false;
    }
    Object last = callers.peek();
    closed = true;
    notifyAll();
    boolean interrupted = false;
    while (last != null && callers.contains(last)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // native memory must not be freed under a running computation
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private synchronized void requireOutside() {
    if (Thread.currentThread().equals(inside)) {
      throw new IllegalStateException(
          "a token listener may neither close its session nor ask it for another completion");
    }
  }

  private synchronized void leave(Object caller) {
    if (Objects.equals(callers.peek(), caller)) {
      inside = null;
    }
    callers.remove(caller);
    notifyAll();
  }

  private synchronized void wakeAll() {
    notifyAll();
  }

  /** The right to be inside. */
  @FunctionalInterface
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
