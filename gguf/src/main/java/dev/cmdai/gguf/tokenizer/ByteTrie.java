package dev.cmdai.gguf.tokenizer;

import java.util.Arrays;

/**
 * Texts by their bytes, one step for each. Filled once, then immutable and thread-safe.
 *
 * <p>A node is a number whose lowest bit tells whether a text ends there: most nodes end none, and
 * then no memory is looked at to know it.
 */
final class ByteTrie {
  /** There is no such text, or no way on. */
  static final int NONE = -1;

  static final int ROOT = 0;

  private static final int ENDS = 1;

  /** By node and byte: both in the upper half, the next node in the lower. */
  private long[] steps;

  private int[] values;
  private int nodes = 1;
  private final int[] fromRoot = new int[256];

  ByteTrie(int expectedTexts) {
    steps = new long[Integer.highestOneBit(Math.max(16, expectedTexts)) * 8];
    values = new int[Math.max(16, expectedTexts * 2)];
    Arrays.fill(fromRoot, NONE);
  }

  /** Adds a text of at least one byte; the last value of a text counts. */
  void put(byte[] text, int from, int to, int value) {
    int node = ROOT;
    for (int i = from; i < to; i++) {
      int child = child(node, text[i]);
      if (child == NONE) {
        child = addChild(node, text[i]);
      }
      if (i == to - 1) {
        child = withEnd(node, text[i], child);
      }
      node = child;
    }
    values[node >>> 1] = value;
  }

  private int addChild(int node, byte b) {
    if (nodes * 2 > steps.length) {
      long[] old = steps;
      steps = new long[2 * old.length];
      for (long step : old) {
        if (step != 0) {
          steps[freeSlot((int) (step >>> 32))] = step;
        }
      }
    }
    if (nodes == values.length) {
      values = Arrays.copyOf(values, 2 * nodes);
    }
    int child = nodes++ << 1;
    if (node == ROOT) {
      fromRoot[b & 0xFF] = child;
    } else {
      int key = key(node, b);
      steps[freeSlot(key)] = (long) key << 32 | child;
    }
    return child;
  }

  private int withEnd(int parent, byte b, int node) {
    if (parent == ROOT) {
      fromRoot[b & 0xFF] = node | ENDS;
    } else {
      steps[slot(key(parent, b))] |= ENDS;
    }
    return node | ENDS;
  }

  private static int key(int node, byte b) {
    return node >>> 1 << 8 | (b & 0xFF);
  }

  private int firstSlot(int key) {
    return (int) ((key * TokenTexts.BASE) >>> 32) & (steps.length - 1);
  }

  private int freeSlot(int key) {
    int slot = firstSlot(key);
    while (steps[slot] != 0) {
      slot = (slot + 1) & (steps.length - 1);
    }
    return slot;
  }

  /** Where the step of a key is, or would be. */
  private int slot(int key) {
    int slot = firstSlot(key);
    while (steps[slot] != 0 && (int) (steps[slot] >>> 32) != key) {
      slot = (slot + 1) & (steps.length - 1);
    }
    return slot;
  }

  /** The node after one more byte; {@link #NONE} when no text goes on like that. */
  int child(int node, byte b) {
    if (node == ROOT) {
      return fromRoot[b & 0xFF];
    }
    long step = steps[slot(key(node, b))];
    return step == 0 ? NONE : (int) step;
  }

  /** Whether a text ends at a node. */
  static boolean isEnd(int node) {
    return (node & ENDS) != 0;
  }

  /** The value of the text that ends at a node; {@link #NONE} when none does. */
  int value(int node) {
    return isEnd(node) ? values[node >>> 1] : NONE;
  }
}
