package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods of Python's {@code str}. */
final class TextMethods {
  private TextMethods() {}

  /** Whether Python's strings have the method, known here or not. */
  static boolean exists(String name) {
    return switch (name) {
      case "capitalize",
          "casefold",
          "center",
          "count",
          "encode",
          "endswith",
          "expandtabs",
          "find",
          "format",
          "format_map",
          "index",
          "isalnum",
          "isalpha",
          "isascii",
          "isdecimal",
          "isdigit",
          "isidentifier",
          "islower",
          "isnumeric",
          "isprintable",
          "isspace",
          "istitle",
          "isupper",
          "join",
          "ljust",
          "lower",
          "lstrip",
          "maketrans",
          "partition",
          "removeprefix",
          "removesuffix",
          "replace",
          "rfind",
          "rindex",
          "rjust",
          "rpartition",
          "rsplit",
          "rstrip",
          "split",
          "splitlines",
          "startswith",
          "strip",
          "swapcase",
          "title",
          "translate",
          "upper",
          "zfill" ->
          true;
      default -> false;
    };
  }

  static Object call(Run run, String text, String name, Arguments arguments) {
    return switch (name) {
      case "strip", "lstrip", "rstrip" -> strip(run, text, name, arguments);
      case "split", "rsplit" -> split(run, text, name, arguments);
      case "splitlines" -> {
        Object keep = arguments.bind(name, 0, "keepends")[0];
        yield Texts.lines(run, text, keep != null && Values.isTrue(keep));
      }
      case "partition", "rpartition" -> partition(run, text, name, arguments);
      case "startswith", "endswith" -> affix(run, text, name, arguments);
      case "removeprefix" -> {
        run.makes(text.length());
        String prefix = Values.text(arguments.one(name, "prefix"), name);
        yield text.startsWith(prefix) ? text.substring(prefix.length()) : text;
      }
      case "removesuffix" -> {
        run.makes(text.length());
        String suffix = Values.text(arguments.one(name, "suffix"), name);
        yield text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
      }
      case "replace" -> {
        @Nullable Object[] values = arguments.bind(name, 2, "old", "new", "count");
        yield Texts.replace(
            run,
            text,
            given(values[0], name),
            given(values[1], name),
            values[2] == null ? -1 : Values.count(values[2], "replace counts"));
      }
      case "find", "rfind", "index", "rindex", "count" -> search(run, text, name, arguments);
      case "join" ->
          Texts.joined(run, text, Sequences.items(run, arguments.one(name, "iterable")), name);
      case "format" -> BraceFormat.format(run, text, arguments);
      case "upper", "lower", "title", "capitalize", "swapcase", "casefold" -> {
        arguments.none(name);
        run.makes(text.length());
        yield Casing.apply(name, text);
      }
      case "isdigit",
          "isdecimal",
          "isnumeric",
          "isalpha",
          "isalnum",
          "isspace",
          "isascii",
          "islower",
          "isupper" -> {
        arguments.none(name);
        run.steps(text.length() >> 3);
        yield Casing.is(name, text);
      }
      case "center", "ljust", "rjust", "zfill" -> pad(run, text, name, arguments);
      default -> throw new Unsupported("the string method '" + name + "'");
    };
  }

  private static String given(@Nullable Object value, String name) {
    return Values.text(value == null ? None.NONE : value, name);
  }

  private static @Nullable String optional(@Nullable Object value, String name) {
    return value == null || value == None.NONE ? null : Values.text(value, name);
  }

  private static Object strip(Run run, String text, String name, Arguments arguments) {
    String characters = optional(arguments.bind(name, 0, "chars")[0], name);
    return Texts.strip(run, text, characters, !name.equals("rstrip"), !name.equals("lstrip"));
  }

  private static Object split(Run run, String text, String name, Arguments arguments) {
    @Nullable Object[] values = arguments.bind(name, 0, "sep", "maxsplit");
    int limit = values[1] == null ? -1 : Values.count(values[1], "split counts");
    return Texts.split(run, text, optional(values[0], name), limit, name.equals("rsplit"));
  }

  private static Object partition(Run run, String text, String name, Arguments arguments) {
    String separator = Values.text(arguments.one(name, "sep"), name);
    if (separator.isEmpty()) {
      throw new Failure("empty separator");
    }
    run.searches(text, separator);
    run.makes(text.length());
    boolean fromEnd = name.equals("rpartition");
    int at = fromEnd ? text.lastIndexOf(separator) : text.indexOf(separator);
    if (at < 0) {
      return new Tuple(fromEnd ? List.of("", "", text) : List.of(text, "", ""));
    }
    return new Tuple(
        List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
  }

  private static Object affix(Run run, String text, String name, Arguments arguments) {
    @Nullable Object[] values = arguments.bind(name, 1, "affix", "start", "end");
    String part = range(run, text, values[1], values[2]);
    Object affix = values[0] == null ? None.NONE : values[0];
    List<Object> affixes = affix instanceof Tuple tuple ? tuple : List.of(affix);
    for (Object one : affixes) {
      String wanted = Values.text(one, name);
      run.steps(wanted.length() >> 10);
      if (name.equals("startswith") ? part.startsWith(wanted) : part.endsWith(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String range(Run run, String text, @Nullable Object start, @Nullable Object end) {
    if (start == null && end == null) {
      return text;
    }
    Long from = start == null || start == None.NONE ? null : Values.index(start, "indices");
    Long to = end == null || end == None.NONE ? null : Values.index(end, "indices");
    return (String) Sequences.slice(run, text, from, to, 1L);
  }

  private static Object search(Run run, String text, String name, Arguments arguments) {
    @Nullable Object[] values = arguments.bind(name, 1, "sub", "start", "end");
    if (values[1] != null || values[2] != null) {
      throw new Unsupported("the string method '" + name + "' with bounds");
    }
    String wanted = given(values[0], name);
    run.searches(text, wanted);
    if (name.equals("count")) {
      return occurrences(run, text, wanted);
    }
    int at = name.startsWith("r") ? text.lastIndexOf(wanted) : text.indexOf(wanted);
    if (at < 0 && name.endsWith("index")) {
      throw new Failure("substring not found");
    }
    run.makes(Math.max(0, at));
    return at < 0 ? -1L : (long) Texts.length(run, text.substring(0, at));
  }

  private static long occurrences(Run run, String text, String wanted) {
    if (wanted.isEmpty()) {
      return Texts.length(run, text) + 1L;
    }
    long count = 0;
    int at = text.indexOf(wanted);
    while (at >= 0) {
      count++;
      at = text.indexOf(wanted, at + wanted.length());
    }
    return count;
  }

  private static Object pad(Run run, String text, String name, Arguments arguments) {
    @Nullable Object[] values = arguments.bind(name, 1, "width", "fillchar");
    int width = Values.count(values[0] == null ? None.NONE : values[0], "widths");
    String fill = values[1] == null ? " " : given(values[1], name);
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw new Failure("the fill character must be exactly one character long");
    }
    int missing = Math.max(0, width - Texts.length(run, text));
    run.makes(text.length());
    return switch (name) {
      case "ljust" -> text + Texts.repeated(run, fill, missing);
      case "rjust" -> Texts.repeated(run, fill, missing) + text;
      case "center" -> {
        // CPython puts the odd one left only when the width is odd too.
        int left = missing / 2 + (missing & width & 1);
        yield Texts.repeated(run, fill, left) + text + Texts.repeated(run, fill, missing - left);
      }
      default -> {
        String zeros = Texts.repeated(run, "0", missing);
        boolean signed = text.startsWith("-") || text.startsWith("+");
        yield signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
      }
    };
  }
}
