package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.LimitExceeded;
import dev.cmdai.chattemplate.ChatTemplateException.Raised;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions that every template finds: Jinja's own and those of transformers. */
record Function(String name) {

  static @Nullable Function named(String name) {
    return switch (name) {
      case "raise_exception",
          "strftime_now",
          "range",
          "namespace",
          "dict",
          "lipsum",
          "cycler",
          "joiner",
          "self" ->
          new Function(name);
      default -> null;
    };
  }

  Object call(Run run, Arguments arguments) {
    return switch (name) {
      case "raise_exception" ->
          throw new Raised(Printing.string(run, arguments.one(name, "message")));
      case "strftime_now" ->
          Strftime.format(Values.text(arguments.one(name, "format"), name), run.now());
      case "range" -> range(arguments);
      case "namespace" -> namespace(run, arguments);
      case "dict" -> dict(run, arguments);
      default -> throw new Unsupported("the function '" + name + "'");
    };
  }

  private static Object range(Arguments arguments) {
    if (!arguments.named().isEmpty()) {
      throw new Failure("range takes no keyword arguments");
    }
    @Nullable Object[] bounds = arguments.bind("range", 1, "start", "stop", "step");
    long first = index(bounds[0]);
    long start = bounds[1] == null ? 0 : first;
    long stop = bounds[1] == null ? first : index(bounds[1]);
    long step = bounds[2] == null ? 1 : index(bounds[2]);
    if (step == 0) {
      throw new Failure("range step must not be zero");
    }
    // In doubles, where no difference of two 64-bit numbers overflows.
    double size = Math.max(0, Math.ceil(((double) stop - (double) start) / step));
    if (size > Limits.RANGE_LENGTH) {
      throw new LimitExceeded(Limits.RANGE_LENGTH + " numbers in a range");
    }
    return new Range(start, stop, step, (int) size);
  }

  private static long index(@Nullable Object value) {
    return Values.index(value == null ? None.NONE : value, "range bounds");
  }

  private static Object namespace(Run run, Arguments arguments) {
    Namespace namespace = new Namespace();
    for (Map.Entry<Object, Object> entry : dict(run, arguments).entrySet()) {
      namespace.set(Values.text(entry.getKey(), "namespace"), entry.getValue());
    }
    return namespace;
  }

  private static Map<Object, Object> dict(Run run, Arguments arguments) {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (arguments.positional().size() > 1) {
      throw new Failure("dict and namespace take at most one positional argument");
    }
    if (!arguments.positional().isEmpty()) {
      Object source = arguments.positional().getFirst();
      if (source instanceof Map<?, ?> map) {
        run.makesEntries(2L * map.size());
        dict.putAll(map);
      } else {
        for (Object pair : Sequences.items(run, source)) {
          List<Object> parts = Sequences.items(run, pair);
          if (parts.size() != 2) {
            throw new Failure("dict needs pairs of key and value");
          }
          Dicts.put(run, dict, parts.get(0), parts.get(1));
        }
      }
    }
    dict.putAll(arguments.named());
    return dict;
  }
}
