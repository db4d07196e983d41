package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables of shell code that are set to a constant in it. */
final class ShellVariables {
  private static final int MOST = 32;
  private static final int MOST_VALUES = 8;
  private static final int LONGEST = 256;

  private final Map<String, List<Word>> values = new HashMap<>();

  /** Remembers {@code x=VALUE}, {@code for x in VALUES}, and {@code set x VALUE} of fish. */
  void follow(List<Word> words, boolean isFish) {
    String first = words.isEmpty() ? "" : words.getFirst().text();
    if (first.equals("for") && words.size() > 3) {
      set(words.get(1).text(), words.subList(3, words.size()));
    } else if (isFish && first.equals("set")) {
      List<Word> operands = new Arguments(words.subList(1, words.size()), "").operands();
      if (operands.size() > 1) {
        set(operands.getFirst().text(), operands.subList(1, operands.size()));
      }
    } else if (Wrapper.withoutAssignments(words).isEmpty()) {
      for (Word word : words) {
        int sign = word.text().indexOf('=');
        String value = word.text().substring(sign + 1);
        set(
            word.text().substring(0, sign),
            List.of(new Word(value, word.isBare(), word.hasUnknown(), word.substitutions())));
      }
    }
  }

  private void set(String name, List<Word> written) {
    List<Word> constants = new ArrayList<>();
    for (Word word : written.subList(0, Math.min(MOST_VALUES, written.size()))) {
      if (!word.hasUnknown() && !word.text().isEmpty() && word.text().length() <= LONGEST) {
        constants.add(word);
      }
    }
    if (values.size() < MOST || values.containsKey(name)) {
      values.put(name, constants);
    }
  }

  /** The words with the constants in place of the first variable in each. */
  List<Word> resolved(List<Word> words) {
    if (values.isEmpty()) {
      return words;
    }
    List<Word> resolved = new ArrayList<>(words.size());
    for (Word word : words) {
      int sign = word.hasUnknown() ? word.text().indexOf('$') : -1;
      int end = sign + 1;
      while (sign >= 0 && end < word.text().length() && isName(word.text().charAt(end))) {
        end++;
      }
      List<Word> constants =
          sign < 0
              ? List.of()
              : values.getOrDefault(word.text().substring(sign + 1, end), List.of());
      for (Word constant : constants) {
        String text = word.text().substring(0, sign) + constant.text() + word.text().substring(end);
        boolean hasUnknown = word.text().indexOf('$', end) >= 0;
        resolved.add(new Word(text, word.isBare(), hasUnknown, word.substitutions()));
      }
      if (constants.isEmpty()) {
        resolved.add(word);
      }
    }
    return resolved;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
