package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an awk program of one {@code print} makes of each line: it builds names and commands. */
final class AwkPrinting {
  private static final Pattern PROGRAM =
      Pattern.compile("\\s*(?:/[^/]*/)?\\s*\\{\\s*print\\s+([^;{}]*?);?\\s*\\}\\s*");

  private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|\\$(\\d+)|(,)|\\S");

  private AwkPrinting() {}

  static @Nullable String of(List<String> arguments, @Nullable String input) {
    if (input == null || arguments.size() != 1) {
      return null;
    }
    Matcher program = PROGRAM.matcher(arguments.getFirst());
    if (!program.matches()) {
      return null;
    }
    List<String> lines = new ArrayList<>();
    for (String line : input.lines().limit(64).toList()) {
      String printed = printed(program.group(1), line);
      if (printed == null) {
        return null;
      }
      lines.add(printed);
    }
    return String.join("\n", lines) + "\n";
  }

  /** The value of strings and fields that follow each other; null where it is anything else. */
  static @Nullable String printed(String expression, String line) {
    String[] fields = line.strip().split("\\s+", -1);
    StringBuilder text = new StringBuilder();
    Matcher part = PART.matcher(expression);
    while (part.find()) {
      if (part.group(1) != null) {
        text.append(part.group(1));
      } else if (part.group(3) != null) {
        text.append(' ');
      } else if (part.group(2) != null && part.group(2).length() < 4) {
        int field = Integer.parseInt(part.group(2));
        text.append(field == 0 ? line : field <= fields.length ? fields[field - 1] : "");
      } else {
        return null;
      }
    }
    return text.toString();
  }
}
