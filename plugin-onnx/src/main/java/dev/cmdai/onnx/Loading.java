package dev.cmdai.onnx;

import dev.cmdai.api.BackendException;
import dev.cmdai.kit.session.Limits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Loads something on a thread of its own, so that a caller whose time is up need not wait for it:
 * ONNX Runtime cannot be made to give up loading.
 */
final class Loading {
  private Loading() {}

  /** What is loaded. */
  @FunctionalInterface
  interface Loader<T> {
    T load() throws BackendException;
  }

  /** The caller did not wait for the end. */
  private static final class GivenUp extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Loads, or gives up when it is time to end.
   *
   * @param limits when to give up
   * @param activity what is going on
   * @param loader loads
   * @param discard frees what was loaded for nobody
   */
  static <T> T within(Limits limits, String activity, Loader<T> loader, Consumer<T> discard)
      throws BackendException {
    CompletableFuture<T> result = new CompletableFuture<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("cmdai-onnx-loading")
            .unstarted(() -> {
              try {
                T loaded = loader.load();
                if (!result.complete(loaded)) {
                  discard.accept(loaded);
                }
              } catch (BackendException | RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    thread.setContextClassLoader(context);
    try (Limits.Watch _ = limits.watch(() -> result.completeExceptionally(new GivenUp()))) {
      thread.start();
      return result.get();
    } catch (InterruptedException e) {
      result.completeExceptionally(e);
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
}
