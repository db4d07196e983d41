package dev.cmdai.testmodels.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends the bytes of one request, right or wrong. */
final class Answer {
  private static final int BLOCK = 1 << 20;

  private final SocketChannel connection;
  private final ModelHub.Seen request;
  private final Content content;
  private final long bytesPerSecond;
  private final CountDownLatch closed;

  Answer(
      SocketChannel connection,
      ModelHub.Seen request,
      Content content,
      long bytesPerSecond,
      CountDownLatch closed) {
    this.connection = connection;
    this.request = request;
    this.content = content;
    this.bytesPerSecond = bytesPerSecond;
    this.closed = closed;
  }

  /** Whether the connection can serve another request. */
  boolean send(Fault fault) throws IOException {
    return switch (fault) {
      case Fault.Status only -> {
        StringBuilder headers = new StringBuilder();
        only.headers().forEach((name, value) -> headers.append(name + ": " + value + "\r\n"));
        yield ModelHub.status(connection, only.status(), headers.toString());
      }
      case Fault.Page page -> {
        byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
        head(200, "Content-Type: text/html\r\nContent-Length: " + html.length + "\r\n");
        write(ByteBuffer.wrap(html));
        yield true;
      }
      case Fault.Longer longer -> {
        head(200, "Transfer-Encoding: chunked\r\n");
        ByteBuffer all = ByteBuffer.allocate((int) content.size() + longer.bytes());
        content.read(all.duplicate().limit((int) content.size()), 0);
        ModelHub.write(connection, Integer.toHexString(all.capacity()) + "\r\n");
        write(all);
        ModelHub.write(connection, "\r\n0\r\n\r\n");
        yield true;
      }
      case Fault.Unframed _ -> {
        head(200, "Connection: close\r\n");
        body(0, content.size(), fault);
        yield false;
      }
      default -> ranged(fault);
    };
  }

  private void head(int status, String headers) throws IOException {
    ModelHub.write(connection, "HTTP/1.1 " + status + " X\r\n" + headers + "\r\n");
  }

  private boolean ranged(Fault fault) throws IOException {
    String etag = "ETag: \"" + content.sha256().substring(0, 16) + "\"\r\n";
    String range = request.header("range");
    String ifRange = request.header("if-range");
    boolean isRanged =
        range.matches("bytes=\\d+-")
            && !(fault instanceof Fault.NoRanges)
            && (ifRange.isEmpty() || etag.contains(ifRange));
    long from = isRanged ? Long.parseLong(range.substring(6, range.length() - 1)) : 0;
    if (isRanged && from >= content.size()) {
      return ModelHub.status(
          connection, 416, etag + "Content-Range: bytes */" + content.size() + "\r\n");
    }
    if (fault instanceof Fault.OtherRange) {
      from = Math.max(0, from - 1);
    }
    String length = "Content-Length: " + (content.size() - from) + "\r\n";
    if (isRanged) {
      String part = "bytes %d-%d/%d".formatted(from, content.size() - 1, content.size());
      head(206, etag + length + "Content-Range: " + part + "\r\n");
    } else {
      head(200, etag + length);
    }
    return body(from, content.size(), fault);
  }

  private boolean body(long from, long to, Fault fault) throws IOException {
    long end =
        switch (fault) {
          case Fault.EndAt at -> at.position();
          case Fault.ResetAt at -> at.position();
          case Fault.StallAt at -> at.position();
          default -> to;
        };
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long start = System.nanoTime();
    for (long at = from; at < Math.min(end, to); ) {
      int count = (int) Math.min(Math.min(BLOCK, bytesPerSecond / 20 + 1), Math.min(end, to) - at);
      content.read(block.clear().limit(count), at);
      if (fault instanceof Fault.WrongByteAt wrong
          && wrong.position() >= at
          && wrong.position() < at + count) {
        int index = (int) (wrong.position() - at);
        block.put(index, (byte) (block.get(index) ^ 1));
      }
      write(block.position(0));
      at += count;
      pace(at - from, start);
    }
    if (end >= to) {
      return true;
    }
    switch (fault) {
      case Fault.ResetAt _ -> ModelHub.reset(connection);
      case Fault.StallAt _ -> await(Long.MAX_VALUE);
      default -> connection.close();
    }
    return false;
  }

  private void pace(long sent, long start) {
    if (bytesPerSecond != Long.MAX_VALUE) {
      long due = start + (long) (sent * 1e9 / bytesPerSecond);
      await(due - System.nanoTime());
    }
  }

  private void await(long nanos) {
    try {
      if (nanos > 0 && closed.await(nanos, TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }
}
