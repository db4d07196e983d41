package dev.cmdai.prompt;

/** Says that what the user typed cannot be asked of any model, and what to do about it. */
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  InvalidRequestException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What the user can do next, as a sentence. */
  public String remedy() {
    return remedy;
  }
}
