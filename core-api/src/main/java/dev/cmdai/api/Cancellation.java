package dev.cmdai.api;

import java.util.ArrayList;
import java.util.List;

/**
 * A switch that the caller of a long operation turns once, and that the operation watches.
 * Thread-safe.
 *
 * <p>An operation either polls {@link #isCancelled()} or registers an action with {@link
 * #onCancel}.
 */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** Creates a switch that is not turned yet. */
  public Cancellation() {}

  /**
   * Turns the switch and runs the registered actions on this thread. A second call does nothing.
   */
  public void cancel() {
    List<Runnable> toRun;
    synchronized (actions) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      toRun = List.copyOf(actions);
      actions.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /**
   * Whether the switch has been turned.
   *
   * @return true from the first {@link #cancel()} on
   */
  public boolean isCancelled() {
    synchronized (actions) {
      return cancelled;
    }
  }

  /**
   * Registers an action for the moment of cancellation; runs it at once when that has passed.
   *
   * @param action quick, does not throw, may run on any thread
   * @return closes the registration: the action is not started any more, though it may be running
   */
  public Registration onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled) {
        actions.add(action);
        return () -> {
          synchronized (actions) {
            actions.remove(action);
          }
        };
      }
    }
    action.run();
    return () -> {};
  }

  /** A registered action. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    /** Removes the action. */
    @Override
    void close();
  }
}
