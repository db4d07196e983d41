package dev.cmdai.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading a body into buffers: what is there, in order, and nothing lost when it breaks off. */
@Timeout(60)
class BodyTest {
  private static String text(ByteBuffer buffer) {
    buffer.flip();
    return US_ASCII.decode(buffer).toString();
  }

  @Test
  void fillsManyBuffersWithOneBody() throws IOException {
    String sent = "0123456789".repeat(50_000);
    RawServer.Answer answer =
        (connection, _) ->
            RawServer.write(
                connection,
                "HTTP/1.1 200 OK\r\nContent-Length: " + sent.length() + "\r\n\r\n" + sent);
    try (RawServer server = new RawServer(answer);
        Http http = Http.builder().build();
        Call call = http.call(Request.get(server.uri("/")))) {
      Body body = call.reply().body();
      StringBuilder received = new StringBuilder();
      ByteBuffer buffer = ByteBuffer.allocateDirect(7777);
      while (body.read(buffer.clear()) > 0) {
        received.append(text(buffer));
      }
      assertThat(received.toString()).isEqualTo(sent);
      assertThat(body.read(buffer.clear())).isEqualTo(-1);
    }
  }

  @Test
  void doesNotWaitForMoreThanHasArrived() throws IOException {
    CountDownLatch taken = new CountDownLatch(1);
    RawServer.Answer answer =
        (connection, _) -> {
          RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
          try {
            taken.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          connection.close();
        };
    try (RawServer server = new RawServer(answer);
        Http http = Http.builder().build();
        Call call = http.call(Request.get(server.uri("/")))) {
      Body body = call.reply().body();
      ByteBuffer buffer = ByteBuffer.allocate(100);
      while (buffer.position() < 4) {
        assertThat(body.read(buffer)).isPositive();
      }
      assertThat(text(buffer)).isEqualTo("half");
      taken.countDown();
      assertThat(catchThrowableOfType(HttpFailure.class, () -> body.read(buffer.clear())))
          .hasMessageContaining("broke off");
    }
  }
}
