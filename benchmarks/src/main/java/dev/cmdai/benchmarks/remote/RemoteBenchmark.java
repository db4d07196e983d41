package dev.cmdai.benchmarks.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.remote.RemoteBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Times the first token of a session on loopback beside the bare exchange: the same request over a
 * socket, until the first byte of the body ({@code RemoteBenchmark ROUNDS}). They take turns, each
 * with a connection of its own; the first ones, which load classes, are told apart.
 */
public final class RemoteBenchmark {
  private static final String TOKEN = "data: {\"choices\":[{\"delta\":{\"content\":\"ls\"}}]}\n\n";
  private static final String END =
      """
      data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[],"usage":{"prompt_tokens":8,"completion_tokens":1}}

      data: [DONE]

      """;

  private final int port;
  private final String question;

  private RemoteBenchmark(int port, String question) {
    this.port = port;
    this.question = question;
  }

  /** Runs the benchmark and prints medians. */
  public static void main(String[] args) throws IOException, BackendException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.createContext(
        "/v1/models", exchange -> respond(exchange, "{\"data\":[{\"id\":\"model\"}]}", ""));
    server.createContext("/v1/chat/completions", exchange -> respond(exchange, TOKEN, END));
    server.start();
    try {
      String question = "show the ten largest files in the folder ".repeat(40);
      new RemoteBenchmark(server.getAddress().getPort(), question).run(Integer.parseInt(args[0]));
    } finally {
      server.stop(0);
    }
  }

  private static void respond(HttpExchange exchange, String first, String rest) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write(first.getBytes(StandardCharsets.UTF_8));
      body.flush();
      body.write(rest.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void run(int rounds) throws IOException, BackendException {
    List<Double> bare = new ArrayList<>();
    List<Double> fresh = new ArrayList<>();
    List<Double> later = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      bare.add(bare());
      HostEnvironment environment =
          HostEnvironment.builder(Path.of("cache"))
              .settings(Map.of("url", "http://127.0.0.1:" + port, "api", "openai"))
              .build();
      long start = System.nanoTime();
      try (ModelSession session =
          new RemoteBackend()
              .open(
                  ModelReference.remote("model", 0),
                  OpenOptions.builder(environment).build(),
                  LoadListener.NONE)) {
        fresh.add(millis(start) + firstToken(session));
        later.add(firstToken(session));
      }
    }
    System.out.printf(
        "first round, with class loading: bare %.1f ms, opened and asked %.1f ms%n",
        bare.removeFirst(), fresh.removeFirst());
    later.removeFirst();
    System.out.printf("%d rounds, medians in ms until the first token%n", rounds);
    System.out.printf("%-48s %8.2f%n", "bare exchange, connected anew", median(bare));
    System.out.printf("%-48s %8.2f%n", "backend opened (models listed) and asked", median(fresh));
    System.out.printf("%-48s %8.2f%n", "session asked again", median(later));
    System.out.printf("%-48s %8.2f%n", "opened and asked - bare", median(fresh) - median(bare));
    System.out.printf("%-48s %8.2f%n", "asked again - bare", median(later) - median(bare));
  }

  private double firstToken(ModelSession session) throws BackendException {
    long start = System.nanoTime();
    List<Double> first = new ArrayList<>();
    session.complete(
        CompletionRequest.builder(List.of(ChatMessage.user(question))).build(),
        _ -> first.add(millis(start)));
    return first.getFirst();
  }

  private double bare() throws IOException {
    byte[] body =
        ("{\"model\":\"model\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + question
                + "\"}],\"stream\":true}")
            .getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Connection: close\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    long start = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write((head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
      out.flush();
      InputStream in = socket.getInputStream();
      StringBuilder read = new StringBuilder();
      byte[] buffer = new byte[8192];
      while (read.indexOf("data: ") < 0) {
        int count = in.read(buffer);
        if (count < 0) {
          throw new IOException("no answer");
        }
        read.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
      return millis(start);
    }
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
