package dev.cmdai.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server on loopback that notes what it was asked. */
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  record Asked(String method, String path, Headers headers, String body) {}

  private TestServer(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.start();
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static TestServer plain() throws IOException {
    return new TestServer(HttpServer.create(anyPort(), 0), "http");
  }

  static TestServer tls(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new TestServer(server, "https");
  }

  TestServer on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders(),
                  body));
          try (exchange) {
            handler.handle(exchange);
          }
        });
    return this;
  }

  static HttpHandler text(String text) {
    return exchange -> send(exchange, 200, text);
  }

  static HttpHandler redirect(int status, URI target) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", target.toString());
      exchange.getResponseHeaders().set("X-Linked-Size", "42");
      send(exchange, status, "elsewhere");
    };
  }

  static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
    if (!isHead) {
      exchange.getResponseBody().write(bytes);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  URI uri(String path) {
    return uri("127.0.0.1", path);
  }

  /** By another name of this machine. */
  URI uri(String host, String path) {
    return URI.create(scheme + "://" + host + ":" + port() + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
