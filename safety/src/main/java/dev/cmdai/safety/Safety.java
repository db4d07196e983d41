package dev.cmdai.safety;

import dev.cmdai.safety.judge.Judge;
import dev.cmdai.shell.Shell;

/**
 * Judges a command by parsing it and looking at what each part would do, and to what. Never runs
 * anything, never looks at the file system, never throws. Safe for concurrent callers.
 */
public final class Safety {
  private Safety() {}

  /** How dangerous the command is where nothing is known about the place that it runs in. */
  public static Assessment assess(String command, Shell shell) {
    return assess(command, shell, SafetyContext.UNKNOWN);
  }

  /**
   * How dangerous the command is in that shell and place, and what to do about it. Takes time
   * linear in the command's length.
   *
   * <pre>{@code
   * Assessment assessment = Safety.assess("rm -rf ~", Shell.BASH, context);
   * if (assessment.action() == Action.BLOCK) { … }
   * }</pre>
   */
  public static Assessment assess(String command, Shell shell, SafetyContext context) {
    return Policy.decide(command, Judge.judge(command, shell, context.surroundings()), context);
  }
}
