package dev.cmdai.safety.judge;

import java.util.ArrayList;
import java.util.List;

/** Finds the quoted strings in code of any language, roughly. */
final class Quoted {
  private static final int MOST = 32;

  private Quoted() {}

  /** Their contents, and all of them joined, as lists of arguments are. */
  static List<String> in(String code) {
    List<String> found = new ArrayList<>();
    int i = 0;
    while (i < code.length() && found.size() < MOST) {
      char c = code.charAt(i++);
      if (c == '"' || c == '\'' || c == '`') {
        StringBuilder quoted = new StringBuilder();
        while (i < code.length() && code.charAt(i) != c) {
          i += code.charAt(i) == '\\' && i + 1 < code.length() ? 1 : 0;
          quoted.append(code.charAt(i++));
        }
        i++;
        found.add(quoted.toString());
      }
    }
    if (found.size() > 1) {
      found.add(String.join(" ", found));
    }
    return found;
  }
}
