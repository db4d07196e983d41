package dev.cmdai.onnx.sampling;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes tokens less likely that came lately: llama.cpp's {@code penalty_repeat} over the last 64
 * tokens. Not thread-safe.
 */
final class Penalty {
  private static final int WINDOW = 64;

  private final float repeat;
  private final int[] recent = new int[WINDOW];
  private final Map<Integer, Integer> counts = new HashMap<>();
  private int seen;

  Penalty(float repeat, int[] prompt) {
    this.repeat = repeat;
    Arrays.stream(prompt, Math.max(0, prompt.length - WINDOW), prompt.length).forEach(this::count);
  }

  void count(int token) {
    if (repeat == 1) {
      return;
    }
    int at = seen % WINDOW;
    if (seen >= WINDOW) {
      counts.computeIfPresent(recent[at], (_, count) -> count == 1 ? null : count - 1);
    }
    recent[at] = token;
    counts.merge(token, 1, Integer::sum);
    seen++;
  }

  Logits on(Logits logits) {
    if (repeat == 1) {
      return logits;
    }
    return token -> {
      float logit = logits.get(token);
      // A negative logit becomes less likely when it is multiplied.
      return !counts.containsKey(token) ? logit : logit <= 0 ? logit * repeat : logit / repeat;
    };
  }
}
