package dev.cmdai.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A server on loopback that writes the bytes it is told to, and notes what it was asked. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Counted down when a client has closed its connection. */
  final CountDownLatch isLeft = new CountDownLatch(1);

  /** A request: its first line, its headers in lower case, its body. */
  record Asked(String line, String headers, String body) {
    String path() {
      return line.split(" ", -1)[1];
    }
  }

  /** Answers a request; a connection that it leaves open gets the next one. */
  interface Answer {
    void to(Asked asked, Socket connection) throws IOException;
  }

  RawServer(Answer answer) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(answer));
  }

  private void accept(Answer answer) {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection, answer));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection, Answer answer) {
    try (connection) {
      while (!connection.isClosed()) {
        Asked next = read(connection.getInputStream());
        asked.add(next);
        answer.to(next, connection);
      }
    } catch (EOFException | SocketException e) {
      isLeft.countDown();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Asked read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.append((char) next);
    }
    String headers = head.substring(head.indexOf("\r\n") + 2).toLowerCase(Locale.ROOT);
    int length = 0;
    for (String header : headers.lines().toList()) {
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Asked(head.substring(0, head.indexOf("\r\n")), headers, body);
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    connection.getOutputStream().flush();
  }

  /** A whole response. */
  static void respond(Socket connection, String status, String type, String body)
      throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    write(
        connection,
        "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, type, length, body));
  }

  /** Waits until the client has gone. */
  static void stall(Socket connection) throws IOException {
    if (connection.getInputStream().read() < 0) {
      throw new EOFException();
    }
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
