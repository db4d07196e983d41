package dev.cmdai.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through redirects to its reply. {@link #close} ends it at any point, from
 * any thread.
 */
public final class Call implements AutoCloseable {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Http http;
  private final Request request;
  private final Object lock = new Object();
  // Both guarded by lock.
  private boolean isClosed;
  private Runnable abort = () -> {};

  Call(Http http, Request request) {
    this.http = http;
    this.request = request;
  }

  /**
   * Sends the request, to where redirects lead too, and waits for the headers of the reply. To be
   * called once.
   *
   * @throws HttpFailure when there is no reply; of an interrupted thread, the flag stays set
   */
  public Reply reply() throws HttpFailure {
    TimeLimit limit = TimeLimit.starting(request.idleTimeout(), request.totalTimeout());
    List<Reply.Hop> hops = new ArrayList<>();
    Request next = request;
    while (true) {
      Route route = http.route(next);
      HttpResponse<BodyStream> response =
          exchange(next.toJdk(route, http.userAgent()), route, limit);
      if (response.statusCode() == 407) {
        close();
        throw route.refusedByProxy();
      }
      URI target = target(next.uri(), response);
      if (target == null) {
        return new Reply(
            next.uri(), response.statusCode(), response.headers(), hops, response.body());
      }
      response.body().close();
      hops.add(new Reply.Hop(next.uri(), response.statusCode(), response.headers()));
      if (hops.size() > MOST_REDIRECTS) {
        throw redirect(
            request.uri(), "redirects in circles, or more than " + MOST_REDIRECTS + " times");
      }
      next = next.redirectedTo(target, response.statusCode());
    }
  }

  private HttpResponse<BodyStream> exchange(HttpRequest jdk, Route route, TimeLimit limit)
      throws HttpFailure {
    if (isClosed()) {
      throw route.closed();
    }
    BodyStream body = new BodyStream(route, limit);
    CompletableFuture<HttpResponse<BodyStream>> answer = http.send(jdk, _ -> body);
    onClose(
        () -> {
          // The body first: then it knows that the end of the connection is no failure.
          body.close();
          answer.cancel(true);
        },
        route);
    try {
      return answer.get(limit.nanosUntilNextByte(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      body.close();
      throw route.timeout(limit);
    } catch (InterruptedException e) {
      answer.cancel(true);
      body.close();
      Thread.currentThread().interrupt();
      throw route.closed();
    } catch (CancellationException e) {
      throw route.closed();
    } catch (ExecutionException e) {
      if (isClosed()) {
        throw route.closed();
      }
      throw route.failure(e.getCause() == null ? e : e.getCause());
    }
  }

  /** Where a reply says to look instead, or null when it is an answer. */
  private static @Nullable URI target(URI from, HttpResponse<?> response) throws HttpFailure {
    if (!REDIRECTS.contains(response.statusCode())) {
      return null;
    }
    String location = response.headers().firstValue("Location").orElse("");
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw redirect(from, "redirects to something that is no address");
    }
    if (location.isEmpty()) {
      throw redirect(from, "redirects without saying where to");
    }
    if (Addresses.isSecure(from) && !Addresses.isSecure(target)) {
      throw redirect(from, "redirects to " + Addresses.origin(target) + ", which is not encrypted");
    }
    return target;
  }

  private static HttpFailure redirect(URI from, String what) {
    return new HttpFailure(
        HttpFailure.Kind.REDIRECT,
        Addresses.shown(from) + " " + what,
        "Check the address, or name the server's final one.");
  }

  private void onClose(Runnable action, Route route) throws HttpFailure {
    synchronized (lock) {
      abort = action;
      if (!isClosed) {
        return;
      }
    }
    action.run();
    throw route.closed();
  }

  private boolean isClosed() {
    synchronized (lock) {
      return isClosed;
    }
  }

  /** Closes the connection at once, unless the body was read to its end. */
  @Override
  public void close() {
    Runnable action;
    synchronized (lock) {
      isClosed = true;
      action = abort;
    }
    action.run();
  }
}
