package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.llamacpp.binding.LlamaContext;
import java.util.Arrays;

/**
 * Brings the context to the end of a prompt with as little computation as possible.
 *
 * <p>The constant part of a prompt is always computed as a batch of its own: the floating-point
 * result of a token depends on the batch it is computed in, so only then does a kept or restored
 * state give bit for bit the reply that computing everything gives. Used by one caller at a time.
 */
final class PromptState {
  private final LlamaContext context;
  private final int batchSize;

  /** The constant part whose state the context begins with. */
  private int[] kept = {};

  PromptState(LlamaContext context, int batchSize) {
    this.context = context;
    this.batchSize = batchSize;
  }

  /**
   * Computes what is not there yet of a prompt.
   *
   * @return how many of its tokens were there
   */
  int reach(Prompt prompt, Limits limits) throws BackendException {
    int[] tokens = prompt.tokens();
    int constant = prompt.constantTokens();
    int there = reuse(Arrays.copyOf(tokens, constant)) ? constant : 0;
    if (there == 0) {
      decode(tokens, 0, constant, limits, "computing the prompt");
      kept = Arrays.copyOf(tokens, constant);
    }
    decode(tokens, constant, tokens.length, limits, "computing the prompt");
    return there;
  }

  private boolean reuse(int[] constant) {
    if (constant.length > 0 && Arrays.equals(constant, kept) && context.truncate(constant.length)) {
      return true;
    }
    forget();
    return false;
  }

  private void forget() {
    kept = new int[0];
    context.clear();
  }

  /** Computes tokens in as many batches as they need. */
  void decode(int[] tokens, int from, int to, Limits limits, String activity)
      throws BackendException {
    for (int at = from; at < to; at += batchSize) {
      LlamaContext.Decoded decoded = context.decode(tokens, at, Math.min(to, at + batchSize));
      if (decoded == LlamaContext.Decoded.DONE && !limits.isOver()) {
        continue;
      }
      forget();
      if (limits.isOver()) {
        throw limits.reason(activity);
      }
      throw new BackendException.InternalFailure(
          "llama.cpp answered " + decoded + " while " + activity,
          "Run again with -v to see its log.",
          null);
    }
  }
}
