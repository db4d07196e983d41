package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Variables of code for cmd that are set to a constant in it, by how they are written there. */
final class CmdVariables {
  private static final int MOST = 8;
  private static final int LONGEST = 256;

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /** {@code set NAME=VALUE}, of which the quotes and the sign are gone. */
  void set(List<String> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    int sign = arguments.getFirst().indexOf('=');
    if (sign > 0) {
      put(
          "%" + arguments.getFirst().substring(0, sign) + "%",
          arguments.getFirst().substring(sign + 1));
    } else if (arguments.size() > 1) {
      put(
          "%" + arguments.getFirst() + "%",
          String.join(" ", arguments.subList(1, arguments.size())));
    }
  }

  private void put(String name, String value) {
    loop(name, List.of(value));
  }

  /** {@code for %x in (VALUES)}. */
  void loop(String name, List<String> written) {
    List<String> constants = new ArrayList<>();
    for (String value : resolved(written)) {
      if (value.length() <= LONGEST && constants.size() < MOST) {
        constants.add(value);
      }
    }
    if (values.size() < MOST) {
      values.put(name.toLowerCase(Locale.ROOT), constants);
    }
  }

  /** The words with the constants in place of the variables; a word may become several. */
  List<String> resolved(List<String> words) {
    List<String> resolved = words;
    for (Map.Entry<String, List<String>> variable : values.entrySet()) {
      resolved = resolved(resolved, variable.getKey(), variable.getValue());
    }
    return resolved;
  }

  private static List<String> resolved(List<String> words, String name, List<String> constants) {
    List<String> resolved = new ArrayList<>(words.size());
    for (String word : words) {
      int at = word.length() > LONGEST ? -1 : word.toLowerCase(Locale.ROOT).indexOf(name);
      if (at < 0 || constants.isEmpty()) {
        resolved.add(word);
      } else {
        for (String constant : constants) {
          resolved.add(word.substring(0, at) + constant + word.substring(at + name.length()));
        }
      }
    }
    return resolved;
  }
}
