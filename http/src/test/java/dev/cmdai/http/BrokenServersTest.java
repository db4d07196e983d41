package dev.cmdai.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that are not there, too slow, or break off: each is told in words, and in time. */
@Timeout(60)
class BrokenServersTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Http http;

  BrokenServersTest() throws HttpFailure {
    http = Http.builder().build();
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private HttpFailure failure(Request request) {
    try (Call call = http.call(request)) {
      return catchThrowableOfType(HttpFailure.class, () -> call.reply().body().readAllBytes());
    }
  }

  /** Waits for ever, or until the client has gone. */
  private static RawServer.Answer stallAfter(String text) {
    return (connection, _) -> {
      RawServer.write(connection, text);
      connection.getInputStream().read();
    };
  }

  @Test
  void aHostThatDoesNotExist() {
    HttpFailure failure = failure(Request.get(URI.create("https://no.invalid/")));
    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.UNKNOWN_HOST);
    assertThat(failure).hasMessage("there is no host called no.invalid");
    assertThat(failure.remedy()).contains("HTTPS_PROXY");
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void aPortWhereNothingListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    HttpFailure failure = failure(Request.get(URI.create("http://127.0.0.1:" + port + "/x")));
    assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.REFUSED);
    assertThat(failure).hasMessage("nothing listens at http://127.0.0.1:%d", port);
    assertThat(failure.remedy()).isEqualTo("Start the server, or correct the address.");
  }

  @Test
  void headersThatDoNotCome() throws IOException {
    try (RawServer server = new RawServer(stallAfter("HTTP/1.1 200 OK\r\n"))) {
      HttpFailure failure = failure(Request.get(server.uri("/")).idleTimeout(SHORT));
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMEOUT);
      assertThat(failure)
          .hasMessage("nothing came from http://127.0.0.1:%d for 0.2 s", server.port());
      assertThat(failure.isTransient()).isTrue();
    }
  }

  @Test
  void aBodyThatStalls() throws IOException {
    try (RawServer server = new RawServer(stallAfter(HEAD + "some"));
        Call call = http.call(Request.get(server.uri("/")).idleTimeout(SHORT))) {
      InputStream body = call.reply().body();
      assertThat(body.readNBytes(4)).isEqualTo("some".getBytes(UTF_8));
      HttpFailure failure = catchThrowableOfType(HttpFailure.class, body::read);
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMEOUT);
      assertThat(catchThrowableOfType(HttpFailure.class, body::read)).isNotNull();
    }
  }

  @Test
  void aBodyThatDripsLongerThanTheTimeForEverything() throws IOException {
    try (RawServer server =
        new RawServer((connection, _) -> {
          RawServer.write(connection, HEAD.replace("100", "1000000"));
          while (true) {
            RawServer.write(connection, "x");
          }
        })) {
      HttpFailure failure = failure(Request.get(server.uri("/")).totalTimeout(SHORT));
      assertThat(failure.kind()).isIn(HttpFailure.Kind.DEADLINE);
      assertThat(failure.isTransient()).isFalse();
    }
  }

  @Test
  void aBodyThatIsCutShort() throws IOException {
    for (String head :
        new String[] {HEAD, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n"}) {
      try (RawServer server =
          new RawServer((connection, _) -> {
            RawServer.write(connection, head + "some");
            connection.close();
          })) {
        HttpFailure failure = failure(Request.get(server.uri("/")));
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.BROKEN_OFF);
        assertThat(failure)
            .hasMessage("the connection to http://127.0.0.1:%d broke off", server.port());
        assertThat(failure.isTransient()).isTrue();
      }
    }
  }

  @Test
  void resetsBeforeAndInsideTheBody() throws IOException {
    for (String sent : new String[] {"", "HTTP/1.1 2", HEAD + "some"}) {
      try (RawServer server =
          new RawServer((connection, _) -> {
            RawServer.write(connection, sent);
            RawServer.reset(connection);
          })) {
        assertThat(failure(Request.get(server.uri("/"))).kind())
            .isEqualTo(HttpFailure.Kind.BROKEN_OFF);
      }
    }
  }

  @Test
  void somethingThatIsNotHttp() throws IOException {
    try (RawServer server =
        new RawServer((connection, _) -> {
          RawServer.write(connection, "SSH-2.0-OpenSSH_9.6\r\n\r\n");
          connection.close();
        })) {
      assertThat(failure(Request.get(server.uri("/"))).kind())
          .isEqualTo(HttpFailure.Kind.BROKEN_OFF);
    }
  }

  /** The server's end of a connection notices that the client is gone. */
  private void closesAtOnce(String sent, boolean isReading) throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch isGone = new CountDownLatch(1);
    try (RawServer server =
            new RawServer((connection, _) -> {
              RawServer.write(connection, sent);
              isAsked.countDown();
              try {
                connection.getInputStream().read();
              } finally {
                isGone.countDown();
              }
            });
        Call call = http.call(Request.get(server.uri("/")))) {
      CompletableFuture<HttpFailure> caller =
          CompletableFuture.supplyAsync(() ->
              catchThrowableOfType(
                  HttpFailure.class,
                  () -> {
                    Reply reply = call.reply();
                    if (isReading) {
                      reply.body().readAllBytes();
                    }
                  }));
      assertThat(isAsked.await(30, TimeUnit.SECONDS)).isTrue();
      Runnable hangUp = call::close;
      hangUp.run();
      assertThat(isGone.await(30, TimeUnit.SECONDS)).isTrue();
      HttpFailure failure = caller.get(30, TimeUnit.SECONDS);
      if (isReading) {
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.CLOSED);
      }
    }
  }

  @Test
  void closingACallClosesItsConnection() throws Exception {
    closesAtOnce("", true);
    closesAtOnce(HEAD, true);
    closesAtOnce(HEAD + "some", true);
    closesAtOnce(HEAD + "some", false);
  }

  @Test
  void aClosedCallSendsNothing() throws IOException {
    try (TestServer server = TestServer.plain().on("/", TestServer.text("x"))) {
      Call call = http.call(Request.get(server.uri("/")));
      call.close();
      assertThat(catchThrowableOfType(HttpFailure.class, call::reply).kind())
          .isEqualTo(HttpFailure.Kind.CLOSED);
      assertThat(server.asked).isEmpty();
    }
  }

  @Test
  void anInterruptedThreadStopsAndStaysInterrupted() throws IOException {
    try (RawServer server = new RawServer(stallAfter(HEAD))) {
      Thread.currentThread().interrupt();
      HttpFailure failure = failure(Request.get(server.uri("/")));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.CLOSED);
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterAWholeBody() throws IOException {
    CountDownLatch connections = new CountDownLatch(2);
    try (RawServer server =
        new RawServer((connection, _) -> {
          connections.countDown();
          String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
          RawServer.write(connection, ok);
          if (connection.getInputStream().read() >= 0) {
            RawServer.write(connection, ok);
          }
        })) {
      for (int i = 0; i < 2; i++) {
        try (Call call = http.call(Request.get(server.uri("/")))) {
          assertThat(call.reply().bytes(10)).isEqualTo("ok".getBytes(UTF_8));
        }
      }
      assertThat(connections.getCount()).isEqualTo(1);
    }
  }
}
