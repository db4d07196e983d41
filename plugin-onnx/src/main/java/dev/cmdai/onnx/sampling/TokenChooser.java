package dev.cmdai.onnx.sampling;

import dev.cmdai.api.Sampling;
import java.util.Random;

/**
 * Chooses tokens as llama.cpp's chain of samplers does: repeat penalty, top-k, top-p, min-p,
 * temperature, then a draw. The same seed gives the same choices. Not thread-safe.
 */
public final class TokenChooser {
  private final Sampling sampling;
  private final int vocabularySize;
  private final Penalty penalty;
  private final Random random;

  /**
   * Begins to choose for one reply.
   *
   * @param sampling how to choose
   * @param vocabularySize how many tokens there are
   * @param prompt the tokens that came before; a repeat penalty counts the last of them
   */
  public TokenChooser(Sampling sampling, int vocabularySize, int[] prompt) {
    this.sampling = sampling;
    this.vocabularySize = vocabularySize;
    penalty = new Penalty(sampling.repeatPenalty(), prompt);
    random = new Random(sampling.seed());
  }

  /**
   * Chooses the next token.
   *
   * @param logits of each token
   * @return the token
   */
  public int choose(Logits logits) {
    Logits penalised = penalty.on(logits);
    int token = sampling.isGreedy() ? likeliest(penalised) : drawn(penalised);
    penalty.count(token);
    return token;
  }

  private int likeliest(Logits logits) {
    int best = 0;
    float highest = Float.NEGATIVE_INFINITY;
    for (int token = 0; token < vocabularySize; token++) {
      float logit = logits.get(token);
      if (logit > highest) {
        highest = logit;
        best = token;
      }
    }
    return best;
  }

  private int drawn(Logits logits) {
    int most = sampling.topK() == 0 ? vocabularySize : sampling.topK();
    Candidates candidates = Candidates.likeliest(logits, vocabularySize, most);
    if (sampling.topP() < 1) {
      candidates.keepProbability(sampling.topP());
    }
    if (sampling.minP() > 0) {
      candidates.keepAbove(sampling.minP());
    }
    return candidates.draw(sampling.temperature(), random);
  }
}
