package dev.cmdai.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client that several requests share: it knows the way out of this machine and whom to trust.
 * Safe for concurrent use.
 *
 * <pre>{@code
 * try (Http http = Http.builder().userAgent("cmdai/0.1.0").environment(System.getenv()).build();
 *     Call call = http.call(Request.get(uri).secret("Authorization", "Bearer " + key))) {
 *   Reply reply = call.reply();
 *   ...
 * }
 * }</pre>
 *
 * <p>Always HTTP/1.1: one connection carries one exchange, so that closing a {@link Call} closes
 * its connection, and no server has to make sense of an offer to upgrade.
 */
public final class Http implements AutoCloseable {
  private static final ScopedValue<Boolean> SENDING = ScopedValue.newInstance();

  private final HttpClient client;
  private final Proxies proxies;
  private final boolean isOffline;
  private final String userAgent;

  private Http(Builder builder) throws HttpFailure {
    proxies = Proxies.of(builder.environment);
    isOffline = builder.isOffline;
    userAgent = builder.userAgent;
    allowProxyPasswords();
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(builder.connectTimeout)
            .proxy(new Selector(proxies))
            .executor(Http::execute)
            .sslContext(Trust.context(builder.caFile))
            .build();
  }

  /** Starts a client: online, no proxy, the platform's trust store, 10 s to connect. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Prepares a request; nothing is sent before {@link Call#reply}.
   *
   * @param request may be used again
   */
  public Call call(Request request) {
    return new Call(this, request);
  }

  /** Sends one request of one hop; what may block, such as a name lookup, not in this thread. */
  <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
    return ScopedValue.where(SENDING, true).call(() -> client.sendAsync(request, handler));
  }

  /**
   * Runs a task of the client. One that begins a request looks up names, and gets a thread. All
   * others come from the one thread that the client reads all its connections with, and are run
   * there: none of them waits for anything, and handing each piece of a body to another thread
   * takes longer than all the rest of a download.
   */
  private static void execute(Runnable task) {
    if (SENDING.isBound()) {
      Thread.startVirtualThread(task);
    } else {
      task.run();
    }
  }

  String userAgent() {
    return userAgent;
  }

  /**
   * Checks a hop before anything is looked up or connected.
   *
   * @return the way there
   * @throws HttpFailure when a request may not go there, or not with its keys
   */
  Route route(Request request) throws HttpFailure {
    URI uri = request.uri();
    Addresses.check(uri);
    if (isOffline && !Addresses.isLoopback(uri)) {
      throw new HttpFailure(
          HttpFailure.Kind.OFFLINE,
          "offline, so " + Addresses.origin(uri) + " was not contacted",
          "Leave out --offline, or set offline = false.");
    }
    if (request.hasSecrets() && !Addresses.isSecure(uri) && !Addresses.isLoopback(uri)) {
      throw new HttpFailure(
          HttpFailure.Kind.UNENCRYPTED,
          "a key would go to " + Addresses.origin(uri) + " unencrypted, so nothing was sent",
          "Write the address with https://, or leave out the key.");
    }
    return new Route(uri, proxies.forUri(uri));
  }

  /** Closes every connection, also those in use. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  /**
   * The JDK keeps passwords from proxies that tunnel, since the connection to the proxy is plain.
   * Whoever writes one into HTTPS_PROXY wants it sent; nothing else sends any.
   */
  private static void allowProxyPasswords() {
    String property = "jdk.http.auth.tunneling.disabledSchemes";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "");
    }
  }

  /** The proxies as the JDK asks for them. */
  private static final class Selector extends ProxySelector {
    private final Proxies proxies;

    Selector(Proxies proxies) {
      this.proxies = proxies;
    }

    @Override
    public List<Proxy> select(@Nullable URI uri) {
      ProxyServer proxy;
      try {
        proxy = proxies.forUri(Objects.requireNonNull(uri, "uri"));
      } catch (HttpFailure e) {
        // Told before, by route().
        throw new IllegalStateException(e);
      }
      return List.of(
          proxy == null
              ? Proxy.NO_PROXY
              : new Proxy(
                  Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    }

    @Override
    public void connectFailed(
        @Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException e) {
      // Each request says so itself.
    }
  }

  /** Builds an {@link Http}. Not thread-safe. */
  public static final class Builder {
    private Map<String, String> environment = Map.of();
    private String userAgent = "cmdai";
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable Path caFile;
    private boolean isOffline;

    private Builder() {}

    /** The variables that name proxies: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY. */
    public Builder environment(Map<String, String> variables) {
      environment = Map.copyOf(variables);
      return this;
    }

    /** What servers are told of who asks, such as {@code cmdai/0.1.0}. */
    public Builder userAgent(String value) {
      userAgent = value;
      return this;
    }

    /** How long a connection may take, name lookup and TLS included. */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /**
     * Certificates to trust beside those of the platform.
     *
     * @param pem a file with one or several certificates, or null for none
     */
    public Builder caFile(@Nullable Path pem) {
      caFile = pem;
      return this;
    }

    /** Whether only loopback addresses may be contacted. */
    public Builder offline(boolean value) {
      isOffline = value;
      return this;
    }

    /**
     * Builds the client.
     *
     * @throws HttpFailure when the certificates cannot be read
     */
    public Http build() throws HttpFailure {
      return new Http(this);
    }
  }
}
