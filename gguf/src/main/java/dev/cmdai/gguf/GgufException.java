package dev.cmdai.gguf;

import java.io.IOException;

/**
 * A file is no GGUF file, contradicts itself, or needs more than this machine gives. The message
 * names the field and the byte offset at which reading stopped.
 */
public final class GgufException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why a file cannot be used. */
  public enum Reason {
    /** It does not begin as GGUF files do. */
    NOT_GGUF,
    /** The format's version is none that is known here. */
    UNKNOWN_VERSION,
    /** Lengths or types in it contradict each other, or the file's own length. */
    DAMAGED,
    /** It is sound, and too large for this program's memory. */
    TOO_LARGE,
    /** It is sound, and holds something that is not supported. */
    UNSUPPORTED
  }

  private final Reason reason;
  private final long offset;

  /**
   * Creates an exception.
   *
   * @param reason the kind of trouble
   * @param offset the byte of the file at which it was noticed; -1 when it lies in no single place
   * @param message what is wrong, with the field's name
   */
  public GgufException(Reason reason, long offset, String message) {
    super(offset < 0 ? message : "%s (at byte %,d)".formatted(message, offset));
    this.reason = reason;
    this.offset = offset;
  }

  /**
   * The kind of trouble.
   *
   * @return for programs that react to it
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Where it was noticed.
   *
   * @return a byte offset, or -1
   */
  public long offset() {
    return offset;
  }
}
