package dev.cmdai.api;

/**
 * A loaded model, ready to complete requests.
 *
 * <p>Safe for concurrent callers; a session that can only compute one completion at a time lets the
 * others wait, and their deadlines and cancellations hold while they wait. Whoever opened the
 * session closes it.
 */
public interface ModelSession extends AutoCloseable {

  /**
   * The model behind this session.
   *
   * @return facts about the model, the same on every call
   */
  ModelDescription model();

  /**
   * Generates the reply to a request.
   *
   * <p>The pieces that {@code listener} receives, joined, are the {@linkplain Completion#text()
   * text} of the result; with an {@linkplain CompletionRequest#assistantPrefix() assistant prefix}
   * the first piece is that prefix. A piece never holds half a character. With greedy sampling the
   * same request gives the same text.
   *
   * @param request what to complete
   * @param listener receives the reply as it grows, on the calling thread
   * @return the whole reply
   * @throws BackendException when there is no reply: {@link BackendException.ContextOverflow}
   *     before anything is computed, {@link BackendException.DeadlineExceeded} and {@link
   *     BackendException.Cancelled} within 200 ms
   * @throws IllegalStateException when the session is closed
   */
  Completion complete(CompletionRequest request, TokenListener listener) throws BackendException;

  /**
   * Frees everything the model holds. Waits for a running completion; a second call does nothing.
   */
  @Override
  void close();
}
