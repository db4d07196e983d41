package dev.cmdai.safety.judge;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code string} of fish writes, for the subcommands that build commands. */
final class StringCommand {
  private StringCommand() {}

  static @Nullable String of(List<String> arguments, @Nullable String input) {
    if (arguments.size() < 2) {
      return null;
    }
    List<String> rest =
        arguments.subList(1, arguments.size()).stream().filter(a -> !a.equals("--")).toList();
    return switch (arguments.getFirst()) {
      case "join" -> {
        List<String> parts =
            rest.size() > 1
                ? rest.subList(1, rest.size())
                : input == null ? List.of() : input.lines().toList();
        yield rest.isEmpty() ? null : String.join(rest.getFirst(), parts) + "\n";
      }
      case "lower" -> String.join("\n", rest).toLowerCase(Locale.ROOT) + "\n";
      case "upper" -> String.join("\n", rest).toUpperCase(Locale.ROOT) + "\n";
      case "trim", "unescape", "collect" -> rest.isEmpty() ? input : String.join("\n", rest) + "\n";
      case "replace" -> {
        List<String> plain = rest.stream().filter(a -> !a.startsWith("-")).toList();
        String text = plain.size() > 2 ? plain.get(2) : input;
        yield text == null || plain.size() < 2
            ? null
            : text.replace(plain.getFirst(), plain.get(1)) + "\n";
      }
      default -> null;
    };
  }
}
