package dev.cmdai.safety.judge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What filters make of a text that is known: decoders above all. */
final class Filters {
  private Filters() {}

  static @Nullable String of(String name, List<String> arguments, @Nullable String input) {
    if (input == null) {
      return null;
    }
    return switch (name) {
      case "tee", "sort", "uniq", "tac", "sponge", "head", "tail", "pv", "nl", "fold", "psub" ->
          input;
      case "rev" -> new StringBuilder(input.strip()).reverse().toString();
      case "base64", "gbase64" -> isDecoding(arguments) ? base64(input) : null;
      case "openssl" -> isBase64(arguments) ? base64(input) : null;
      case "xxd" -> has(arguments, "r") && has(arguments, "p") ? hex(input) : null;
      case "tr" -> translated(arguments, input);
      case "sed" -> substituted(arguments, input);
      // A part of the lines: which, nobody can tell, so all of them.
      case "grep", "egrep", "fgrep", "rg" -> isSelecting(arguments) ? input : null;
      case "xargs" -> arguments.isEmpty() ? input : null;
      default -> null;
    };
  }

  private static boolean isDecoding(List<String> arguments) {
    return has(arguments, "d") || has(arguments, "D") || arguments.contains("--decode");
  }

  private static boolean isBase64(List<String> arguments) {
    boolean isIt = arguments.contains("base64") || arguments.contains("-base64");
    return isIt && arguments.contains("-d");
  }

  private static boolean has(List<String> arguments, String letter) {
    for (String argument : arguments) {
      boolean isShort = argument.startsWith("-") && !argument.startsWith("--");
      if (isShort && argument.contains(letter)) {
        return true;
      }
    }
    return false;
  }

  /** The text behind Base64; null where it is none. */
  static @Nullable String base64(String text) {
    try {
      return new String(Base64.getMimeDecoder().decode(text.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String hex(String text) {
    try {
      String digits = text.strip().replace(" ", "").toLowerCase(Locale.ROOT);
      return new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String translated(List<String> arguments, String input) {
    boolean isDeleting = has(arguments, "d");
    List<String> sets = arguments.stream().filter(a -> !a.startsWith("-")).toList();
    if (sets.isEmpty() || (!isDeleting && sets.size() < 2)) {
      return null;
    }
    String from = set(sets.getFirst());
    String to = isDeleting ? "" : set(sets.get(1));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < input.length(); i++) {
      char c = input.charAt(i);
      int at = from.indexOf(c);
      if (at < 0) {
        text.append(c);
      } else if (!to.isEmpty()) {
        text.append(to.charAt(Math.min(at, to.length() - 1)));
      }
    }
    return text.toString();
  }

  /** {@code a-z} with all its letters. */
  private static String set(String written) {
    String plain = Printing.unescaped(written);
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      boolean isRange = i + 2 < plain.length() && plain.charAt(i + 1) == '-';
      if (isRange && plain.charAt(i + 2) >= c && plain.charAt(i + 2) - c < 256) {
        for (char each = c; each <= plain.charAt(i + 2); each++) {
          set.append(each);
        }
        i += 2;
      } else {
        set.append(c);
      }
    }
    return set.toString();
  }

  private static boolean isSelecting(List<String> arguments) {
    for (String argument : arguments) {
      boolean isShort = argument.startsWith("-") && !argument.startsWith("--");
      if (isShort && argument.chars().anyMatch(c -> "cqloL".indexOf(c) >= 0)) {
        return false;
      }
    }
    return arguments.stream().filter(a -> !a.startsWith("-")).count() == 1;
  }

  /** {@code s/from/to/} where {@code from} is plain text, or the start or the end of a line. */
  private static @Nullable String substituted(List<String> arguments, String input) {
    for (String argument : arguments) {
      if (argument.length() > 3 && argument.charAt(0) == 's') {
        String[] parts = argument.substring(2).split(Pattern.quote(argument.substring(1, 2)), -1);
        return parts.length < 2 || parts[0].isEmpty() ? null : substituted(parts, input);
      }
    }
    return null;
  }

  private static @Nullable String substituted(String[] parts, String input) {
    String to = parts[1].replace("\\", "");
    return switch (parts[0]) {
      case "^" -> input.lines().map(line -> to + line + "\n").collect(Collectors.joining());
      case "$" -> input.lines().map(line -> line + to + "\n").collect(Collectors.joining());
      case ".*", "^.*$", "^.*", ".*$" ->
          input.lines().map(line -> to.replace("&", line) + "\n").collect(Collectors.joining());
      default ->
          parts[0].chars().anyMatch(c -> "[*.\\^$".indexOf(c) >= 0)
              ? null
              : input.replace(parts[0], to);
    };
  }
}
