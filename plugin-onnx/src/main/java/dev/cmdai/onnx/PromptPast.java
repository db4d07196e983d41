package dev.cmdai.onnx;

import ai.onnxruntime.OrtException;
import dev.cmdai.kit.prefix.PrefixCache;
import dev.cmdai.kit.prefix.PrefixKey;
import dev.cmdai.kit.prompt.Prompt;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.decoder.Past;
import dev.cmdai.onnx.decoder.RunSwitch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gets to the end of a prompt with as little computation as possible: the constant part's keys and
 * values are kept from one request to the next, and on disk from one run to the next.
 *
 * <p>The constant part is always computed by itself: the floating-point result of a token depends
 * on how many are computed with it, so only then does a kept or restored past give bit for bit the
 * reply that computing everything gives. Used by one caller at a time.
 */
final class PromptPast implements AutoCloseable {
  /** A shorter prefix is computed sooner than its state is read from disk. */
  static final int FEWEST_TOKENS = 32;

  private final Decoder decoder;
  private final @Nullable PrefixCache cache;
  private final String modelKey;

  private int[] constant = {};
  private @Nullable Past kept;

  /**
   * Keeps the past of one decoder.
   *
   * @param cache where states outlive this process; null for nowhere
   * @param modelKey the model's part of the cache's keys
   */
  PromptPast(Decoder decoder, @Nullable PrefixCache cache, String modelKey) {
    this.decoder = decoder;
    this.cache = cache;
    this.modelKey = modelKey;
  }

  /** The past to go on from, which stays this object's, and whether it was there. */
  record Start(Past past, boolean wasThere) {}

  /** Finds or computes the past after the constant part of a prompt. */
  Start constantPart(Prompt prompt, RunSwitch stop) throws OrtException {
    boolean isLong = prompt.constantTokens() >= FEWEST_TOKENS;
    int[] wanted =
        isLong && decoder.hasCache()
            ? Arrays.copyOf(prompt.tokens(), prompt.constantTokens())
            : new int[0];
    if (kept != null && Arrays.equals(wanted, constant)) {
      return new Start(kept, true);
    }
    close();
    constant = wanted;
    PrefixKey key = PrefixKey.of(modelKey, wanted);
    if (wanted.length > 0 && cache != null) {
      DecoderState state = new DecoderState(decoder, wanted.length);
      if (cache.restore(key, state)) {
        Past restored = state.restored();
        kept = restored;
        return new Start(restored, true);
      }
    }
    Past computed = computed(wanted, stop);
    kept = computed;
    if (wanted.length > 0 && cache != null) {
      cache.save(key, new DecoderState(decoder, computed));
    }
    return new Start(computed, false);
  }

  private Past computed(int[] tokens, RunSwitch stop) throws OrtException {
    if (tokens.length == 0) {
      return decoder.empty();
    }
    try (Past empty = decoder.empty();
        Generation generation = new Generation(decoder, empty, stop)) {
      generation.advance(tokens, 0);
      return generation.release();
    }
  }

  /** Frees the past that was kept. */
  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      kept = null;
      constant = new int[0];
    }
  }
}
