package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that take values one by one, in the order they come. */
final class SequenceFilters {
  private SequenceFilters() {}

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    return switch (name) {
      case "map" -> map(run, value, arguments);
      case "select", "reject" -> select(run, name, value, arguments, false);
      case "selectattr", "rejectattr" -> select(run, name, value, arguments, true);
      case "join" -> join(run, value, arguments);
      case "list" -> {
        arguments.none(name);
        List<Object> items = Sequences.items(run, value);
        run.makesEntries(items.size());
        yield new ArrayList<>(items);
      }
      case "first" -> {
        arguments.none(name);
        Iterator<Object> items = Sequences.iterator(run, value);
        yield items.hasNext() ? items.next() : new Undefined("no first item, sequence was empty");
      }
      case "last" -> {
        arguments.none(name);
        if (value instanceof Generator) {
          throw new Failure("'generator' object is not reversible");
        }
        List<Object> items = Sequences.items(run, value);
        yield items.isEmpty()
            ? new Undefined("no last item, sequence was empty")
            : items.get(items.size() - 1);
      }
      case "reverse" -> {
        arguments.none(name);
        if (Values.isText(value)) {
          yield Texts.reversed(run, Values.text(value, name));
        }
        List<Object> items = Sequences.items(run, value);
        run.makesEntries(items.size());
        yield Filters.generator(items.reversed());
      }
      case "items" -> {
        arguments.none(name);
        yield value instanceof Undefined
            ? Filters.generator(List.of())
            : Filters.generator(Dicts.items(run, Filters.mapping(value)).items());
      }
      case "sum" -> sum(run, value, arguments);
      case "attr" -> {
        String member = Values.text(arguments.one(name, "name"), name);
        yield value instanceof Map
            ? Undefined.member(value, member)
            : Members.attribute(run, value, member);
      }
      case "batch" -> batch(run, value, arguments);
      default -> slices(run, value, arguments);
    };
  }

  private static Object map(Run run, Object value, Arguments arguments) {
    List<Object> mapped = new ArrayList<>();
    boolean byAttribute = arguments.positional().isEmpty();
    if (byAttribute && !arguments.named().containsKey("attribute")) {
      throw new Failure("map requires a filter argument");
    }
    @Nullable Object[] options =
        byAttribute ? arguments.bind("map", 1, "attribute", "default") : new @Nullable Object[2];
    for (Object item : walked(run, value)) {
      run.makesEntries(1);
      Object attribute = options[0];
      if (attribute == null) {
        String filter = Values.text(arguments.positional().getFirst(), "map");
        run.deeper();
        mapped.add(Filters.apply(run, filter, item, arguments.without(1)));
        run.back();
        continue;
      }
      Object member = Filters.member(run, item, attribute);
      Object fallback = options[1];
      boolean replace = member instanceof Undefined && fallback != null && fallback != None.NONE;
      mapped.add(replace ? fallback : member);
    }
    return new Generator(mapped.iterator());
  }

  private static Object select(
      Run run, String name, Object value, Arguments arguments, boolean byAttribute) {
    List<Object> given = arguments.positional();
    int used = byAttribute ? 1 : 0;
    if (given.size() < used) {
      throw new Failure(name + " is missing the attribute name");
    }
    boolean hasTest = given.size() > used;
    String test = hasTest ? Values.text(given.get(used), name) : "";
    Arguments rest = hasTest ? arguments.without(used + 1) : Arguments.NONE;
    boolean wanted = name.startsWith("select");
    List<Object> selected = new ArrayList<>();
    for (Object item : walked(run, value)) {
      run.steps(1);
      Object tested = byAttribute ? Filters.member(run, item, given.getFirst()) : item;
      boolean holds = hasTest ? Tests.holds(run, test, tested, rest) : Values.isTrue(tested);
      if (holds == wanted) {
        run.makesEntries(1);
        selected.add(item);
      }
    }
    return new Generator(selected.iterator());
  }

  /** What a filter that walks its values gets of them: nothing when they are false, none say. */
  private static List<Object> walked(Run run, Object value) {
    return Values.isTrue(value) ? Sequences.items(run, value) : List.of();
  }

  private static Object join(Run run, Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("join", 0, "d", "attribute");
    String separator = values[0] == null ? "" : Printing.string(run, values[0]);
    Object attribute = values[1];
    List<Object> texts = new ArrayList<>();
    for (Object item : Sequences.items(run, value)) {
      run.makesEntries(1);
      boolean whole = attribute == null || attribute == None.NONE;
      texts.add(
          Printing.string(
              run, whole || attribute == null ? item : Filters.member(run, item, attribute)));
    }
    return Texts.joined(run, separator, texts, "join");
  }

  private static Object sum(Run run, Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("sum", 0, "attribute", "start");
    Object attribute = values[0];
    Object sum = values[1] == null ? 0L : values[1];
    if (Values.isText(sum)) {
      throw new Failure("sum() can't sum strings");
    }
    for (Object item : Sequences.items(run, value)) {
      boolean whole = attribute == null || attribute == None.NONE;
      Object term = whole || attribute == null ? item : Filters.member(run, item, attribute);
      sum = Arithmetic.binary(run, "+", sum, term);
    }
    return sum;
  }

  private static Object batch(Run run, Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("batch", 1, "linecount", "fill_with");
    int size = positive(values[0], "batch");
    List<Object> items = Sequences.items(run, value);
    run.makesEntries(items.size());
    List<Object> batches = new ArrayList<>();
    for (int i = 0; i < items.size(); i += size) {
      int end = (int) Math.min(items.size(), (long) i + size);
      List<Object> batch = new ArrayList<>(items.subList(i, end));
      fill(run, batch, size, values[1]);
      batches.add(batch);
      if (end == items.size()) {
        break;
      }
    }
    return new Generator(batches.iterator());
  }

  private static void fill(Run run, List<Object> batch, int size, @Nullable Object filler) {
    while (batch.size() < size && filler != null && filler != None.NONE) {
      run.makesEntries(1);
      batch.add(filler);
    }
  }

  private static int positive(@Nullable Object value, String name) {
    int size = Values.count(value == null ? None.NONE : value, "counts of '" + name + "'");
    if (size < 1) {
      throw new Failure(name + " needs a positive count");
    }
    return size;
  }

  private static Object slices(Run run, Object value, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("slice", 1, "slices", "fill_with");
    int count = positive(values[0], "slice");
    List<Object> items = Sequences.items(run, value);
    run.makesEntries((long) items.size() + count);
    int size = items.size() / count;
    int longer = items.size() % count;
    List<Object> slices = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = start + size + (i < longer ? 1 : 0);
      List<Object> slice = new ArrayList<>(items.subList(start, end));
      // Jinja fills every slice that got no extra item, even when none did.
      fill(run, slice, i < longer ? 0 : slice.size() + 1, values[1]);
      slices.add(slice);
      start = end;
    }
    return new Generator(slices.iterator());
  }
}
