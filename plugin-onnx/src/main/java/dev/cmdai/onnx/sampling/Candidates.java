package dev.cmdai.onnx.sampling;

import java.util.Random;

/** The tokens that may still be drawn, the likeliest first. Not thread-safe. */
final class Candidates {
  private final int[] tokens;
  private final float[] logits;
  private int size;

  private Candidates(int capacity) {
    tokens = new int[capacity];
    logits = new float[capacity];
  }

  /** The likeliest of all tokens; of equal ones those with the lower ids. */
  static Candidates likeliest(Logits all, int vocabularySize, int most) {
    Candidates heap = new Candidates(Math.min(most, vocabularySize));
    for (int token = 0; token < vocabularySize; token++) {
      heap.offer(token, all.get(token));
    }
    heap.sort();
    return heap;
  }

  /** Keeps a heap whose root is the least likely. */
  private void offer(int token, float logit) {
    if (size < tokens.length) {
      int at = size++;
      put(at, token, Float.isNaN(logit) ? Float.NEGATIVE_INFINITY : logit);
      while (at > 0 && isLess(at, (at - 1) / 2)) {
        swap(at, (at - 1) / 2);
        at = (at - 1) / 2;
      }
    } else if (logit > logits[0]) {
      put(0, token, logit);
      siftDown(size);
    }
  }

  private void sort() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      siftDown(end);
    }
  }

  private void siftDown(int end) {
    for (int at = 0; ; ) {
      int least = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < end; child++) {
        if (isLess(child, least)) {
          least = child;
        }
      }
      if (least == at) {
        return;
      }
      swap(at, least);
      at = least;
    }
  }

  private boolean isLess(int a, int b) {
    return logits[a] < logits[b] || (logits[a] == logits[b] && tokens[a] > tokens[b]);
  }

  private void put(int at, int token, float logit) {
    tokens[at] = token;
    logits[at] = logit;
  }

  private void swap(int a, int b) {
    int token = tokens[a];
    float logit = logits[a];
    put(a, tokens[b], logits[b]);
    put(b, token, logit);
  }

  /** Keeps the likeliest tokens that have this much of the probability together (top-p). */
  void keepProbability(float p) {
    double[] weights = weights(1);
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weights[i];
      if (sum >= p * total) {
        size = i + 1;
        return;
      }
    }
  }

  /** Keeps what is at least this fraction as likely as the likeliest (min-p). */
  void keepAbove(float p) {
    double least = logits[0] + Math.log(p);
    int kept = 1;
    while (kept < size && logits[kept] >= least) {
      kept++;
    }
    size = kept;
  }

  /** Draws one by its probability at a temperature. */
  int draw(float temperature, Random random) {
    double[] weights = weights(temperature);
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    double at = random.nextDouble() * total;
    for (int i = 0; i < size; i++) {
      at -= weights[i];
      if (at < 0) {
        return tokens[i];
      }
    }
    return tokens[0]; // no weight is a number: the model answered with NaN
  }

  private double[] weights(float temperature) {
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = Math.exp((logits[i] - logits[0]) / (double) temperature);
    }
    return weights;
  }
}
