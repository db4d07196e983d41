package dev.cmdai.pull;

/** The server has no such file; the message is what it says. */
final class NoSuchFileException extends Exception {
  private static final long serialVersionUID = 1;

  NoSuchFileException(String message) {
    super(message);
  }
}
