package dev.cmdai.chattemplate;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Python's range: whole numbers that are not stored. */
final class Range extends AbstractList<Object> implements RandomAccess {
  final long start;
  final long stop;
  final long step;
  private final int size;

  Range(long start, long stop, long step, int size) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = size;
  }

  @Override
  public Object get(int index) {
    return start + index * step;
  }

  @Override
  public int size() {
    return size;
  }
}
