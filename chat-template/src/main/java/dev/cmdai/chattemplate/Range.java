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

  Range slice(int from, int to, long stride) {
    long span = stride > 0 ? (long) to - from : (long) from - to;
    long count = span <= 0 ? 0 : (span - 1) / Math.abs(stride) + 1;
    return new Range(start + from * step, start + to * step, step * stride, (int) count);
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
