package dev.cmdai.http;

import java.io.IOException;

/**
 * Why there is no answer, or not the whole of one. The message says what happened, {@link #remedy}
 * what to do next; neither holds a secret.
 */
public final class HttpFailure extends IOException {
  private static final long serialVersionUID = 1;

  /** What a caller may want to tell apart. */
  public enum Kind {
    /** The address is none that can be asked. */
    BAD_ADDRESS,
    /** A header cannot be sent. */
    BAD_REQUEST,
    /** The file of certificates cannot be used. */
    BAD_CERTIFICATES,
    /** Offline, and the address is not on this machine. */
    OFFLINE,
    /** A key would have gone over the network unencrypted. */
    UNENCRYPTED,
    /** There is no such host. */
    UNKNOWN_HOST,
    /** Nothing listens there. */
    REFUSED,
    /** There is no way to the host. */
    UNREACHABLE,
    /** The server's certificate is not to be trusted. */
    UNTRUSTED,
    /** The two could not agree on TLS. */
    TLS,
    /** The proxy did not let the request through. */
    PROXY,
    /** Nothing arrived for too long. */
    TIMEOUT,
    /** The time for everything together is over. */
    DEADLINE,
    /** The connection broke off. */
    BROKEN_OFF,
    /** A redirect leads where it must not, or nowhere. */
    REDIRECT,
    /** The body is larger than it may be. */
    TOO_LARGE,
    /** The call was closed, or its thread interrupted. */
    CLOSED
  }

  private final Kind kind;
  private final String remedy;

  /**
   * Creates the exception; without a cause, whose text might hold what must not be told.
   *
   * @param message what happened, and to what
   * @param remedy what to do next; empty when nothing can be done
   */
  public HttpFailure(Kind kind, String message, String remedy) {
    super(message);
    this.kind = kind;
    this.remedy = remedy;
  }

  HttpFailure(Kind kind, String message, String remedy, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.remedy = remedy;
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** What to do next. */
  public String remedy() {
    return remedy;
  }

  /** Whether the same request may well succeed when it is sent again. */
  public boolean isTransient() {
    return kind == Kind.TIMEOUT || kind == Kind.BROKEN_OFF;
  }
}
