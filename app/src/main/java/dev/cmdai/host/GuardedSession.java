package dev.cmdai.host;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A plugin's session as the rest of the host sees it: the counterpart of {@link GuardedBackend}.
 */
final class GuardedSession implements ModelSession {
  private final PluginCalls calls;
  private final ModelSession session;
  private final ModelDescription model;
  private final Diagnostics diagnostics;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private GuardedSession(
      PluginCalls calls, ModelSession session, ModelDescription model, Diagnostics diagnostics) {
    this.calls = calls;
    this.session = session;
    this.model = model;
    this.diagnostics = diagnostics;
  }

  /** Takes over a session that was just opened, and closes it when it is of no use. */
  static GuardedSession of(PluginCalls calls, ModelSession session, Diagnostics diagnostics)
      throws BackendException {
    try {
      ModelDescription model = calls.guarded("model()", _ -> session.model());
      return new GuardedSession(calls, session, model, diagnostics);
    } catch (BackendException e) {
      close(calls, session, diagnostics);
      throw e;
    }
  }

  @Override
  public ModelDescription model() {
    return model;
  }

  @Override
  public Completion complete(CompletionRequest request, TokenListener listener)
      throws BackendException {
    if (isClosed.get()) {
      throw new IllegalStateException("the session is closed");
    }
    return calls.guarded(
        "complete()", callbacks -> session.complete(request, callbacks.watchTokens(listener)));
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      close(calls, session, diagnostics);
    }
  }

  /** The reply is there already, so a failure to tidy up is worth a warning, not an exception. */
  static void close(PluginCalls calls, ModelSession session, Diagnostics diagnostics) {
    try (ContextLoader _ = ContextLoader.of(calls.loader())) {
      session.close();
    } catch (Throwable thrown) {
      PluginFault fault = Faults.of(calls.plugin(), calls.the("close()") + " failed", thrown);
      diagnostics.warning(
          OneLine.of("plugin " + calls.plugin().fileName() + ": " + fault.reason())
              + ". "
              + fault.remedy());
    }
  }
}
