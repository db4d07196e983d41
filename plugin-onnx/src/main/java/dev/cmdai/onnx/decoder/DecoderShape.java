package dev.cmdai.onnx.decoder;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder's inputs and outputs are called, and of which types and shapes they are.
 *
 * @param tokens the tokens of a step
 * @param mask which tokens count, all of them so far; null when the model does without
 * @param positions where the tokens of a step stand; null when the model counts itself
 * @param tokenTypes a row of zeros; null, as nearly always, when the model does without
 * @param cacheBranch the switch of a merged decoder, false in the first step; null otherwise
 * @param logitsToKeep how many positions get logits; null when all do
 * @param cache what each step hands to the next; empty for a model that computes all tokens anew
 * @param logits the model's name for the logits
 * @param logitsType float, float16 or bfloat16
 * @param logitsRank 3 for each position's, 2 for the last one's alone
 * @param vocabularySize how many logits a position has
 */
record DecoderShape(
    IntegerInput tokens,
    @Nullable IntegerInput mask,
    @Nullable IntegerInput positions,
    @Nullable IntegerInput tokenTypes,
    @Nullable String cacheBranch,
    @Nullable IntegerInput logitsToKeep,
    List<CacheEntry> cache,
    String logits,
    OnnxJavaType logitsType,
    int logitsRank,
    int vocabularySize) {

  /** Whether each step computes only what is new. */
  boolean hasCache() {
    return !cache.isEmpty();
  }

  /** How many positions get logits when a step has so many tokens. */
  int logitRows(int tokenCount) {
    return logitsToKeep != null || logitsRank == 2 ? 1 : tokenCount;
  }
}
