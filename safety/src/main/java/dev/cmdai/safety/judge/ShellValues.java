package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Piece.Output;
import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of shell code, as far as the code itself sets them to a constant. */
final class ShellValues {
  private static final int MOST = 64;
  private static final int MOST_VALUES = 8;
  private static final int LONGEST = 4096;

  /** Several values: each may be the one, as in a loop. */
  private final Map<String, List<String>> values = new HashMap<>();

  /** Of variables that hold what a command wrote, that command. */
  private final Map<String, List<Output>> origins = new HashMap<>();

  /** Sets a variable; to nothing known where a value is too long, or there is none. */
  void set(String name, List<String> constants) {
    origins.remove(name);
    List<String> kept = new ArrayList<>(constants.size());
    for (String constant : constants) {
      if (constant.length() <= LONGEST && kept.size() < MOST_VALUES) {
        kept.add(constant);
      }
    }
    if (kept.isEmpty()) {
      values.remove(name);
    } else if (values.size() < MOST || values.containsKey(name)) {
      values.put(name, kept);
    }
  }

  /** Says which commands write what the variable holds. */
  void setOrigin(String name, List<Output> outputs) {
    if (!outputs.isEmpty() && origins.size() < MOST) {
      origins.put(name, outputs);
    }
  }

  List<Output> origin(String name) {
    return origins.getOrDefault(name, List.of());
  }

  /** How many values a variable may have; 1 where none is known. */
  int count(String name) {
    List<String> known = values.get(name);
    return known == null ? 1 : known.size();
  }

  /** One of the values; null where none is known. */
  @Nullable String get(String name, int index) {
    List<String> known = values.get(name);
    if (known != null) {
      return known.get(Math.min(index, known.size() - 1));
    }
    return switch (name) {
      case "HOME" -> Word.HOME;
      case "PWD" -> ".";
      case "TMPDIR", "TMP", "TEMP" -> "/tmp";
      case "IFS" -> " ";
      default -> null;
    };
  }

  /** All that is known now, for {@link #restore}. */
  Map<String, List<String>> all() {
    return new HashMap<>(values);
  }

  /** Forgets what was set since, as at the end of a subshell. */
  void restore(Map<String, List<String>> before) {
    values.clear();
    values.putAll(before);
  }

  /** Binds the positional parameters of a function or a script; gives back what they were. */
  Map<String, List<String>> bind(List<String> arguments) {
    Map<String, List<String>> outer = new HashMap<>(values);
    for (int i = 1; i <= 9; i++) {
      values.remove(String.valueOf(i));
      if (i <= arguments.size()) {
        values.put(String.valueOf(i), List.of(arguments.get(i - 1)));
      }
    }
    String all = String.join(" ", arguments);
    values.put("@", List.of(all));
    values.put("*", List.of(all));
    values.put("argv", List.of(all));
    return outer;
  }

  /** Binds {@code $0} too, as for {@code sh -c CODE NAME ARGUMENTS}. */
  Map<String, List<String>> bindWithName(List<String> arguments) {
    Map<String, List<String>> outer = bind(arguments.subList(1, arguments.size()));
    values.put("0", List.of(arguments.getFirst()));
    return outer;
  }

  /** Takes back a binding, but not the variables that were set since. */
  void unbind(Map<String, List<String>> outer) {
    for (String name :
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "@", "*", "argv")) {
      values.remove(name);
      List<String> before = outer.get(name);
      if (before != null) {
        values.put(name, before);
      }
    }
  }
}
