package dev.cmdai.tokenize;

/** A line that is not what it should be; the message ends a sentence that names the line. */
final class BadLineException extends Exception {
  private static final long serialVersionUID = 1;

  private final String remedy;

  BadLineException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
