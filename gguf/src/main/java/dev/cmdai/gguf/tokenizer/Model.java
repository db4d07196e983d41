package dev.cmdai.gguf.tokenizer;

/** One way to make tokens of text. Immutable and thread-safe; its sessions are not. */
interface Model {
  /**
   * Makes working memory for one thread at a time.
   *
   * @param ids where the session adds what it finds
   */
  Session newSession(Ids ids);

  /** What one thread needs to encode texts, and where the ids go. */
  abstract class Session {
    final Ids ids;

    Session(Ids ids) {
      this.ids = ids;
    }

    /**
     * Adds the tokens of a part of a text in which no special token is.
     *
     * @param text any bytes
     * @param from where the part begins
     * @param to where it ends, beyond {@code from}
     * @param afterSpecial whether a special token, or nothing, stands before it
     */
    abstract void encode(byte[] text, int from, int to, boolean afterSpecial);
  }
}
