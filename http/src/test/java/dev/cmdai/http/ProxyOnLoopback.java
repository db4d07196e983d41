package dev.cmdai.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/**
 * A real proxy on loopback: tunnels with CONNECT and forwards plain requests, wherever they want to
 * go, to one server of the test.
 */
final class ProxyOnLoopback implements AutoCloseable {
  private static final String REFUSAL =
      """
      HTTP/1.1 407 Proxy Authentication Required\r
      Proxy-Authenticate: Basic realm="test"\r
      Content-Length: 0\r
      \r
      """;

  private final RawServer server;

  /**
   * @param target the port on this machine where everything goes
   * @param credentials what Proxy-Authorization has to say; empty for nothing
   */
  ProxyOnLoopback(int target, String credentials) throws IOException {
    server =
        new RawServer((connection, head) -> {
          if (!head.contains(credentials)) {
            RawServer.write(connection, REFUSAL);
            return;
          }
          try (Socket onward = new Socket(InetAddress.getLoopbackAddress(), target)) {
            if (head.startsWith("CONNECT ")) {
              RawServer.write(connection, "HTTP/1.1 200 Connection established\r\n\r\n");
            } else {
              RawServer.write(
                  onward,
                  head.replaceFirst(" http://[^/]+", " ")
                          .replaceAll("Proxy-Authorization: [^\n]+\n", "")
                          .replace("\n", "\r\n")
                      + "\r\n");
            }
            Thread back = Thread.ofVirtual().start(() -> pump(onward, connection));
            pump(connection, onward);
            back.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // one of the two has gone
    }
  }

  List<String> heads() {
    return server.heads;
  }

  /** The variables that name it. */
  Map<String, String> environment(String userAndPassword) {
    String address = "http://" + userAndPassword + "127.0.0.1:" + server.port();
    return Map.of("HTTPS_PROXY", address, "HTTP_PROXY", address);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
