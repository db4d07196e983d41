package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms of a variable that cut or change its value: {@code ${x%…}}, {@code ${x//a/b}}. */
final class ValueForms {
  private static final int LONGEST = 512;

  private ValueForms() {}

  /** The value in that form; null where nobody can tell. */
  static @Nullable String of(String value, String operator, String operand) {
    if (value.equals(Word.HOME) && operator.startsWith("%")) {
      return Word.HOME + "/..";
    }
    if (value.length() > LONGEST) {
      return null;
    }
    return switch (operator) {
      case "%" -> withoutEnd(value, operand, true);
      case "%%" -> withoutEnd(value, operand, false);
      case "#" -> withoutStart(value, operand, true);
      case "##" -> withoutStart(value, operand, false);
      case "/", "//" -> replaced(value, operand, operator.equals("//"));
      case "^", "^^" -> value.toUpperCase(Locale.ROOT);
      case ",", ",," -> value.toLowerCase(Locale.ROOT);
      case ":" -> part(value, operand);
      default -> null;
    };
  }

  private static String withoutEnd(String value, String pattern, boolean isShortest) {
    for (int i = 0; i <= value.length(); i++) {
      int start = isShortest ? value.length() - i : i;
      if (Glob.matches(pattern, value.substring(start))) {
        return value.substring(0, start);
      }
    }
    return value;
  }

  private static String withoutStart(String value, String pattern, boolean isShortest) {
    for (int i = 0; i <= value.length(); i++) {
      int end = isShortest ? i : value.length() - i;
      if (Glob.matches(pattern, value.substring(0, end))) {
        return value.substring(end);
      }
    }
    return value;
  }

  private static String replaced(String value, String operand, boolean isEach) {
    int slash = operand.indexOf('/', 1);
    String from = slash < 0 ? operand : operand.substring(0, slash);
    String to = slash < 0 ? "" : operand.substring(slash + 1);
    if (from.isEmpty()) {
      return value;
    }
    if (isEach) {
      return value.replace(from, to);
    }
    int at = value.indexOf(from);
    return at < 0 ? value : value.substring(0, at) + to + value.substring(at + from.length());
  }

  private static @Nullable String part(String value, String operand) {
    // Modifiers of zsh: the folder of a path, its name, or the path made absolute.
    switch (operand) {
      case "h" -> {
        int slash = value.lastIndexOf('/');
        return slash > 0 ? value.substring(0, slash) : slash == 0 ? "/" : ".";
      }
      case "t" -> {
        return value.substring(value.lastIndexOf('/') + 1);
      }
      case "a", "A", "P" -> {
        return value;
      }
      default -> {}
    }
    String[] numbers = operand.split(":", 2);
    try {
      int start = Integer.parseInt(numbers[0].strip());
      start = Math.clamp(start < 0 ? value.length() + (long) start : start, 0, value.length());
      long length = numbers.length > 1 ? Integer.parseInt(numbers[1].strip()) : value.length();
      return value.substring(start, Math.clamp(start + length, start, value.length()));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
