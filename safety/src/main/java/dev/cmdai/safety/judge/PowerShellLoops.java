package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.powershell.PowerShellTokens;
import java.util.List;
import java.util.Locale;

/** Recognises PowerShell code that starts itself, or programs, again and again without an end. */
final class PowerShellLoops {
  private String function = "";
  private int functionDepth;
  private int selfCalls;
  private boolean isAfterWhile;
  private boolean isEndless;
  private boolean isBomb;

  void follow(PowerShellTokens.Command command, String name) {
    List<String> words = command.words();
    if (name.equals("function") && words.size() > 1) {
      function = words.get(1).toLowerCase(Locale.ROOT);
      functionDepth = command.depth();
      selfCalls = 0;
    } else if (name.equals(function) && words.size() == 1 && command.depth() > functionDepth) {
      // With arguments it may well come to an end.
      selfCalls++;
    }
    isEndless |= isAfterWhile && words.size() == 1 && (name.equals("1") || name.equals("$true"));
    isAfterWhile = name.equals("while");
    boolean isStart =
        switch (name) {
          case "start-process", "saps", "start", "start-job", "powershell", "pwsh" -> true;
          default -> false;
        };
    isBomb |= selfCalls > 1 || (isEndless && isStart && command.depth() > 0);
  }

  boolean isBomb() {
    return isBomb;
  }
}
