package dev.cmdai.host;

import dev.cmdai.api.ProbeContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads plugins and probes their backends, each on a thread of its own and for a limited time, so
 * that a plugin that hangs costs that time and nothing else.
 */
final class Prober {
  private final PluginShelf plugins;
  private final Limits limits;

  Prober(PluginShelf plugins, Limits limits) {
    this.plugins = plugins;
    this.limits = limits;
  }

  /**
   * How long a plugin may take to load and answer, its network timeout not counted.
   *
   * @param budget while others could be used instead
   * @param patience when there is no other
   */
  record Limits(Duration budget, Duration patience) {}

  /** Starts probing; the time counts from here. */
  Running start(InstalledBackend backend, ProbeContext context) {
    return new Running(backend, context);
  }

  private ProbeResult probe(InstalledBackend installed, ProbeContext context)
      throws InterruptedException {
    try {
      GuardedBackend backend = plugins.loaded(installed.plugin()).backend(installed);
      return new ProbeResult.Answered(backend, backend.availability(context));
    } catch (PluginFault fault) {
      return new ProbeResult.Failed(Rejection.of(installed.plugin(), fault));
    }
  }

  /** A probe on its way. */
  final class Running {
    private final InstalledBackend installed;
    private final Duration networkTimeout;
    private final long startedAt = System.nanoTime();
    private final FutureTask<BackendStatus> task;
    private final Thread thread;

    private Running(InstalledBackend installed, ProbeContext context) {
      this.installed = installed;
      this.networkTimeout = context.networkTimeout();
      this.task = new FutureTask<>(() -> status(probe(installed, context)));
      // A daemon: the program ends although a plugin hangs.
      this.thread = Thread.ofPlatform().daemon().name("probe-" + installed.id()).start(task);
    }

    /**
     * Waits for the answer while others could be used instead.
     *
     * @return empty when it is late; it goes on meanwhile
     * @throws VirtualMachineError when the JVM itself is broken
     */
    Optional<BackendStatus> await() {
      return await(limits.budget);
    }

    /** Waits longer, as there is no other, and gives up after that. */
    BackendStatus awaitPatiently() {
      return await(limits.patience).orElseGet(() -> giveUp(limits.patience));
    }

    /** Ends a probe that is late, as far as a thread can be ended. */
    BackendStatus giveUp() {
      return giveUp(limits.budget);
    }

    /** The failure of being late, while the probe goes on. */
    BackendStatus late() {
      return late(limits.budget);
    }

    private BackendStatus giveUp(Duration limit) {
      BackendStatus status = late(limit);
      task.cancel(true);
      return status;
    }

    private Optional<BackendStatus> await(Duration limit) {
      try {
        long left = limit.plus(networkTimeout).toNanos() - (System.nanoTime() - startedAt);
        return Optional.of(task.get(Math.max(0, left), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        // The caller wants to end: the flag stays set, so that no other wait is long either.
        Thread.currentThread().interrupt();
        task.cancel(true);
        return Optional.of(
            failed(
                new PluginFault("the search for a backend was interrupted", "Start it again.", e)));
      } catch (ExecutionException e) {
        return Optional.of(failed(Faults.of(installed.plugin(), "its probe failed", e)));
      }
    }

    private BackendStatus late(Duration limit) {
      TimeoutException cause = new TimeoutException();
      // Where it hangs is what its author needs to know.
      cause.setStackTrace(thread.getStackTrace());
      return failed(
          new PluginFault(
              "backend '%s' did not answer within %d ms"
                  .formatted(installed.id(), limit.plus(networkTimeout).toMillis()),
              "Try again, or " + Faults.switchOff(installed.plugin()),
              cause));
    }

    private BackendStatus failed(PluginFault fault) {
      return status(new ProbeResult.Failed(Rejection.of(installed.plugin(), fault)));
    }

    private BackendStatus status(ProbeResult result) {
      return new BackendStatus(installed, result, Duration.ofNanos(System.nanoTime() - startedAt));
    }
  }
}
