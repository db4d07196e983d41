package dev.cmdai.pull;

import java.security.MessageDigest;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Hashes a block while the next one arrives: on a fast line hashing takes as long as all the rest.
 * Used by one thread.
 */
final class Hasher implements AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> Thread.ofPlatform().daemon().name("cmdai-hash").unstarted(work));
  private @Nullable Future<?> last;

  /** Takes a block once the one before it is hashed, and returns before it is hashed itself. */
  void hash(MessageDigest digest, byte[] bytes, int count) {
    await();
    last = thread.submit(() -> digest.update(bytes, 0, count));
  }

  /** Waits until all blocks are hashed. */
  void await() {
    Future<?> pending = last;
    boolean isInterrupted = false;
    while (pending != null) {
      try {
        pending.get();
        pending = null;
      } catch (InterruptedException e) {
        isInterrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("hashing cannot fail", e);
      }
    }
    last = null;
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    await();
    thread.shutdown();
  }
}
