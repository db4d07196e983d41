package dev.cmdai.remote;

import dev.cmdai.api.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer.
 *
 * @param content what it adds to the reply; perhaps empty
 * @param finishReason why the reply ends here; empty while it goes on
 * @param usage the tokens of the whole exchange, or null while nobody knows
 */
record Chunk(String content, String finishReason, @Nullable Usage usage) {

  /** Counts of a server, which need not agree with each other. */
  static Usage usage(int prompt, int cached, int generated) {
    return new Usage(prompt, Math.min(prompt, cached), generated);
  }
}
