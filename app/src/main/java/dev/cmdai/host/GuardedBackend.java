package dev.cmdai.host;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's backend as the rest of the host sees it: it keeps the contract of {@link
 * InferenceBackend} whatever the plugin does.
 *
 * <p>Its descriptor is checked, its answers are never null, what it throws is a {@link
 * BackendException} that names the plugin, and it is called by one thread at a time.
 */
final class GuardedBackend implements InferenceBackend {
  private final PluginCalls calls;
  private final InferenceBackend backend;
  private final BackendDescriptor descriptor;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  private GuardedBackend(
      PluginCalls calls, InferenceBackend backend, BackendDescriptor descriptor) {
    this.calls = calls;
    this.backend = backend;
    this.descriptor = descriptor;
  }

  /** Checks what the backend says about itself. */
  static GuardedBackend of(PluginFile plugin, ClassLoader loader, InferenceBackend backend)
      throws PluginFault {
    String type = backend.getClass().getName();
    String what = "the descriptor() of " + type;
    @Nullable BackendDescriptor descriptor;
    try (ContextLoader _ = ContextLoader.of(loader)) {
      descriptor = backend.descriptor();
    } catch (Throwable thrown) {
      throw Faults.of(plugin, what + " failed", thrown);
    }
    String askTheAuthor = "Ask its author for a correct jar, or " + Faults.switchOff(plugin);
    if (descriptor == null) {
      throw new PluginFault(what + " returned null", askTheAuthor);
    }
    String id = descriptor.id();
    if (plugin.manifest().backends().stream().noneMatch(offer -> offer.id().equals(id))) {
      throw new PluginFault(
          what + " says '" + id + "', which its manifest does not offer", askTheAuthor);
    }
    return new GuardedBackend(PluginCalls.toBackend(plugin, loader, id), backend, descriptor);
  }

  @Override
  public BackendDescriptor descriptor() {
    return descriptor;
  }

  /** What the plugin answers; a fault is told as one. */
  Availability availability(ProbeContext context) throws PluginFault {
    oneAtATime.lock();
    try {
      return calls.checked("probe()", () -> backend.probe(context));
    } finally {
      oneAtATime.unlock();
    }
  }

  @Override
  public Availability probe(ProbeContext context) {
    try {
      return availability(context);
    } catch (PluginFault fault) {
      return new Availability.Unavailable(fault.reason(), fault.remedy());
    }
  }

  @Override
  public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress)
      throws BackendException {
    oneAtATime.lock();
    try {
      Diagnostics diagnostics = options.environment().diagnostics();
      ModelSession session =
          calls.guarded(
              "open()",
              callbacks -> {
                ModelSession opened = backend.open(model, options, callbacks.watchLoad(progress));
                if (opened != null && callbacks.haveThrown()) {
                  // The caller gets the exception, so nobody else would close the session.
                  GuardedSession.close(calls, opened, diagnostics);
                }
                return opened;
              });
      return GuardedSession.of(calls, session, diagnostics);
    } finally {
      oneAtATime.unlock();
    }
  }
}
