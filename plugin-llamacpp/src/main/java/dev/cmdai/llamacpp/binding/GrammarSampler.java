package dev.cmdai.llamacpp.binding;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Holds a chain of samplers to a grammar by looking at its choice first. A grammar applied to the
 * whole vocabulary costs more than the model itself (70 ms a token with 150,000 tokens); the
 * model's own choice is nearly always allowed, so the others are looked at only when it is not, as
 * {@code common_sampler_sample} of llama.cpp does.
 */
final class GrammarSampler implements AutoCloseable {
  /** No token of the vocabulary continues the reply in the grammar. */
  static final int NONE = -1;

  /** {@code llama_token_data}: id, logit, p. */
  private static final long CANDIDATE_BYTES = 12;

  private static final long LOGIT = 4;

  /** {@code llama_token_data_array}: data, size, selected, sorted. */
  private static final long ARRAY_BYTES = 32;

  private static final long SIZE = 8;
  private static final long SELECTED = 16;
  private static final long SORTED = 24;

  private final Functions f;
  private final long grammar;
  private final int vocabularySize;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment array = arena.allocate(ARRAY_BYTES, 8);
  private final MemorySegment single = arena.allocate(CANDIDATE_BYTES, 8);

  /** Takes over a sampler made by {@code llama_sampler_init_grammar}. */
  GrammarSampler(Functions f, long grammar, int vocabularySize) {
    this.f = f;
    this.grammar = grammar;
    this.vocabularySize = vocabularySize;
  }

  /** Chooses by the chain what the grammar allows; {@link #NONE} when that is nothing. */
  int sample(long chain, long context) {
    int token = (int) Words.call(f.samplerSample, chain, context, -1);
    if (!allows(token)) {
      token = sampleAllowed(chain, context);
    }
    if (token != NONE) {
      Words.call(f.samplerAccept, grammar, token);
    }
    return token;
  }

  private boolean allows(int token) {
    single.set(JAVA_INT, 0, token);
    single.set(JAVA_FLOAT, LOGIT, 1f);
    describe(single, 1);
    Words.call(f.samplerApply, grammar, array.address());
    return single.get(JAVA_FLOAT, LOGIT) != Float.NEGATIVE_INFINITY;
  }

  private int sampleAllowed(long chain, long context) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment logits =
          MemorySegment.ofAddress(Words.call(f.getLogits, context, -1))
              .reinterpret((long) vocabularySize * Float.BYTES);
      MemorySegment candidates = scratch.allocate(CANDIDATE_BYTES * vocabularySize, 8);
      for (int id = 0; id < vocabularySize; id++) {
        candidates.set(JAVA_INT, id * CANDIDATE_BYTES, id);
        candidates.set(JAVA_FLOAT, id * CANDIDATE_BYTES + LOGIT, logits.getAtIndex(JAVA_FLOAT, id));
      }
      describe(candidates, vocabularySize);
      Words.call(f.samplerApply, grammar, array.address());
      Words.call(f.samplerApply, chain, array.address());
      long chosen = array.get(JAVA_LONG, SELECTED) * CANDIDATE_BYTES;
      if (chosen < 0 || candidates.get(JAVA_FLOAT, chosen + LOGIT) == Float.NEGATIVE_INFINITY) {
        return NONE;
      }
      return candidates.get(JAVA_INT, chosen);
    }
  }

  private void describe(MemorySegment candidates, long size) {
    array.set(JAVA_LONG, 0, candidates.address());
    array.set(JAVA_LONG, SIZE, size);
    array.set(JAVA_LONG, SELECTED, -1);
    array.set(JAVA_BYTE, SORTED, (byte) 0);
  }

  @Override
  public void close() {
    Words.call(f.samplerFree, grammar);
    arena.close();
  }
}
