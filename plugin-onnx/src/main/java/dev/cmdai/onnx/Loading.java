package dev.cmdai.onnx;

import dev.cmdai.api.BackendException;
import dev.cmdai.kit.session.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Something that is loaded on a thread of its own, so that its caller can do something else, and
 * need not wait when its time is up: ONNX Runtime cannot be made to give up loading. Used by one
 * caller.
 *
 * @param <T> what is loaded
 */
final class Loading<T> implements AutoCloseable {
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final Consumer<T> discard;
  private boolean isKept;

  private Loading(Consumer<T> discard) {
    this.discard = discard;
  }

  /** Loads. */
  @FunctionalInterface
  interface Loader<T> {
    T load() throws BackendException;
  }

  /** The caller did not wait for the end. */
  private static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Starts to load.
   *
   * @param loader loads
   * @param discard frees what was loaded for nobody
   */
  static <T> Loading<T> start(Loader<T> loader, Consumer<T> discard) {
    Loading<T> loading = new Loading<>(discard);
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("cmdai-onnx-loading")
            .unstarted(() -> loading.load(loader));
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    return loading;
  }

  private void load(Loader<T> loader) {
    try {
      T loaded = loader.load();
      if (!result.complete(loaded)) {
        discard.accept(loaded);
      }
    } catch (BackendException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * Waits for what is loaded.
   *
   * @param limits when to give up
   * @param activity what is going on
   * @throws BackendException when loading failed, or it is time to end
   */
  T await(Limits limits, String activity) throws BackendException {
    try (Limits.Watch _ = limits.watch(this::giveUp)) {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException.Cancelled("interrupted while " + activity);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case GivenUp _ -> throw limits.reason(activity);
        case BackendException backend -> throw backend;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Whether nothing was loaded yet. */
  private boolean giveUp() {
    return result.completeExceptionally(new GivenUp());
  }

  /** Leaves what was loaded to the caller, who closes it. */
  void keep() {
    isKept = true;
  }

  /** Frees what was loaded, or will be, unless it is kept. */
  @Override
  public void close() {
    if (!isKept && !giveUp() && !result.isCompletedExceptionally()) {
      discard.accept(result.join());
    }
  }
}
