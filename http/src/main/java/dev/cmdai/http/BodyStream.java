package dev.cmdai.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it arrives, with a limit for how long nothing may. The JDK's own stream
 * waits for ever.
 *
 * <p>Read by one thread, closed by any.
 */
final class BodyStream extends Body implements BodySubscriber<BodyStream> {
  /** So many reads may wait, so that network and reader work side by side. */
  private static final int AHEAD = 4;

  private final Route route;
  private final TimeLimit limit;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private @Nullable Arrival last;

  private final Object lock = new Object();
  // Both guarded by lock.
  private Flow.@Nullable Subscription subscription;
  private boolean isClosed;

  BodyStream(Route route, TimeLimit limit) {
    this.route = route;
    this.limit = limit;
  }

  private sealed interface Arrival {
    record Bytes(List<ByteBuffer> buffers) implements Arrival {}

    record End() implements Arrival {}

    record Failure(HttpFailure reason) implements Arrival {}
  }

  @Override
  public CompletionStage<BodyStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    boolean isTooLate;
    synchronized (lock) {
      subscription = given;
      isTooLate = isClosed;
    }
    if (isTooLate) {
      given.cancel();
    } else {
      given.request(AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    arrivals.add(new Arrival.Bytes(bytes));
  }

  @Override
  public void onError(Throwable thrown) {
    boolean isOurs;
    synchronized (lock) {
      isOurs = isClosed;
    }
    arrivals.add(new Arrival.Failure(isOurs ? route.closed() : route.brokenOff(thrown)));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival.End());
  }

  @Override
  public int read() throws HttpFailure {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws HttpFailure {
    if (length == 0) {
      return 0;
    }
    ByteBuffer buffer = next();
    if (buffer == null) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, count);
    return count;
  }

  @Override
  public int read(ByteBuffer target) throws HttpFailure {
    int before = target.remaining();
    while (target.hasRemaining() && (target.remaining() == before || available() > 0)) {
      ByteBuffer buffer = next();
      if (buffer == null) {
        return target.remaining() == before ? -1 : before - target.remaining();
      }
      int count = Math.min(target.remaining(), buffer.remaining());
      target.put(target.position(), buffer, buffer.position(), count);
      target.position(target.position() + count);
      buffer.position(buffer.position() + count);
    }
    return before - target.remaining();
  }

  /** The buffer to read from, which has bytes, or null at the end. */
  private @Nullable ByteBuffer next() throws HttpFailure {
    while (true) {
      ByteBuffer first = buffers.peekFirst();
      if (first == null) {
        if (!receive()) {
          return null;
        }
      } else if (first.hasRemaining()) {
        return first;
      } else {
        buffers.removeFirst();
      }
    }
  }

  /** At least how much can be read without a wait, or any failure: what has arrived. */
  @Override
  public int available() {
    int waiting = remaining(buffers);
    return waiting == 0 && arrivals.peek() instanceof Arrival.Bytes next
        ? remaining(next.buffers())
        : waiting;
  }

  private static int remaining(Collection<ByteBuffer> buffers) {
    return buffers.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  /** Takes in what arrives next; false at the end. */
  private boolean receive() throws HttpFailure {
    if (last == null) {
      Arrival next = await();
      if (next instanceof Arrival.Bytes bytes) {
        for (ByteBuffer buffer : bytes.buffers()) {
          if (buffer.hasRemaining()) {
            buffers.add(buffer);
          }
        }
        requestMore();
        return true;
      }
      last = next;
    }
    if (last instanceof Arrival.Failure failure) {
      throw failure.reason();
    }
    return false;
  }

  private Arrival await() throws HttpFailure {
    try {
      Arrival next = arrivals.poll(limit.nanosUntilNextByte(), TimeUnit.NANOSECONDS);
      if (next != null) {
        return next;
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      return new Arrival.Failure(route.closed());
    }
    close();
    return new Arrival.Failure(route.timeout(limit));
  }

  private void requestMore() {
    Flow.Subscription given;
    synchronized (lock) {
      given = subscription;
    }
    if (given != null) {
      given.request(1);
    }
  }

  /** Closes the connection, unless everything has arrived; a reader that waits is told. */
  @Override
  public void close() {
    Flow.Subscription given;
    synchronized (lock) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      given = subscription;
    }
    if (given != null) {
      given.cancel();
    }
    arrivals.add(new Arrival.Failure(route.closed()));
  }
}
