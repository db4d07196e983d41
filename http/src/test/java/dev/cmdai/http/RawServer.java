package dev.cmdai.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on loopback that writes exactly the bytes that a test wants, and stops where it wants.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  final List<String> heads = new CopyOnWriteArrayList<>();

  /** What to do with a connection once the head of its request is read. */
  interface Answer {
    void on(Socket connection, String head) throws IOException;
  }

  RawServer(Answer answer) throws IOException {
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket connection = listener.accept();
              connections.add(connection);
              Thread.ofVirtual().start(() -> serve(connection, answer));
            }
          } catch (SocketException e) {
            // closed
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void serve(Socket connection, Answer answer) {
    try {
      String head = head(connection);
      heads.add(head);
      answer.on(connection, head);
    } catch (IOException e) {
      // the client has gone
    }
  }

  private static String head(Socket connection) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1), 1);
    StringBuilder head = new StringBuilder();
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      head.append(line).append('\n');
    }
    return head.toString();
  }

  static void write(Socket connection, String text) throws IOException {
    OutputStream out = connection.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Ends a connection with a reset instead of an orderly end. */
  static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
