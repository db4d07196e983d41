package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.kit.prefix.PrefixCache;
import dev.cmdai.kit.prefix.PrefixKey;
import dev.cmdai.kit.prompt.Prompt;
import dev.cmdai.kit.session.Limits;
import dev.cmdai.llamacpp.binding.LlamaContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings the context to the end of a prompt with as little computation as possible.
 *
 * <p>The constant part of a prompt is always computed as a batch of its own: the floating-point
 * result of a token depends on the batch it is computed in, so only then does a kept or restored
 * state give bit for bit the reply that computing everything gives. Used by one caller at a time.
 */
final class PromptState {
  /** A shorter prefix is computed sooner than its state is read from disk. */
  static final int FEWEST_TOKENS = 32;

  private final LlamaContext context;
  private final int batchSize;
  private final @Nullable PrefixCache cache;
  private final String modelKey;

  /** The constant part whose state the context begins with. */
  private int[] kept = {};

  /**
   * Creates the state of an empty context.
   *
   * @param cache where states outlive this process; null for nowhere
   * @param modelKey the model's part of the cache's keys
   */
  PromptState(LlamaContext context, int batchSize, @Nullable PrefixCache cache, String modelKey) {
    this.context = context;
    this.batchSize = batchSize;
    this.cache = cache;
    this.modelKey = modelKey;
  }

  /**
   * Computes what is not there yet of a prompt.
   *
   * @return how many of its tokens were there
   */
  int reach(Prompt prompt, Limits limits) throws BackendException {
    int[] tokens = prompt.tokens();
    int constant = prompt.constantTokens() < FEWEST_TOKENS ? 0 : prompt.constantTokens();
    int there = reachConstant(Arrays.copyOf(tokens, constant), limits);
    decode(tokens, constant, tokens.length, limits, "computing the prompt");
    return there;
  }

  private int reachConstant(int[] constant, Limits limits) throws BackendException {
    if (constant.length > 0 && Arrays.equals(constant, kept) && context.truncate(constant.length)) {
      return constant.length;
    }
    forget();
    if (constant.length == 0) {
      return 0;
    }
    PrefixKey key = PrefixKey.of(modelKey, constant);
    boolean restored = cache != null && cache.restore(key, context);
    if (!restored) {
      decode(constant, 0, constant.length, limits, "computing the prompt");
      if (cache != null) {
        cache.save(key, context);
      }
    }
    kept = constant;
    return restored ? constant.length : 0;
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
