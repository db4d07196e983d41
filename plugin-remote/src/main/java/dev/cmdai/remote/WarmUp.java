package dev.cmdai.remote;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.http.Http;
import dev.cmdai.kit.session.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Loads the classes of an exchange by an exchange with itself, so that the little time of a probe
 * is all the server's: in a new process they may take longer than that.
 */
final class WarmUp {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 11\r\n\r\n{\"data\":[]}"
          .getBytes(StandardCharsets.ISO_8859_1);

  private static final Duration LONGEST = Duration.ofMillis(800);

  private static boolean isDone;

  private WarmUp() {}

  /** Once in a process; whoever comes meanwhile waits. */
  static synchronized void of(Http http) {
    if (isDone) {
      return;
    }
    isDone = true;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(listener));
      Limits limits = new Limits(Deadline.after(LONGEST), new Cancellation());
      URI here = URI.create("http://127.0.0.1:" + listener.getLocalPort());
      new Server(Profile.NOBODY, http, here).models(Protocol.OPENAI, limits);
    } catch (IOException | BackendException e) {
      // Then the probe itself loads them.
    }
  }

  private static void answer(ServerSocket listener) {
    try (Socket connection = listener.accept()) {
      int read = connection.getInputStream().read(new byte[4096]);
      if (read > 0) {
        connection.getOutputStream().write(ANSWER);
      }
    } catch (IOException e) {
      // As above.
    }
  }
}
