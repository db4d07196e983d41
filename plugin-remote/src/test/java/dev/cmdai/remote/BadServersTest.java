package dev.cmdai.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.BackendException.InvalidResponse;
import dev.cmdai.api.BackendException.NetworkFailure;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that misbehave in every way that was seen in the field: told in words, and in time. */
@Timeout(60)
class BadServersTest {
  private static final String EVENTS = "text/event-stream";
  private static final String LS = "data: {\"choices\":[{\"delta\":{\"content\":\"ls\"}}]}\n\n";
  private static final String END =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";

  private interface Misbehaviour {
    void on(Socket connection) throws IOException;
  }

  /** Lists its models as it should, and does something else with questions. */
  private static RawServer server(Misbehaviour misbehaviour) throws IOException {
    return new RawServer((asked, connection) -> {
      if (asked.path().equals("/v1/chat/completions")) {
        misbehaviour.on(connection);
      } else {
        ModelServer.openAi(asked, connection);
      }
    });
  }

  private static RawServer server(String type, String body) throws IOException {
    return server(connection -> RawServer.respond(connection, "200 OK", type, body));
  }

  private static <T extends BackendException> T failure(Class<T> type, RawServer server) {
    return failure(type, server, Asking.request());
  }

  private static <T extends BackendException> T failure(
      Class<T> type, RawServer server, CompletionRequest.Builder request) {
    T failure =
        catchThrowableOfType(type, () -> Asking.at(server).with("timeout", "300ms").ask(request));
    assertThat(failure.getMessage()).contains(server.url());
    assertThat(failure.remedy()).isNotEmpty();
    return failure;
  }

  private static Completion reply(RawServer server) throws BackendException {
    return Asking.at(server).ask(Asking.request());
  }

  @Test
  void slowHeaders() throws IOException {
    try (RawServer server = server(RawServer::stall)) {
      assertThat(failure(NetworkFailure.class, server)).hasMessageStartingWith("nothing came from");
    }
  }

  @Test
  void aStallInMidStream() throws IOException {
    try (RawServer server =
        server(connection -> {
          ModelServer.begin(connection, EVENTS);
          ModelServer.chunk(connection, LS);
          RawServer.stall(connection);
        })) {
      assertThat(failure(NetworkFailure.class, server)).hasMessageStartingWith("nothing came from");
    }
  }

  @Test
  void aStallEndsWithTheDeadline() throws IOException {
    try (RawServer server = server(RawServer::stall)) {
      BackendException.DeadlineExceeded failure =
          failure(
              BackendException.DeadlineExceeded.class,
              server,
              Asking.request().deadline(Deadline.after(Duration.ofMillis(200))));
      assertThat(failure).hasMessageContaining("time limit");
    }
  }

  @Test
  void aReset() throws IOException {
    for (String begun : List.of("", HEAD + "\r\n" + LS)) {
      try (RawServer server =
          server(connection -> {
            RawServer.write(connection, begun);
            connection.setSoLinger(true, 0);
            connection.close();
          })) {
        assertThat(failure(NetworkFailure.class, server)).hasMessageEndingWith("broke off");
      }
    }
  }

  @Test
  void aTruncatedChunk() throws IOException {
    try (RawServer server =
        server(connection -> {
          ModelServer.begin(connection, EVENTS);
          RawServer.write(connection, "ff\r\n" + LS);
          connection.close();
        })) {
      assertThat(failure(NetworkFailure.class, server)).hasMessageEndingWith("broke off");
    }
  }

  @Test
  void aStreamThatStopsInTheMiddle() throws IOException {
    try (RawServer server = server(EVENTS, LS)) {
      assertThat(failure(NetworkFailure.class, server)).hasMessageEndingWith("stops in the middle");
    }
  }

