package dev.cmdai.api;

/** Receives a reply piece by piece while it is generated. */
@FunctionalInterface
public interface TokenListener {
  /** Ignores every piece. */
  TokenListener NONE = piece -> {};

  /**
   * Called for each new piece of text, in order, on the thread that called {@link
   * ModelSession#complete}. An exception ends the completion and reaches its caller.
   *
   * @param piece at least one whole character
   */
  void onPiece(String piece);
}
