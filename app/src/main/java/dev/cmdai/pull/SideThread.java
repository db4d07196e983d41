package dev.cmdai.pull;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Does one task at a time while its owner goes on: on a fast line, hashing takes as long as all the
 * rest of a download, and so does a disk. Used by one thread.
 */
final class SideThread implements AutoCloseable {
  private final ExecutorService thread;
  private @Nullable Future<?> last;

  /** What it does. */
  interface Task {
    void run() throws IOException;
  }

  SideThread(String name) {
    thread =
        Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().daemon().name(name).unstarted(work));
  }

  /**
   * Begins a task once the one before it has ended.
   *
   * @throws IOException what the one before it ended with
   */
  void begin(Task task) throws IOException {
    await();
    last =
        thread.submit(() -> {
          task.run();
          return null;
        });
  }

  /** Whether a task has not ended yet. */
  boolean isBusy() {
    return last != null && !last.isDone();
  }

  /**
   * Waits for the end of the task, also when interrupted: the flag stays set.
   *
   * @throws IOException what it ended with; told once
   */
  void await() throws IOException {
    Future<?> pending = last;
    last = null;
    boolean isInterrupted = false;
    try {
      while (pending != null) {
        try {
          pending.get();
          pending = null;
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException reason) {
        throw reason;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the thread after its task; {@link #await} tells how that ended. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
