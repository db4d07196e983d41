package dev.cmdai.testmodels.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The server. {@code /OWNER/REPO/resolve/REVISION/FILE} tells size and hash and sends the client to
 * {@code /cdn/OWNER/REPO/FILE}, which has the bytes, ranges and a strong entity tag. Each request
 * there takes the next fault from the queue.
 */
public final class ModelHub implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Map<String, Content> files = new ConcurrentHashMap<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean announcesHash = true;
  private volatile long bytesPerSecond = Long.MAX_VALUE;
  private volatile @Nullable String token;

  /** Starts one on a free port of loopback. */
  public ModelHub() throws IOException {
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().name("model-hub").start(this::accept);
  }

  /**
   * A request.
   *
   * @param method {@code GET} or {@code HEAD}
   * @param path what was asked for
   * @param headers by their lower-case names
   */
  public record Seen(String method, String path, Map<String, String> headers) {
    /** Whether it asked for bytes. */
    public boolean isForBytes() {
      return path.startsWith("/cdn/") && !method.equals("HEAD");
    }

    /** A header, or "". */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** Where it is; what {@code HF_ENDPOINT} is set to. */
  public URI endpoint() {
    try {
      InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
      return URI.create("http://127.0.0.1:" + address.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Serves a file, or another one in its place.
   *
   * @param name {@code OWNER/REPO/FILE}
   */
  public ModelHub serve(String name, Content content) {
    files.put(name, content);
    return this;
  }

  /** Serves what lies in memory. */
  public ModelHub serve(String name, byte[] content) {
    return serve(name, Content.of(content));
  }

  /** Does this wrong with the next requests for bytes, one each. */
  public ModelHub failing(Fault... next) {
    faults.addAll(List.of(next));
    return this;
  }

  /** Whether the first hop tells the SHA-256. */
  public ModelHub announcingHash(boolean value) {
    announcesHash = value;
    return this;
  }

  /** Sends slowly. */
  public ModelHub slowly(long value) {
    bytesPerSecond = value;
    return this;
  }

  /** Serves only those who have this token. */
  public ModelHub private_(String value) {
    token = value;
    return this;
  }

  /** All requests so far. */
  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The {@code Range} of each request for bytes; "" for none. */
  public List<String> ranges() {
    return seen.stream().filter(Seen::isForBytes).map(one -> one.header("range")).toList();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel connection = listener.accept();
        connections.add(connection);
        Thread.ofPlatform().daemon().start(() -> serve(connection));
      }
    } catch (ClosedChannelException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      for (Seen request = read(connection); request != null; request = read(connection)) {
        seen.add(request);
        if (!answer(connection, request)) {
          return;
        }
      }
    } catch (IOException e) {
      // The client has gone, which is its right.
    }
  }

  private static @Nullable Seen read(SocketChannel connection) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (connection.read(one.clear()) < 0) {
        return null;
      }
      head.append((char) (one.get(0) & 0xff));
    }
    String[] lines = head.toString().strip().split("\r\n", -1);
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    String[] words = lines[0].split(" ", -1);
    return new Seen(words[0], words[1], Map.copyOf(headers));
  }

  /** Whether the connection can serve another request. */
  private boolean answer(SocketChannel connection, Seen request) throws IOException {
    if (request.path().startsWith("/cdn/")) {
      Content content = files.get(request.path().substring("/cdn/".length()));
      if (content != null && !request.isForBytes()) {
        write(connection, "HTTP/1.1 200 X\r\nContent-Length: " + content.size() + "\r\n\r\n");
        return true;
      }
      Fault fault = faults.poll();
      return content == null
          ? status(connection, 404, "")
          : new Answer(connection, request, content, bytesPerSecond, closed)
              .send(fault == null ? new Fault.None() : fault);
    }
    String wanted = token;
    if (wanted != null && !request.header("authorization").equals("Bearer " + wanted)) {
      return status(connection, 401, "X-Error-Message: Access to model is restricted.\r\n");
    }
    String[] parts = request.path().replaceFirst("\\?.*", "").split("/", 6);
    String name = parts.length < 6 ? "" : parts[1] + "/" + parts[2] + "/" + parts[5];
    Content content = files.get(name);
    if (content == null) {
      return status(connection, 404, "X-Error-Message: Entry not found\r\n");
    }
    return status(
        connection,
        302,
        "Location: /cdn/%s\r\nX-Linked-Size: %d\r\n%s"
            .formatted(
                name,
                content.size(),
                announcesHash ? "X-Linked-ETag: \"" + content.sha256() + "\"\r\n" : ""));
  }

  static boolean status(SocketChannel connection, int status, String headers) throws IOException {
    write(connection, "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n" + headers + "\r\n");
    return true;
  }

  static void write(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  static void reset(SocketChannel connection) throws IOException {
    connection.setOption(StandardSocketOptions.SO_LINGER, 0);
    connection.close();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
