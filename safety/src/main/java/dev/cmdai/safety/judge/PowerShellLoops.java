package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Recognises PowerShell code that starts itself, or programs, again and again without an end. */
final class PowerShellLoops {
  private final Findings findings;
  private final List<String> functions = new ArrayList<>();
  private int endless;
  private int selfCalls;

  PowerShellLoops(Findings findings) {
    this.findings = findings;
  }

  void enter(boolean isEndless) {
    endless += isEndless ? 1 : 0;
  }

  void leave(boolean isEndless) {
    endless -= isEndless ? 1 : 0;
  }

  /** Something is started that goes on by itself. */
  void start() {
    if (endless > 0) {
      bomb();
    }
  }

  /** Goes into a function; false when the code is in it already. */
  boolean enter(String function, boolean hasArguments) {
    if (!functions.contains(function)) {
      selfCalls = functions.isEmpty() ? 0 : selfCalls;
      functions.add(function);
      return true;
    }
    // With arguments it may well come to an end.
    selfCalls += hasArguments ? 0 : 1;
    if (selfCalls > 1) {
      bomb();
    }
    return false;
  }

  void leave(String function) {
    functions.remove(function);
  }

  private void bomb() {
    findings.add(
        Rule.PROCESS_FORK_BOMB,
        "starts programs again and again until the machine stops: a fork bomb");
  }
}
