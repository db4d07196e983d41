package dev.cmdai.safety;

import dev.cmdai.safety.judge.Fired;
import dev.cmdai.safety.judge.Judge;
import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a command by parsing it and looking at what each part would do, and to what. Never runs
 * anything, never looks at the file system, never throws.
 */
public final class Safety {
  private Safety() {}

  /**
   * How dangerous the command is in that shell, and what to do about it. Takes time linear in the
   * command's length.
   */
  public static Assessment assess(String command, Shell shell) {
    RiskLevel level = RiskLevel.SAFE;
    List<Finding> findings = new ArrayList<>();
    for (Fired fired : Judge.judge(command, shell)) {
      if (fired.rule().level().compareTo(level) > 0) {
        level = fired.rule().level();
      }
      findings.add(new Finding(fired.rule().id(), fired.message()));
    }
    Action action =
        switch (level) {
          case SAFE -> Action.ALLOW;
          case MODERATE, HIGH -> Action.CONFIRM;
          case CRITICAL -> Action.BLOCK;
        };
    return new Assessment(level, action, findings);
  }
}
