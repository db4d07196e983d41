package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;
import java.util.Set;

/** Recognises code that starts itself more than once, or without waiting: a fork bomb. */
final class SelfCalls {
  static final String MESSAGE =
      "starts itself again and again until the machine stops: a fork bomb";

  private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ksh", "fish");

  private String function = "";

  /** Begins a function's body, if the name is one; gives back the function around it. */
  String enter(String name) {
    String outer = function;
    function = name.isEmpty() ? function : name;
    return outer;
  }

  void leave(String outer) {
    function = outer;
  }

  boolean isOne(List<Word> words) {
    if (words.isEmpty()) {
      return false;
    }
    String name = words.getFirst().text();
    boolean isOwnFile =
        SHELLS.contains(name) && words.size() == 2 && words.getLast().text().equals("$0");
    return isOwnFile || name.equals("$0") || (!function.isEmpty() && name.equals(function));
  }

  void judge(int count, boolean isBackground, Findings findings) {
    if (count > 1 || (count == 1 && isBackground)) {
      findings.add(Rule.PROCESS_FORK_BOMB, MESSAGE);
    }
  }
}
