package dev.cmdai.chattemplate;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Python's tuple: a list in all but its printed form and its type. */
final class Tuple extends AbstractList<Object> implements RandomAccess {
  private final List<Object> items;

  Tuple(List<Object> items) {
    this.items = items;
  }

  static Tuple pair(Object first, Object second) {
    return new Tuple(List.of(first, second));
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}
