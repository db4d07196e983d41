package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that compare values: by an attribute, and without regard to case unless told. */
final class OrderFilters {
  private OrderFilters() {}

  private record Keyed(Object key, Object value) {}

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    return switch (name) {
      case "sort" -> {
        @Nullable Object[] options =
            arguments.bind(name, 0, "reverse", "case_sensitive", "attribute");
        boolean cased = Filters.flag(options[1]);
        yield sorted(run, keyed(run, value, options[2], cased, true), Filters.flag(options[0]));
      }
      case "dictsort" -> dictSort(run, value, arguments);
      case "unique" -> {
        @Nullable Object[] options = arguments.bind(name, 0, "case_sensitive", "attribute");
        yield unique(run, keyed(run, value, options[1], Filters.flag(options[0]), false));
      }
      case "min", "max" -> {
        @Nullable Object[] options = arguments.bind(name, 0, "case_sensitive", "attribute");
        List<Keyed> values = keyed(run, value, options[1], Filters.flag(options[0]), false);
        yield extreme(run, values, name.equals("max"));
      }
      default -> throw new Unsupported("the filter '" + name + "'");
    };
  }

  private static List<Keyed> keyed(
      Run run, Object value, @Nullable Object attribute, boolean cased, boolean many) {
    List<Object> items = Sequences.items(run, value);
    run.makesEntries(2L * items.size());
    List<Keyed> keyed = new ArrayList<>(items.size());
    for (Object item : items) {
      keyed.add(new Keyed(key(run, item, attribute, cased, many), item));
    }
    return keyed;
  }

  private static Object key(
      Run run, Object item, @Nullable Object attribute, boolean cased, boolean many) {
    if (attribute == null || attribute == None.NONE) {
      return folded(run, item, cased);
    }
    if (!many || !Values.isText(attribute)) {
      return folded(run, Filters.member(run, item, attribute), cased);
    }
    List<Object> keys = new ArrayList<>();
    for (Object path : Texts.split(run, Values.text(attribute, "sort"), ",", -1, false)) {
      keys.add(folded(run, Filters.member(run, item, path), cased));
    }
    return keys;
  }

  private static Object folded(Run run, Object key, boolean cased) {
    if (cased || !Values.isText(key)) {
      return key;
    }
    String text = Values.text(key, "sort");
    run.makes(text.length());
    return Casing.apply("lower", text);
  }

  private static List<Object> sorted(Run run, List<Keyed> keyed, boolean descending) {
    // Negating the order, not reversing the result, keeps equal values in place as Python does.
    keyed.sort((a, b) ->
        descending ? Comparing.compare(run, b.key, a.key) : Comparing.compare(run, a.key, b.key));
    List<Object> values = new ArrayList<>(keyed.size());
    for (Keyed one : keyed) {
      values.add(one.value);
    }
    return values;
  }

  private static Object dictSort(Run run, Object value, Arguments arguments) {
    @Nullable Object[] options = arguments.bind("dictsort", 0, "case_sensitive", "by", "reverse");
    String by = options[1] == null ? "key" : Values.text(options[1], "dictsort");
    if (!by.equals("key") && !by.equals("value")) {
      throw new Failure("dictsort sorts by \"key\" or \"value\"");
    }
    Map<?, ?> dict = Filters.mapping(value);
    run.makesEntries(5L * dict.size());
    List<Keyed> keyed = new ArrayList<>(dict.size());
    for (Map.Entry<?, ?> entry : dict.entrySet()) {
      Object key = by.equals("key") ? entry.getKey() : entry.getValue();
      keyed.add(
          new Keyed(
              folded(run, key, Filters.flag(options[0])),
              Tuple.pair(entry.getKey(), entry.getValue())));
    }
    return sorted(run, keyed, Filters.flag(options[2]));
  }

  private static Object unique(Run run, List<Keyed> keyed) {
    List<Object> seen = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Keyed one : keyed) {
      Dicts.requireHashable(one.key);
      if (!Comparing.contains(run, seen, one.key)) {
        seen.add(one.key);
        values.add(one.value);
      }
    }
    return new Generator(values.iterator());
  }

  private static Object extreme(Run run, List<Keyed> keyed, boolean greatest) {
    if (keyed.isEmpty()) {
      return new Undefined("no aggregated item, sequence was empty");
    }
    Keyed best = keyed.getFirst();
    for (Keyed one : keyed.subList(1, keyed.size())) {
      int order = Comparing.compare(run, one.key, best.key);
      best = (greatest ? order > 0 : order < 0) ? one : best;
    }
    return best.value;
  }
}
