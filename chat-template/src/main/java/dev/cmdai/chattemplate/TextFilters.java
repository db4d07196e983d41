package dev.cmdai.chattemplate;

import dev.cmdai.chattemplate.ChatTemplateException.Failure;
import dev.cmdai.chattemplate.ChatTemplateException.Unsupported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Filters that take text. */
final class TextFilters {
  private TextFilters() {}

  static Object apply(Run run, String name, Object value, Arguments arguments) {
    if (value instanceof Markup markup) {
      return switch (name) {
        case "trim", "upper", "lower", "capitalize" ->
            new Markup((String) apply(run, name, markup.text(), arguments));
        case "wordcount", "replace" -> apply(run, name, markup.text(), arguments);
        default -> throw new Unsupported("the filter '" + name + "' on text marked as safe");
      };
    }
    return switch (name) {
      case "trim" -> {
        Object characters = arguments.bind(name, 0, "chars")[0];
        String text = Printing.string(run, value);
        yield Texts.strip(
            run,
            text,
            characters == null || characters == None.NONE ? null : Values.text(characters, name),
            true,
            true);
      }
      case "upper", "lower", "capitalize" -> {
        arguments.none(name);
        String text = Printing.string(run, value);
        run.makes(text.length());
        yield Casing.apply(name, text);
      }
      case "title" -> {
        arguments.none(name);
        yield title(run, Printing.string(run, value));
      }
      case "replace" -> {
        @Nullable Object[] values = arguments.bind(name, 2, "old", "new", "count");
        yield Texts.replace(
            run,
            Printing.string(run, value),
            printed(run, values[0]),
            printed(run, values[1]),
            values[2] == null || values[2] == None.NONE
                ? -1
                : Values.count(values[2], "replace counts"));
      }
      case "format" -> {
        if (!arguments.named().isEmpty() && !arguments.positional().isEmpty()) {
          throw new Failure("format takes positional or keyword arguments, not both");
        }
        Object values =
            arguments.named().isEmpty()
                ? new Tuple(arguments.positional())
                : new LinkedHashMap<Object, Object>(arguments.named());
        yield PercentFormat.format(run, Printing.string(run, value), values);
      }
      case "indent" -> indent(run, text(value, name), arguments);
      case "center" -> {
        Object width = arguments.bind(name, 0, "width")[0];
        yield TextMethods.call(
            run,
            Printing.string(run, value),
            name,
            new Arguments(List.of(width == null ? 80L : width), Map.of()));
      }
      case "truncate" -> truncate(run, text(value, name), arguments);
      default -> {
        arguments.none(name);
        yield wordCount(run, Printing.string(run, value));
      }
    };
  }

  private static String text(Object value, String name) {
    return Values.text(value, name);
  }

  private static String printed(Run run, @Nullable Object value) {
    return Printing.string(run, value == null ? None.NONE : value);
  }

  /** Words begin after white space, hyphens and opening brackets, and nowhere else. */
  private static String title(Run run, String text) {
    run.makes(text.length());
    StringBuilder title = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isTitleBreak(text.charAt(i))) {
        if (i > start) {
          int first = text.offsetByCodePoints(start, 1);
          title.append(Casing.apply("upper", text.substring(start, first)));
          title.append(Casing.apply("lower", text.substring(first, i)));
        }
        if (i < text.length()) {
          title.append(text.charAt(i));
        }
        start = i + 1;
      }
    }
    return title.toString();
  }

  private static boolean isTitleBreak(char c) {
    return c == '-' || c == '(' || c == '{' || c == '[' || c == '<' || Characters.isSpace(c);
  }

  private static Object indent(Run run, String text, Arguments arguments) {
    @Nullable Object[] values = arguments.bind("indent", 0, "width", "first", "blank");
    Object width = values[0] == null ? 4L : values[0];
    String indent =
        Values.isText(width)
            ? Values.text(width, "indent")
            : Texts.repeated(run, " ", Values.index(width, "indent widths"));
    boolean blank = Filters.flag(values[2]);
    List<Object> lines = Texts.lines(run, text.concat("\n"), false);
    StringBuilder indented = new StringBuilder(Filters.flag(values[1]) ? indent : "");
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      run.makes(1L + indent.length() + line.length());
      if (i > 0) {
        indented.append('\n');
        if (blank || !line.isEmpty()) {
          indented.append(indent);
        }
      }
      indented.append(line);
    }
    return indented.toString();
  }

  private static Object truncate(Run run, String text, Arguments arguments) {
    @Nullable Object[] values =
        arguments.bind("truncate", 0, "length", "killwords", "end", "leeway");
    int length = values[0] == null ? 255 : Values.count(values[0], "truncate lengths");
    String end = values[2] == null ? "..." : Values.text(values[2], "truncate");
    boolean ownLeeway = values[3] != null && values[3] != None.NONE;
    int leeway = ownLeeway ? Values.count(Objects.requireNonNull(values[3]), "leeways") : 5;
    int room = length - Texts.length(run, end);
    if (room < 0 || leeway < 0) {
      throw new Failure("truncate: length or leeway is too small");
    }
    if (Texts.length(run, text) <= (long) length + leeway) {
      return text;
    }
    String head = Texts.slice(run, text, 0, room, 1);
    int space = head.lastIndexOf(' ');
    return (Filters.flag(values[1]) || space < 0 ? head : head.substring(0, space)) + end;
  }

  private static Object wordCount(Run run, String text) {
    run.steps(text.length() >> 3);
    long count = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean isWord = c == '_' || Character.isLetterOrDigit(c);
      count += isWord && !inWord ? 1 : 0;
      inWord = isWord;
    }
    return count;
  }
}
