package dev.cmdai.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * What a server answered, whatever its status; the body is read while it arrives.
 *
 * @param uri where the answer came from, after redirects
 * @param status such as 200
 * @param headers of the last hop
 * @param redirects the hops before it, the first one first
 * @param body read while it arrives
 */
public record Reply(URI uri, int status, HttpHeaders headers, List<Hop> redirects, Body body)
    implements AutoCloseable {

  /**
   * A redirect on the way.
   *
   * @param uri who sent it
   * @param status such as 302
   * @param headers what else it said
   */
  public record Hop(URI uri, int status, HttpHeaders headers) {
    /** Without what the address says beside the path: the query of a download may be signed. */
    @Override
    public String toString() {
      return status + " from " + Addresses.shown(uri);
    }
  }

  /** Copies the list. */
  public Reply {
    redirects = List.copyOf(redirects);
  }

  /** The first value of a header of the last hop. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** What the server that was asked said itself, be it a redirect. */
  public HttpHeaders firstHeaders() {
    return redirects.isEmpty() ? headers : redirects.getFirst().headers();
  }

  /**
   * The whole body.
   *
   * @param limit the most bytes that it may have
   * @throws HttpFailure when it has more
   */
  public byte[] bytes(int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit);
    if (bytes.length == limit && body.read() >= 0) {
      body.close();
      throw new HttpFailure(
          HttpFailure.Kind.TOO_LARGE,
          "%s answered with more than %,d bytes".formatted(Addresses.origin(uri), limit),
          "Check that the address is the right one.");
    }
    return bytes;
  }

  /** Closes the connection, unless the body was read to its end. */
  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return status + " from " + Addresses.shown(uri);
  }
}
