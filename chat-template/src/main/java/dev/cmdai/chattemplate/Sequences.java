package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walking, indexing and slicing of everything that has items. */
final class Sequences {
  private Sequences() {}

  /** The values of a loop, and how many there are, or -1 when only walking them can tell. */
  record Source(Iterator<Object> values, int length) {}

  static Source source(Run run, Object values, Statement.For loop, Scope outer) {
    if (loop.filter() == null) {
      if (values instanceof Generator generator) {
        return new Source(generator.rest(), -1);
      }
      List<Object> items = items(run, values);
      return new Source(items.iterator(), items.size());
    }
    Iterator<Object> all = iterator(run, values);
    Iterator<Object> admitted =
        new Iterator<>() {
          private @Nullable Object next;

          @Override
          public boolean hasNext() {
            while (next == null && all.hasNext()) {
              run.steps(1);
              Object value = all.next();
              next = loop.admits(run, outer, value) ? value : null;
            }
            return next != null;
          }

          @Override
          public Object next() {
            Object value = hasNext() ? next : null;
            if (value == null) {
              throw new NoSuchElementException();
            }
            next = null;
            return value;
          }
        };
    return new Source(admitted, -1);
  }

  static Iterator<Object> iterator(Run run, Object value) {
    return value instanceof Generator generator ? generator.rest() : items(run, value).iterator();
  }

  /** All items; a generator is empty afterwards. */
  @SuppressWarnings("unchecked") // every list in here was made in this package
  static List<Object> items(Run run, Object value) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    if (value instanceof Map<?, ?> map) {
      return Dicts.keys(run, map).items();
    }
    if (value instanceof View view) {
      return view.items();
    }
    if (value instanceof Generator generator) {
      List<Object> items = new ArrayList<>();
      while (generator.rest().hasNext()) {
        run.makesEntries(1);
        items.add(generator.rest().next());
      }
      return items;
    }
    if (Values.isText(value)) {
      return Texts.characters(run, Values.text(value, "iteration"));
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    if (value instanceof Loop || value instanceof Namespace) {
      throw new Unsupported("iteration over " + Values.typeName(value) + " objects");
    }
    throw new Failure("'" + Values.typeName(value) + "' object is not iterable");
  }

  static boolean isIterable(Object value) {
    return value instanceof List
        || value instanceof Map
        || value instanceof View
        || value instanceof Generator
        || value instanceof Undefined
        || value instanceof Loop
        || Values.isText(value);
  }

  /** What {@code len} says. */
  static long length(Run run, Object value) {
    if (value instanceof String text) {
      return Texts.length(run, text);
    }
    if (value instanceof Markup markup) {
      return Texts.length(run, markup.text());
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof View view) {
      return view.items().size();
    }
    if (value instanceof Undefined) {
      return 0;
    }
    if (value instanceof Loop loop && loop.attribute("length") instanceof Long length) {
      return length;
    }
    throw new Failure("object of type '" + Values.typeName(value) + "' has no len()");
  }

  /** The item at an index that may count from the end, or null outside. */
  static @Nullable Object at(List<?> list, long index) {
    long place = index < 0 ? index + list.size() : index;
    return place < 0 || place >= list.size() ? null : list.get((int) place);
  }

  static Object slice(
      Run run, Object value, @Nullable Long start, @Nullable Long stop, @Nullable Long step) {
    long stride = step == null ? 1 : step;
    if (stride == 0) {
      throw new Failure("slice step cannot be zero");
    }
    if (value instanceof Undefined undefined) {
      throw undefined.used();
    }
    boolean isText = Values.isText(value);
    if (!isText && !(value instanceof List)) {
      throw new Failure("'" + Values.typeName(value) + "' object cannot be sliced");
    }
    int length = (int) length(run, value);
    boolean forward = stride > 0;
    int from = bound(start, length, forward, forward ? 0 : length - 1);
    int to = bound(stop, length, forward, forward ? length : -1);
    if (isText) {
      String sliced = Texts.slice(run, Values.text(value, "slice"), from, to, stride);
      return value instanceof Markup ? new Markup(sliced) : sliced;
    }
    if (value instanceof Range range) {
      return range.slice(from, to, stride);
    }
    List<?> list = (List<?>) value;
    List<Object> items = new ArrayList<>();
    for (long i = from; forward ? i < to : i > to; i += stride) {
      run.makesEntries(1);
      items.add(list.get((int) i));
    }
    return value instanceof Tuple ? new Tuple(items) : items;
  }

  private static int bound(@Nullable Long bound, int length, boolean forward, int fallback) {
    if (bound == null) {
      return fallback;
    }
    long place = bound < 0 ? bound + length : bound;
    return (int) Math.clamp(place, forward ? 0L : -1L, forward ? length : length - 1L);
  }

  static boolean isMutator(String name) {
    return switch (name) {
      case "append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove" -> true;
      default -> false;
    };
  }

  static boolean hasMethod(String name, boolean isList) {
    return switch (name) {
      case "index", "count" -> true;
      case "copy" -> isList;
      default -> false;
    };
  }

  static Object call(Run run, List<Object> list, String name, Arguments arguments) {
    if (name.equals("copy")) {
      run.makesEntries(list.size());
      return new ArrayList<>(list);
    }
    Object wanted = arguments.one(name, "value");
    long count = 0;
    for (int i = 0; i < list.size(); i++) {
      if (Comparing.equal(run, list.get(i), wanted)) {
        if (name.equals("index")) {
          return (long) i;
        }
        count++;
      }
    }
    if (name.equals("index")) {
      throw new Failure(Printing.repr(run, wanted) + " is not in the list");
    }
    return count;
  }

  static Object concatenated(Run run, List<?> a, List<?> b) {
    run.makesEntries((long) a.size() + b.size());
    List<Object> items = new ArrayList<>(a.size() + b.size());
    items.addAll(a);
    items.addAll(b);
    return a instanceof Tuple ? new Tuple(items) : items;
  }

  static Object repeated(Run run, List<?> list, long count) {
    int times = Math.clamp(count, 0, Integer.MAX_VALUE);
    run.makesEntries((long) list.size() * times);
    if ((long) list.size() * times > Integer.MAX_VALUE) {
      throw new LimitExceeded(Integer.MAX_VALUE + " list entries");
    }
    List<Object> items = new ArrayList<>(list.size() * times);
    for (int i = 0; i < times && !list.isEmpty(); i++) {
      items.addAll(list);
    }
    return list instanceof Tuple ? new Tuple(items) : items;
  }
}
