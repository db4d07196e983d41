package dev.cmdai.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a server, and how long to wait for it. Immutable: each method returns a request that
 * differs in one thing. Its text never holds a secret.
 */
public final class Request {
  /** Secret whoever sets them. */
  private static final Set<String> SECRET_NAMES =
      Set.of("authorization", "proxy-authorization", "cookie", "api-key", "x-api-key");

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final String method;
  private final URI uri;
  private final List<Header> headers;
  private final byte @Nullable [] body;
  private final Duration idleTimeout;
  private final @Nullable Duration totalTimeout;

  private Request(
      String method,
      URI uri,
      List<Header> headers,
      byte @Nullable [] body,
      Duration idleTimeout,
      @Nullable Duration totalTimeout) {
    this.method = method;
    this.uri = uri;
    this.headers = List.copyOf(headers);
    this.body = body;
    this.idleTimeout = idleTimeout;
    this.totalTimeout = totalTimeout;
  }

  private record Header(String name, String value, boolean isSecret) {}

  /** Asks for what is at an address. */
  public static Request get(URI uri) {
    return new Request("GET", uri, List.of(), null, IDLE, null);
  }

  /** Asks for the headers alone. */
  public static Request head(URI uri) {
    return new Request("HEAD", uri, List.of(), null, IDLE, null);
  }

  /**
   * Sends a body.
   *
   * @param contentType such as {@code application/json}
   */
  public static Request post(URI uri, String contentType, byte[] body) {
    return new Request("POST", uri, List.of(), body.clone(), IDLE, null)
        .header("Content-Type", contentType);
  }

  /** With a header more. */
  public Request header(String name, String value) {
    return with(name, value, SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * With a header that only this server may see: it goes over TLS or to this machine, never to
   * where a redirect leads outside this origin, and into no text.
   */
  public Request secret(String name, String value) {
    return with(name, value, true);
  }

  private Request with(String name, String value, boolean isSecret) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value, isSecret));
    return new Request(method, uri, more, body, idleTimeout, totalTimeout);
  }

  /** With another limit for how long nothing may arrive, headers or bytes; 30 s otherwise. */
  public Request idleTimeout(Duration value) {
    return new Request(method, uri, headers, body, value, totalTimeout);
  }

  /** With a limit for everything together, until the last byte of the body was read. */
  public Request totalTimeout(Duration value) {
    return new Request(method, uri, headers, body, idleTimeout, value);
  }

  URI uri() {
    return uri;
  }

  Duration idleTimeout() {
    return idleTimeout;
  }

  @Nullable Duration totalTimeout() {
    return totalTimeout;
  }

  boolean hasSecrets() {
    return headers.stream().anyMatch(Header::isSecret);
  }

  /**
   * What to ask where a redirect leads. The method stays, as a POST that turned into a GET would
   * ask for something else; only 303 says to.
   */
  Request redirectedTo(URI target, int status) {
    List<Header> kept =
        Addresses.origin(uri).equals(Addresses.origin(target))
            ? headers
            : headers.stream().filter(header -> !header.isSecret()).toList();
    boolean isSeeOther = status == 303 && !method.equals("HEAD");
    return new Request(
        isSeeOther ? "GET" : method,
        target,
        isSeeOther
            ? kept.stream().filter(header -> !header.name().equals("Content-Type")).toList()
            : kept,
        isSeeOther ? null : body,
        idleTimeout,
        totalTimeout);
  }

  /** The request as the JDK sends it. */
  HttpRequest toJdk(Route route, String userAgent) throws HttpFailure {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body))
            .setHeader("User-Agent", userAgent);
    for (Header header : headers) {
      try {
        builder.header(header.name(), header.value());
      } catch (IllegalArgumentException e) {
        // Its message would show the value; a key with a line break in it is the usual reason.
        throw new HttpFailure(
            HttpFailure.Kind.BAD_REQUEST,
            "the header " + header.name() + " cannot be sent",
            "Look for line breaks and other characters that headers cannot hold in its value.");
      }
    }
    if (route.proxy() != null && route.proxy().credentials() != null) {
      String credentials = Objects.requireNonNull(route.proxy().credentials());
      builder.setHeader("Proxy-Authorization", "Basic " + credentials);
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return method
        + " "
        + Addresses.shown(uri)
        + headers.stream()
            .map(header -> header.name() + ": " + (header.isSecret() ? "(secret)" : header.value()))
            .collect(Collectors.joining(", ", " [", "]"));
  }
}
