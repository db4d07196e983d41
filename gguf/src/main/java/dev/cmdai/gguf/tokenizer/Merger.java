package dev.cmdai.gguf.tokenizer;

import java.util.Arrays;

/**
 * Merges neighbouring symbols, the pair of the lowest rank first and of equal ones the leftmost,
 * until no pair is left that may be merged: byte-pair encoding, whatever decides on the ranks.
 * Short words by looking through all pairs, long ones with a heap; never recursive. Not
 * thread-safe.
 */
abstract class Merger {
  /** No merge for this pair. */
  static final long NONE = -1;

  /** Up to here, looking through all pairs is quicker than a heap. */
  private static final int SHORT = 40;

  /** Symbols by place; {@link TokenTexts#NONE} for one that is no token and in no merge. */
  private int[] symbols = new int[64];

  /** Where symbols begin in the text; one more than there are symbols. */
  private int[] starts = new int[65];

  private int count;

  private int[] previous = new int[0];
  private int[] next = new int[0];
  private long[] heap = new long[0];
  private int heapSize;
  private final long[] pairs = new long[SHORT];

  /**
   * How two neighbours merge.
   *
   * @param left the left symbol
   * @param right the right one
   * @param from where the left one begins in the text
   * @param to where the right one ends
   * @return an unsigned rank in the upper 32 bits and the new symbol in the lower; or {@link #NONE}
   */
  abstract long merge(int left, int right, int from, int to);

  final void clear() {
    count = 0;
  }

  final void add(int symbol, int start) {
    if (count == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count + 1);
    }
    symbols[count] = symbol;
    starts[count++] = start;
  }

  /** Merges what was added, up to where the text ends. */
  final void run(int end) {
    starts[count] = end;
    if (count > SHORT) {
      runLong();
    } else if (count > 1) {
      runShort();
    }
  }

  final int count() {
    return count;
  }

  final int symbol(int place) {
    return symbols[place];
  }

  final int start(int place) {
    return starts[place];
  }

  private void runShort() {
    for (int i = 0; i + 1 < count; i++) {
      pairs[i] = pair(i);
    }
    while (true) {
      int best = -1;
      long bestRank = Long.MAX_VALUE;
      for (int i = 0; i + 1 < count; i++) {
        long pair = pairs[i];
        if (pair != NONE && pair >>> 32 < bestRank) {
          bestRank = pair >>> 32;
          best = i;
        }
      }
      if (best < 0) {
        return;
      }
      symbols[best] = (int) pairs[best];
      int moved = count - best - 2;
      System.arraycopy(symbols, best + 2, symbols, best + 1, moved);
      System.arraycopy(starts, best + 2, starts, best + 1, moved + 1);
      System.arraycopy(pairs, best + 2, pairs, best + 1, Math.max(0, moved - 1));
      count--;
      if (best > 0) {
        pairs[best - 1] = pair(best - 1);
      }
      if (best + 1 < count) {
        pairs[best] = pair(best);
      }
    }
  }

  private long pair(int i) {
    return merge(symbols[i], symbols[i + 1], starts[i], starts[i + 2]);
  }

  private void runLong() {
    int n = count;
    if (next.length < n + 1) {
      previous = new int[n + 1];
      next = new int[n + 1];
    }
    for (int i = 0; i <= n; i++) {
      previous[i] = i - 1;
      next[i] = i + 1;
    }
    // Each merge adds at most two pairs and removes one symbol, so 3n pairs are the most.
    heapSize = 0;
    for (int i = 0; i + 1 < n; i++) {
      offer(i);
    }
    while (heapSize > 0) {
      long top = poll();
      int left = (int) (top & 0x7FFF_FFFF);
      // A symbol that was merged away has no neighbour on its right any more.
      if (next[left] < 0 || next[left] >= n) {
        continue;
      }
      int right = next[left];
      int after = next[right];
      long merged = merge(symbols[left], symbols[right], starts[left], starts[after]);
      if (merged == NONE || merged >>> 32 != top >>> 31) {
        continue; // one of the two has grown since
      }
      symbols[left] = (int) merged;
      next[left] = after;
      previous[after] = left;
      next[right] = -1;
      if (previous[left] >= 0) {
        offer(previous[left]);
      }
      offer(left);
    }
    int kept = 0;
    for (int i = 0; i < n; i = next[i]) {
      symbols[kept] = symbols[i];
      starts[kept++] = starts[i];
    }
    starts[kept] = starts[n];
    count = kept;
  }

  /** Puts a place and its right neighbour into the heap, if they merge. */
  private void offer(int left) {
    int right = next[left];
    if (right >= count) {
      return;
    }
    long merged = merge(symbols[left], symbols[right], starts[left], starts[next[right]]);
    if (merged == NONE) {
      return;
    }
    if (heapSize == heap.length) {
      heap = Arrays.copyOf(heap, Math.max(256, 2 * heapSize));
    }
    long entry = merged >>> 32 << 31 | left;
    int at = heapSize++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= entry) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  private long poll() {
    long top = heap[0];
    long last = heap[--heapSize];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= heapSize) {
        break;
      }
      if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
        child++;
      }
      if (last <= heap[child]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    if (heapSize > 0) {
      heap[at] = last;
    }
    return top;
  }
}
