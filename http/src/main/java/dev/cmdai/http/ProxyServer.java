package dev.cmdai.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as a variable names it.
 *
 * @param credentials user and password as Basic authentication wants them, or null for none
 * @param variable who names it
 */
record ProxyServer(String host, int port, @Nullable String credentials, String variable) {
  /** As curl does where a proxy is named without one. */
  private static final int USUAL_PORT = 1080;

  /**
   * Reads {@code [http://][user:password@]host[:port]}.
   *
   * @throws HttpFailure when it is something else; its text is not shown, as it may hold a password
   */
  static ProxyServer parse(String text, String variable) throws HttpFailure {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw bad(variable, "holds something that is no address");
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http")) {
      throw bad(variable, "names a proxy of the kind " + scheme + "://, which cmdai cannot use");
    }
    if (uri.getHost() == null) {
      throw bad(variable, "names a proxy without a host");
    }
    int port = uri.getPort() < 0 ? USUAL_PORT : uri.getPort();
    return new ProxyServer(Addresses.host(uri), port, credentials(uri), variable);
  }

  private static @Nullable String credentials(URI uri) {
    String user = uri.getRawUserInfo();
    if (user == null) {
      return null;
    }
    // URLDecoder takes + for a space, which it is in forms alone.
    String decoded = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
    String both = decoded.contains(":") ? decoded : decoded + ":";
    return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpFailure bad(String variable, String what) {
    return new HttpFailure(
        HttpFailure.Kind.PROXY,
        variable + " " + what,
        "Write it like http://host:port, or http://user:password@host:port.");
  }

  String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  @Override
  public String toString() {
    return address() + " (" + variable + ")";
  }
}
