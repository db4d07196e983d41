package dev.cmdai.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy leads to which server, as curl reads it from the environment. Servers on this machine
 * are always asked directly: no proxy could reach them.
 */
final class Proxies {
  private final Map<String, String> environment;
  private final NoProxy exceptions;

  private Proxies(Map<String, String> environment) {
    this.environment = environment;
    exceptions = NoProxy.parse(value("NO_PROXY"));
  }

  static Proxies of(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /**
   * The proxy for an address, or null for none.
   *
   * @throws HttpFailure when there is one that cannot be used: going there directly would tell the
   *     network what the user wanted to keep from it
   */
  @Nullable ProxyServer forUri(URI uri) throws HttpFailure {
    if (Addresses.isLoopback(uri)) {
      return null;
    }
    String variable = Addresses.isSecure(uri) ? "HTTPS_PROXY" : "HTTP_PROXY";
    String text = value(variable);
    if (text.isEmpty()) {
      variable = "ALL_PROXY";
      text = value(variable);
    }
    if (text.isEmpty() || exceptions.holds(Addresses.host(uri), Addresses.port(uri))) {
      return null;
    }
    return ProxyServer.parse(text, variable);
  }

  /** The variable in lower case goes before the one in upper case. */
  private String value(String variable) {
    String lower = environment.getOrDefault(variable.toLowerCase(Locale.ROOT), "").strip();
    return lower.isEmpty() ? environment.getOrDefault(variable, "").strip() : lower;
  }
}
