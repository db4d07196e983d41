package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Capability;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.TokenListener;
import dev.cmdai.http.Backoff;
import dev.cmdai.http.Http;
import dev.cmdai.kit.session.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A model of a server. Asks as many things at once as it is asked; the server sorts them out. */
final class RemoteSession implements ModelSession {
  /** A server that is busy for longer than this is better left to others. */
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8), 5);

  private final Http http;
  private final Found found;
  private final ServerModel model;
  private final Diagnostics diagnostics;

  /** The session itself is one party, each request another; ended when all have left. */
  private final Phaser parties = new Phaser(1);

  private final ThreadLocal<Boolean> isAsking = ThreadLocal.withInitial(() -> false);
  private boolean isClosed;

  RemoteSession(Http http, Found found, ServerModel model, Diagnostics diagnostics) {
    this.http = http;
    this.found = found;
    this.model = model;
    this.diagnostics = diagnostics;
  }

  @Override
  public ModelDescription model() {
    return ModelDescription.builder(model.id())
        .contextLength(model.contextLength())
        .device(found.server().origin())
        .build();
  }

  @Override
  public Completion complete(CompletionRequest request, TokenListener listener)
      throws BackendException {
    refuseWhatIsAbsent(request);
    enter();
    isAsking.set(true);
    try {
      return answer(request, listener);
    } finally {
      isAsking.remove();
      parties.arriveAndDeregister();
    }
  }

  private synchronized void enter() {
    if (isClosed) {
      throw new IllegalStateException("the session is closed");
    }
    parties.register();
  }

  private static void refuseWhatIsAbsent(CompletionRequest request) throws BackendException {
    boolean hasPrefix = !request.assistantPrefix().isEmpty();
    if (hasPrefix || request.grammar().isPresent()) {
      throw new BackendException.Unsupported(
          "servers take no " + (hasPrefix ? Capability.ASSISTANT_PREFIX : Capability.GRAMMAR),
          "Leave it out, or use a backend that runs models on this machine.",
          null);
    }
  }

  private Completion answer(CompletionRequest request, TokenListener listener)
      throws BackendException {
    Limits limits = new Limits(request.deadline(), request.cancellation());
    Object schema = schema(request);
    int failures = 0;
    while (true) {
      Outcome outcome = ask(request, schema, limits, listener);
      if (!(outcome instanceof Outcome.Refused(Refusal refusal))) {
        return ((Outcome.Answered) outcome).completion();
      }
      if (schema != null && refusal.isOfForm()) {
        diagnostics.detail(() -> "without a schema, as the server says: " + refusal.words());
        schema = null;
        continue;
      }
      failures++;
      Optional<Duration> delay =
          refusal.isBusy()
              ? BACKOFF.delay(
                  failures,
                  refusal.retryAfter(),
                  limits.deadline().remaining(),
                  ThreadLocalRandom.current())
              : Optional.empty();
      if (delay.isEmpty()) {
        throw refusal.exception(model.id());
      }
      diagnostics.detail(
          () -> refusal.server().origin() + " is busy, waiting " + delay.get().toMillis() + " ms");
      pause(delay.get(), limits);
    }
  }

  private static @Nullable Object schema(CompletionRequest request) throws BackendException {
    String schema = request.jsonSchema().orElse(null);
    if (schema == null) {
      return null;
    }
    try {
      return Json.read(schema);
    } catch (IOException e) {
      throw new BackendException.Unsupported(
          "the JSON schema is no JSON", "Correct the schema.", e);
    }
  }

  private sealed interface Outcome {
    record Answered(Completion completion) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
  }

  private Outcome ask(
      CompletionRequest request, @Nullable Object schema, Limits limits, TokenListener listener)
      throws BackendException {
    Server server = found.server();
    Protocol protocol = found.protocol();
    long start = System.nanoTime();
    return server.post(
        protocol.chatPath(),
        protocol.body(request, model.id(), schema, server.profile().keepAlive()),
        limits,
        reply ->
            reply.status() == 200
                ? new Outcome.Answered(
                    new Answer(found, request, limits, listener, start).read(model.id(), reply))
                : new Outcome.Refused(Refusal.of(server, reply)));
  }

  private static void pause(Duration delay, Limits limits) throws BackendException {
    CountDownLatch isCancelled = new CountDownLatch(1);
    try (var _ = limits.cancellation().onCancel(isCancelled::countDown)) {
      boolean _ = isCancelled.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException.Cancelled("interrupted while a server was busy");
    }
    limits.check("waiting for a busy server");
  }

  @Override
  public void close() {
    if (isAsking.get()) {
      throw new IllegalStateException("a token listener may not close its session");
    }
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    int phase = parties.arriveAndDeregister();
    if (phase >= 0) {
      parties.awaitAdvance(phase);
    }
    http.close();
  }
}
