package dev.cmdai.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an address says without asking anybody: no name is ever looked up here. */
final class Addresses {
  private Addresses() {}

  /** Refuses what cannot be asked. */
  static void check(URI uri) throws HttpFailure {
    String scheme = scheme(uri);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new HttpFailure(
          HttpFailure.Kind.BAD_ADDRESS,
          "'" + shown(uri) + "' is no address of a server",
          "Write it like https://host:port/path.");
    }
    if (uri.getRawUserInfo() != null) {
      throw new HttpFailure(
          HttpFailure.Kind.BAD_ADDRESS,
          "the address of " + origin(uri) + " holds a user name",
          "Leave out what stands before the @, and give the credentials as a key or a header.");
    }
  }

  static boolean isSecure(URI uri) {
    return scheme(uri).equals("https");
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** The host without the brackets of IPv6, in lower case. */
  static String host(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : isSecure(uri) ? 443 : 80;
  }

  /** Whether it is surely on this machine: localhost by that name, or a loopback address. */
  static boolean isLoopback(URI uri) {
    String host = host(uri);
    if (host.equals("localhost")) {
      return true;
    }
    InetAddress address = literal(host);
    return address != null && address.isLoopbackAddress();
  }

  /** The address that a text is, or null when it is a name. */
  static @Nullable InetAddress literal(String host) {
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Scheme, host and port: what a key is for. */
  static String origin(URI uri) {
    boolean isUsualPort = uri.getPort() < 0 || uri.getPort() == (isSecure(uri) ? 443 : 80);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    return scheme(uri) + "://" + host + (isUsualPort ? "" : ":" + uri.getPort());
  }

  /** The address without user, query and fragment, where secrets may be. */
  static String shown(URI uri) {
    if (uri.isOpaque() || uri.getHost() == null) {
      return uri.getScheme() == null ? "an address without a host" : uri.getScheme() + ":…";
    }
    return origin(uri) + (uri.getRawPath() == null ? "" : uri.getRawPath());
  }
}