  @Test
  void aWrongContentTypeChangesNothing() throws Exception {
    for (String type : List.of("text/html", "application/json", "image/png", "nonsense")) {
      try (RawServer server = server(type, LS + END + DONE)) {
        assertThat(reply(server).text()).isEqualTo("ls");
      }
    }
  }

  @Test
  void aWebPage() throws IOException {
    String page = "<!DOCTYPE html>\n<html><body>Log in</body></html>";
    try (RawServer server = server("text/html", page)) {
      assertThat(failure(InvalidResponse.class, server)).hasMessageEndingWith("sent a web page");
    }
    try (RawServer server =
        server(connection -> RawServer.respond(connection, "502 Bad Gateway", "text/html", page))) {
      assertThat(failure(NetworkFailure.class, server))
          .hasMessageEndingWith("could not answer in time (status 502): a web page");
    }
  }

  @Test
  void anEndlessStream() throws IOException {
    try (RawServer server =
        server(connection -> {
          ModelServer.begin(connection, EVENTS);
          while (true) {
            ModelServer.chunk(connection, LS.repeat(1000));
          }
        })) {
      assertThat(failure(InvalidResponse.class, server)).hasMessageEndingWith("more than 8 MiB");
      assertLeft(server);
    }
  }

  @Test
  void aHugeLine() throws IOException {
    try (RawServer server = server(EVENTS, "data: " + "x".repeat(2 << 20))) {
      assertThat(failure(InvalidResponse.class, server))
          .hasMessageEndingWith("a line of more than 1 MiB");
    }
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static RawServer packing(byte[] body) throws IOException {
    return server(connection -> {
      String more = "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n";
      RawServer.write(connection, HEAD + more);
      connection.getOutputStream().write(body);
    });
  }

  @Test
  void gzipThatNobodyAskedFor() throws Exception {
    try (RawServer server = packing(packed(LS + END + DONE))) {
      assertThat(reply(server).text()).isEqualTo("ls");
      assertThat(server.asked.getLast().headers()).doesNotContain("accept-encoding: gzip");
    }
    try (RawServer server = packing(packed("data: " + "x".repeat(20 << 20)))) {
      assertThat(failure(InvalidResponse.class, server)).hasMessageContaining("more than 1 MiB");
    }
    try (RawServer server = packing("no gzip at all".getBytes(UTF_8))) {
      assertThat(failure(InvalidResponse.class, server).getMessage()).contains("GZIP");
    }
  }

  @Test
  void dataThatIsMarkedTwice() throws Exception {
    try (RawServer server = server(EVENTS, "data: " + LS + "data: " + END + DONE)) {
      assertThat(reply(server).text()).isEqualTo("ls");
    }
  }

  @Test
  void aStreamWithoutDone() throws Exception {
    try (RawServer server = server(EVENTS, LS + END)) {
      assertThat(reply(server).text()).isEqualTo("ls");
    }
    // Neither an end of the connection, once the reply is there.
    try (RawServer server =
        server(connection -> {
          ModelServer.begin(connection, EVENTS);
          ModelServer.chunk(connection, LS + END);
          RawServer.stall(connection);
        })) {
      Completion reply = Asking.at(server).with("timeout", "300ms").ask(Asking.request());
      assertThat(reply.text()).isEqualTo("ls");
    }
  }

  @Test
  void nothingAtAll() throws IOException {
    for (String body : List.of("", ": ping\n\n", "{}")) {
      try (RawServer server = server(EVENTS, body)) {
        assertThat(failure(InvalidResponse.class, server)).hasMessageEndingWith("an empty answer");
      }
    }
  }

  @Test
  void anErrorInsideTheAnswer() throws IOException {
    try (RawServer server =
        server(EVENTS, LS + "data: {\"error\":{\"message\":\"CUDA\\u001b[31m ran out\"}}\n\n")) {
      assertThat(failure(InvalidResponse.class, server))
          .hasMessageEndingWith("answered with an error: CUDA [31m ran out");
    }
  }

  @Test
  void cancellingClosesTheConnectionAtOnce() throws Exception {
    try (RawServer server =
        server(connection -> {
          ModelServer.begin(connection, EVENTS);
          ModelServer.chunk(connection, LS);
          RawServer.stall(connection);
        })) {
      Cancellation cancellation = new Cancellation();
      BackendException.Cancelled failure =
          catchThrowableOfType(
              BackendException.Cancelled.class,
              () ->
                  Asking.at(server)
                      .ask(
                          Asking.request().cancellation(cancellation),
                          _ -> Thread.ofVirtual().start(cancellation::cancel)));
      assertThat(failure).isNotNull();
      assertLeft(server);
    }
  }

  private static void assertLeft(RawServer server) {
    try {
      assertThat(server.isLeft.await(20, TimeUnit.SECONDS)).as("the client has gone").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers the first questions with a status, and the next well. */
  private static RawServer busy(int times, String status, String more, AtomicInteger questions)
      throws IOException {
    return server(connection -> {
      if (questions.incrementAndGet() <= times) {
        RawServer.write(
            connection, "HTTP/1.1 " + status + "\r\n" + more + "Content-Length: 0\r\n\r\n");
      } else {
        RawServer.respond(connection, "200 OK", EVENTS, LS + END + DONE);
      }
    });
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSaysSo() throws Exception {
    for (String status : List.of("429 Too Many Requests", "503 Service Unavailable")) {
      AtomicInteger questions = new AtomicInteger();
      try (RawServer server = busy(2, status, "Retry-After: 0\r\n", questions)) {
        assertThat(reply(server).text()).isEqualTo("ls");
        assertThat(questions).hasValue(3);
      }
    }
  }

  @Test
  void aServerThatIsBusyBeyondTheDeadlineIsNotWaitedFor() throws IOException {
    AtomicInteger questions = new AtomicInteger();
    try (RawServer server = busy(9, "429 Too Many Requests", "Retry-After: 60\r\n", questions)) {
      NetworkFailure failure =
          failure(
              NetworkFailure.class,
              server,
              Asking.request().deadline(Deadline.after(Duration.ofSeconds(30))));
      assertThat(failure).hasMessageEndingWith("is too busy");
      assertThat(questions).hasValue(1);
    }
  }

  @Test
  void aServerThatTakesNoSchemaIsAskedPlainly() throws Exception {
    try (RawServer server =
        new RawServer((asked, connection) -> {
          if (asked.body().contains("response_format")) {
            RawServer.respond(
                connection,
                "400 Bad Request",
                "application/json",
                "{\"error\":{\"message\":\"response_format is not supported\"}}");
          } else {
            ModelServer.openAi(asked, connection);
          }
        })) {
      Asking asking = Asking.at(server);
      List<String> pieces = new ArrayList<>();
      Completion reply =
          asking.ask(Asking.request().jsonSchema("{\"type\":\"object\"}"), pieces::add);
      assertThat(reply.text()).isEqualTo(ModelServer.REPLY);
      assertThat(String.join("", pieces)).isEqualTo(ModelServer.REPLY);
      assertThat(asking.said)
          .containsExactly(
              "without a schema, as the server says: response_format is not supported");
    }
  }

  @Test
  void reasoningNeverArrives() throws Exception {
    String field = "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"rm -rf /\"}}]}\n\n";
    String tags =
        LS.replace("ls", "<th")
            + LS.replace("ls", "ink>rm -rf /</thi")
            + LS.replace("ls", "nk>\\n");
    for (String thoughts : List.of(field, tags)) {
      try (RawServer server = server(EVENTS, thoughts + LS + END + DONE)) {
        List<String> pieces = new ArrayList<>();
        assertThat(Asking.at(server).ask(Asking.request(), pieces::add).text()).isEqualTo("ls");
        assertThat(pieces).containsExactly("ls");
      }
    }
  }
}
