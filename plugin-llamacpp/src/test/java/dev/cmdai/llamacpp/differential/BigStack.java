package dev.cmdai.llamacpp.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Threads on which llama.cpp's {@code std::regex} survives long runs of one kind of character; it
 * takes some 300 bytes of stack for each.
 */
final class BigStack {
  private static final long BYTES = 256L << 20;

  private BigStack() {}

  /** Runs tasks side by side and returns their answers in order. */
  static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    List<FutureTask<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      FutureTask<T> future = new FutureTask<>(task);
      futures.add(future);
      Thread thread = new Thread(null, future, "big-stack-" + futures.size(), BYTES);
      thread.setDaemon(true);
      thread.start();
    }
    List<T> answers = new ArrayList<>();
    for (FutureTask<T> future : futures) {
      try {
        answers.add(future.get());
      } catch (ExecutionException e) {
        throw new AssertionError("a comparison failed: " + e.getCause(), e.getCause());
      }
    }
    return answers;
  }
}
