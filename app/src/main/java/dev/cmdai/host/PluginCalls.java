package dev.cmdai.host;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.TokenListener;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Calls into one extension of a plugin: with the plugin's class loader on the thread, without null
 * as an answer, and with a failure that tells the plugin's fault from the host's own.
 *
 * @param plugin the plugin
 * @param loader its class loader
 * @param extension what is called, such as {@code backend 'llamacpp'}
 * @param wayOut what a user can do when it fails: the second half of a remedy
 */
record PluginCalls(PluginFile plugin, ClassLoader loader, String extension, String wayOut) {

  /** Calls into a backend. */
  static PluginCalls toBackend(PluginFile plugin, ClassLoader loader, String id) {
    return new PluginCalls(
        plugin, loader, "backend '" + id + "'", "use another backend with --backend ID.");
  }

  /** Calls into an extension that users do not choose by a name. */
  static PluginCalls toExtension(PluginFile plugin, ClassLoader loader, Object extension) {
    return new PluginCalls(
        plugin, loader, extension.getClass().getName(), Faults.switchOff(plugin));
  }

  /** A call that may call the host back. */
  interface CallWithListeners<T> {
    @Nullable T call(Callbacks callbacks) throws Exception;
  }

  /** A call whose failure is a fault of the plugin. */
  <T> T checked(String method, Callable<@Nullable T> call) throws PluginFault {
    @Nullable T answer;
    try (ContextLoader _ = ContextLoader.of(loader)) {
      answer = call.call();
    } catch (Throwable thrown) {
      keepInterrupt(thrown);
      throw Faults.of(plugin, the(method) + " failed", thrown);
    }
    if (answer == null) {
      throw new PluginFault(
          the(method) + " returned null", "Report that to the plugin's author, or " + wayOut);
    }
    return answer;
  }

  /**
   * A call whose failure is a {@link BackendException}.
   *
   * @throws BackendException the plugin's own, or one that names the plugin: out of memory when the
   *     Java heap was too small, cancelled when the thread was interrupted, otherwise internal
   */
  <T> T guarded(String method, CallWithListeners<T> call) throws BackendException {
    Callbacks callbacks = new Callbacks();
    @Nullable T answer;
    try (ContextLoader _ = ContextLoader.of(loader)) {
      answer = call.call(callbacks);
    } catch (BackendException e) {
      callbacks.rethrow();
      throw e;
    } catch (Throwable thrown) {
      callbacks.rethrow();
      keepInterrupt(thrown);
      throw translated(method, thrown);
    }
    callbacks.rethrow();
    if (answer == null) {
      throw internal(the(method) + " returned null", null);
    }
    return answer;
  }

  BackendException.InternalFailure internal(String what, @Nullable Throwable cause) {
    return new BackendException.InternalFailure(
        OneLine.of("plugin " + plugin.id() + " (" + plugin.fileName() + "): " + what),
        "Report that to the plugin's author, or " + wayOut,
        cause);
  }

  /** For example {@code the probe() of backend 'llamacpp'}. */
  String the(String method) {
    return "the " + method + " of " + extension;
  }

  private BackendException translated(String method, Throwable thrown) {
    Faults.rethrowIfFatal(thrown);
    if (thrown instanceof InterruptedException) {
      return new BackendException.Cancelled(the(method) + " was interrupted");
    }
    if (thrown instanceof OutOfMemoryError) {
      // What the plugin wanted is given up, so the host has memory again: the caller may go on.
      BackendException.OutOfMemory outOfMemory =
          new BackendException.OutOfMemory(
              OneLine.of(the(method) + " ran out of memory: " + thrown.getMessage()),
              "Close other programs, or choose a smaller model with --model.");
      outOfMemory.addSuppressed(thrown);
      return outOfMemory;
    }
    PluginFault fault = Faults.of(plugin, the(method) + " failed", thrown);
    return internal(fault.reason(), thrown);
  }

  private static void keepInterrupt(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }

  /** The listeners of one call: what they throw is the host's business, not the plugin's fault. */
  static final class Callbacks {
    private volatile @Nullable Throwable thrown;

    LoadListener watchLoad(LoadListener listener) {
      return listener.equals(LoadListener.NONE)
          ? listener
          : fraction -> watched(() -> listener.onProgress(fraction));
    }

    TokenListener watchTokens(TokenListener listener) {
      return listener.equals(TokenListener.NONE)
          ? listener
          : piece -> watched(() -> listener.onPiece(piece));
    }

    private void watched(Runnable callback) {
      try {
        callback.run();
      } catch (RuntimeException | Error e) {
        // A plugin that swallows it may call again: the first one is the reason.
        if (thrown == null) {
          thrown = e;
        }
        throw e;
      }
    }

    boolean haveThrown() {
      return thrown != null;
    }

    /** Throws again what a listener threw, whether the plugin wrapped it or swallowed it. */
    void rethrow() {
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> {}
      }
    }
  }
}
