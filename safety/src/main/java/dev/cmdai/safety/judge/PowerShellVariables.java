package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables of PowerShell code that are set to a constant in it. */
final class PowerShellVariables {
  private static final int MOST = 64;
  private static final int MOST_VALUES = 8;
  private static final int LONGEST = 256;

  private final Map<String, List<String>> values = new HashMap<>();

  /** Remembers {@code $x = 'VALUE'} and {@code foreach ($x in 'VALUE')}. */
  void follow(List<String> words) {
    String first = words.getFirst();
    if (!first.startsWith("$") || values.size() == MOST) {
      return;
    }
    int sign = first.indexOf('=');
    if (sign > 0 && words.size() == 1) {
      set(first.substring(0, sign), List.of(first.substring(sign + 1)));
    } else if (words.size() > 2 && words.size() - 2 <= MOST_VALUES && isSetting(words.get(1))) {
      set(first, words.subList(2, words.size()));
    }
  }

  private static boolean isSetting(String word) {
    return word.equals("=") || word.equalsIgnoreCase("in");
  }

  private void set(String name, List<String> written) {
    List<String> constants = new ArrayList<>();
    for (String value : resolved(written)) {
      if (value.length() <= LONGEST && constants.size() < MOST_VALUES) {
        constants.add(value);
      }
    }
    values.put(name.toLowerCase(Locale.ROOT), constants);
  }

  /** The words with the constants in place of the variables that a word is, or begins with. */
  List<String> resolved(List<String> words) {
    if (values.isEmpty()) {
      return words;
    }
    List<String> resolved = new ArrayList<>(words.size());
    for (String word : words) {
      int end = 1;
      while (end < word.length() && Character.isLetterOrDigit(word.charAt(end))) {
        end++;
      }
      List<String> constants =
          word.startsWith("$")
              ? values.getOrDefault(word.substring(0, end).toLowerCase(Locale.ROOT), List.of())
              : List.of();
      for (String constant : constants) {
        resolved.add(constant + word.substring(end));
      }
      if (constants.isEmpty()) {
        resolved.add(word);
      }
    }
    return resolved;
  }

  /** The name of the program that a variable names. */
  String program(String name) {
    List<String> known = values.get(name);
    return known == null || known.isEmpty() ? name : WindowsRules.program(known.getFirst());
  }
}
