package dev.cmdai.host;

import dev.cmdai.api.ProbeContext;
import java.time.Duration;
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
  private final Duration budget;

  Prober(PluginShelf plugins, Duration budget) {
    this.plugins = plugins;
    this.budget = budget;
  }

  /** Starts probing; the time counts from here. */
  Running start(InstalledBackend backend, ProbeContext context) {
    return new Running(backend, context);
  }

  private ProbeResult probe(InstalledBackend installed, ProbeContext context)
      throws InterruptedException {
    try {
      GuardedBackend backend = plugins.loaded(installed.plugin()).backend(installed.id());
      return new ProbeResult.Answered(backend, backend.availability(context));
    } catch (PluginFault fault) {
      return new ProbeResult.Failed(Rejection.of(installed.plugin(), fault));
    }
  }

  /** A probe on its way. */
  final class Running {
    private final InstalledBackend installed;
    private final Duration limit;
    private final long startedAt = System.nanoTime();
    private final FutureTask<BackendStatus> task;
    private final Thread thread;

    private Running(InstalledBackend installed, ProbeContext context) {
      this.installed = installed;
      this.limit = budget.plus(context.networkTimeout());
      this.task = new FutureTask<>(() -> status(probe(installed, context)));
      // A daemon: the program ends although a plugin hangs.
      this.thread = Thread.ofPlatform().daemon().name("probe-" + installed.id()).start(task);
    }

    /**
     * Waits for the answer. An interrupt ends the wait and stays set.
     *
     * @throws VirtualMachineError when the JVM itself is broken
     */
    BackendStatus await() {
      PluginFile plugin = installed.plugin();
      try {
        long left = limit.toNanos() - (System.nanoTime() - startedAt);
        return task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        PluginFault fault = late(plugin, e);
        task.cancel(true);
        return failed(fault);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        task.cancel(true);
        return failed(new PluginFault("the search for a backend was interrupted", "", e));
      } catch (ExecutionException e) {
        return failed(Faults.of(plugin, "its probe failed", e));
      }
    }

    private PluginFault late(PluginFile plugin, TimeoutException timeout) {
      // Where it hangs is what its author needs to know.
      timeout.setStackTrace(thread.getStackTrace());
      return new PluginFault(
          "backend '%s' did not answer within %d ms".formatted(installed.id(), limit.toMillis()),
          "Try again, or " + Faults.switchOff(plugin),
          timeout);
    }

    private BackendStatus failed(PluginFault fault) {
      return status(new ProbeResult.Failed(Rejection.of(installed.plugin(), fault)));
    }

    private BackendStatus status(ProbeResult result) {
      return new BackendStatus(installed, result, Duration.ofNanos(System.nanoTime() - startedAt));
    }
  }
}
