package dev.cmdai.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server, and what to say when it is blocked.
 *
 * @param uri where a request goes
 * @param proxy through which, or null for straight there
 */
record Route(URI uri, @Nullable ProxyServer proxy) {

  /** Sentences for what the JDK threw before there was a reply. */
  HttpFailure failure(Throwable thrown) {
    if (thrown instanceof HttpConnectTimeoutException) {
      return new HttpFailure(
          HttpFailure.Kind.TIMEOUT, place() + " does not answer", whereToLook(), thrown);
    }
    if (thrown instanceof HttpTimeoutException) {
      return new HttpFailure(
          HttpFailure.Kind.TIMEOUT, place() + " took too long to answer", whereToLook(), thrown);
    }
    if (has(thrown, UnresolvedAddressException.class) || has(thrown, UnknownHostException.class)) {
      return new HttpFailure(
          HttpFailure.Kind.UNKNOWN_HOST,
          proxy == null
              ? "there is no host called " + Addresses.host(uri)
              : "there is no host called "
                  + proxy.host()
                  + ", which "
                  + proxy.variable()
                  + " names",
          proxy == null
              ? "Check the address and the network; where only a proxy leads out, name it in"
                  + " HTTPS_PROXY."
              : "Correct " + proxy.variable() + ", or check the network.",
          thrown);
    }
    if (has(thrown, NoRouteToHostException.class) || isUnreachable(thrown)) {
      return new HttpFailure(
          HttpFailure.Kind.UNREACHABLE, "there is no way to " + place(), whereToLook(), thrown);
    }
    if (has(thrown, ConnectException.class)) {
      return new HttpFailure(
          HttpFailure.Kind.REFUSED,
          "nothing listens at " + place(),
          proxy == null
              ? "Start the server, or correct the address."
              : "Start the proxy, or correct " + proxy.variable() + ".",
          thrown);
    }
    if (thrown instanceof SSLException) {
      return tls(thrown);
    }
    String text = String.valueOf(thrown.getMessage());
    if (proxy != null && text.startsWith("Tunnel failed")) {
      return new HttpFailure(
          HttpFailure.Kind.PROXY,
          place() + " does not let requests through to " + Addresses.origin(uri) + ": " + text,
          "Ask who runs the proxy, or name the host in NO_PROXY.",
          thrown);
    }
    return brokenOff(thrown);
  }

  private HttpFailure tls(Throwable thrown) {
    String server = Addresses.origin(uri);
    if (has(thrown, CertificateExpiredException.class)
        || has(thrown, CertificateNotYetValidException.class)) {
      return new HttpFailure(
          HttpFailure.Kind.UNTRUSTED,
          "the certificate of " + server + " has expired or is not valid yet",
          "Check this machine's clock, or tell who runs the server.",
          thrown);
    }
    CertificateException reason = find(thrown, CertificateException.class);
    if (reason != null && String.valueOf(reason.getMessage()).startsWith("No ")) {
      // "No name matching …", "No subject alternative …"
      return new HttpFailure(
          HttpFailure.Kind.UNTRUSTED,
          "the certificate of " + server + " is for another host",
          "Use the name that stands in the certificate, and check that nobody is in between.",
          thrown);
    }
    if (reason != null) {
      return new HttpFailure(
          HttpFailure.Kind.UNTRUSTED,
          "the certificate of " + server + " comes from nobody that this machine trusts",
          "If it is yours, or your organisation's, name its certificate (PEM) with ca_file.",
          thrown);
    }
    // "Unsupported or unrecognized SSL message", "Unrecognized SSL message, plaintext connection?"
    boolean isPlain = String.valueOf(thrown.getMessage()).contains("recognized SSL message");
    return new HttpFailure(
        HttpFailure.Kind.TLS,
        isPlain
            ? server + " does not speak TLS"
            : "no TLS connection with " + server + ": " + thrown.getMessage(),
        isPlain
            ? "Write the address with http:// if that is what it is."
            : "Look at the server's log, and that it speaks TLS 1.2 or newer.",
        thrown);
  }

  /** The sentence for a connection that was there and is no more. */
  HttpFailure brokenOff(Throwable thrown) {
    return new HttpFailure(
        HttpFailure.Kind.BROKEN_OFF,
        "the connection to " + place() + " broke off",
        "Try again; if it keeps happening, look at the server's log.",
        thrown);
  }

  HttpFailure timeout(TimeLimit limit) {
    return limit.isOver()
        ? new HttpFailure(
            HttpFailure.Kind.DEADLINE,
            "the time was over before " + Addresses.origin(uri) + " had answered",
            "Allow more time.")
        : new HttpFailure(
            HttpFailure.Kind.TIMEOUT,
            "nothing came from %s for %s s"
                .formatted(Addresses.origin(uri), seconds(limit.idle().toMillis())),
            "Try again, or look at what the server is doing.");
  }

  private static String seconds(long millis) {
    return millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0);
  }

  HttpFailure closed() {
    return new HttpFailure(
        HttpFailure.Kind.CLOSED, "the exchange with " + Addresses.origin(uri) + " was ended", "");
  }

  HttpFailure refusedByProxy() {
    return new HttpFailure(
        HttpFailure.Kind.PROXY,
        place() + " wants a user name and a password",
        proxy == null
            ? "Ask who runs the server."
            : "Write them into " + proxy.variable() + ": http://user:password@host:port.");
  }

  /** Who is at the other end of the connection. */
  private String place() {
    return proxy == null
        ? Addresses.origin(uri)
        : "the proxy %s (%s)".formatted(proxy.address(), proxy.variable());
  }

  private String whereToLook() {
    return proxy == null
        ? "Check the address and the network; where only a proxy leads out, name it in HTTPS_PROXY."
        : "Check " + proxy.variable() + " and the network.";
  }

  private static boolean isUnreachable(Throwable thrown) {
    SocketException reason = find(thrown, SocketException.class);
    return reason != null && String.valueOf(reason.getMessage()).contains("unreachable");
  }

  private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
    return find(thrown, type) != null;
  }

  /** The first of a kind among an exception and its causes. */
  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
