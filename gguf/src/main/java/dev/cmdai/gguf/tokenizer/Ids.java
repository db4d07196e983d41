package dev.cmdai.gguf.tokenizer;

import java.util.Arrays;

/** A list of token ids that grows. Not thread-safe. */
final class Ids {
  private int[] ids = new int[1024];
  private int size;

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, grown(size + 1));
    }
    ids[size++] = id;
  }

  void addAll(int[] source, int from, int count) {
    if (size + count > ids.length) {
      ids = Arrays.copyOf(ids, grown(size + count));
    }
    // Mostly two or three ids, where calling a copying routine costs more.
    for (int i = 0; i < count; i++) {
      ids[size + i] = source[from + i];
    }
    size += count;
  }

  private int grown(int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * ids.length));
  }

  int get(int index) {
    return ids[index];
  }

  int size() {
    return size;
  }

  /** Forgets what comes after the first ones. */
  void truncate(int newSize) {
    size = newSize;
  }

  void removeAt(int index) {
    System.arraycopy(ids, index + 1, ids, index, size - index - 1);
    size--;
  }

  void copyTo(int[] target, int from, int to, int at) {
    System.arraycopy(ids, from, target, at, to - from);
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
