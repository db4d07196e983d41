package dev.cmdai.gguf.tokenizer;

import java.util.Arrays;

/** Texts by their bytes, one step for each. Filled once, then immutable and thread-safe. */
final class ByteTrie {
  /** There is no such text, or no way on. */
  static final int NONE = -1;

  static final int ROOT = 0;

  /** By node and byte: the next node in the lower half, node and byte plus one in the upper. */
  private long[] steps;

  private int[] values;
  private int nodes = 1;
  private final int[] fromRoot = new int[256];

  ByteTrie(int expectedTexts) {
    steps = new long[Integer.highestOneBit(Math.max(16, expectedTexts)) * 8];
    values = new int[Math.max(16, expectedTexts * 2)];
    values[ROOT] = NONE;
    Arrays.fill(fromRoot, NONE);
  }

  /** Adds a text; the last value of a text counts. */
  void put(byte[] text, int from, int to, int value) {
    int node = ROOT;
    for (int i = from; i < to; i++) {
      int child = child(node, text[i]);
      node = child == NONE ? addChild(node, text[i]) : child;
    }
    values[node] = value;
  }

  private int addChild(int node, byte b) {
    if (nodes * 2 > steps.length) {
      long[] old = steps;
      steps = new long[2 * old.length];
      for (long step : old) {
        if (step != 0) {
          insert(step);
        }
      }
    }
    if (nodes == values.length) {
      values = Arrays.copyOf(values, 2 * nodes);
    }
    int child = nodes++;
    values[child] = NONE;
    if (node == ROOT) {
      fromRoot[b & 0xFF] = child;
    } else {
      insert((long) key(node, b) << 32 | child);
    }
    return child;
  }

  private void insert(long step) {
    int slot = slot((int) (step >>> 32));
    while (steps[slot] != 0) {
      slot = (slot + 1) & (steps.length - 1);
    }
    steps[slot] = step;
  }

  private static int key(int node, byte b) {
    return node << 8 | (b & 0xFF);
  }

  private int slot(int key) {
    return (int) ((key * TokenTexts.BASE) >>> 32) & (steps.length - 1);
  }

  /** The node after one more byte; {@link #NONE} when no text goes on like that. */
  int child(int node, byte b) {
    if (node == ROOT) {
      return fromRoot[b & 0xFF];
    }
    int key = key(node, b);
    int slot = slot(key);
    while (true) {
      long step = steps[slot];
      if (step >>> 32 == (key & 0xFFFF_FFFFL) && step != 0) {
        return (int) step;
      }
      if (step == 0) {
        return NONE;
      }
      slot = (slot + 1) & (steps.length - 1);
    }
  }

  /** The value of the text that ends at a node; {@link #NONE} when none does. */
  int value(int node) {
    return values[node];
  }
}
