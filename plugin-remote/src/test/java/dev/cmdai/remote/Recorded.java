package dev.cmdai.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What llama.cpp's own server answered, byte by byte; the files of {@code llama-server}. */
final class Recorded {
  private Recorded() {}

  /** A whole response as it was on the wire, with the length that its body has now. */
  static String response(String name) {
    String text = read(name);
    int end = text.indexOf("\r\n\r\n");
    int length = text.substring(end + 4).getBytes(StandardCharsets.UTF_8).length;
    return text.substring(0, end)
            .replaceFirst("(?i)content-length: \\d+", "Content-Length: " + length)
        + text.substring(end);
  }

  static String body(String name) {
    String text = read(name);
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }

  private static String read(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            Recorded.class.getResourceAsStream("/llama-server/" + name + ".http"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
