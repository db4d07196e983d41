package dev.cmdai.config;

/** A value that a setting cannot take; the message ends a sentence that begins with the value. */
final class BadValueException extends Exception {
  private static final long serialVersionUID = 1;

  BadValueException(String message) {
    super(message);
  }
}
