package dev.cmdai.safety;

import dev.cmdai.safety.judge.Surroundings;
import java.util.List;

/**
 * Where a command would run, and what the user wants.
 *
 * @param home the user's home folder, absolute; empty when unknown
 * @param folder the folder that the command would run in, absolute; empty when unknown
 * @param project the folder of the project that the user works on, often the same; empty when
 *     unknown
 * @param temporary folders of which the contents are not meant to last, beside the usual ones
 * @param level how much the user wants to be asked
 * @param userRules what the user adds to the rules
 * @param doubt why the command may not be the one that was asked for; empty when nothing says so
 */
public record SafetyContext(
    String home,
    String folder,
    String project,
    List<String> temporary,
    SafetyLevel level,
    UserRules userRules,
    String doubt) {
  /** Nothing is known, and nothing is special. */
  public static final SafetyContext UNKNOWN =
      new SafetyContext("", "", "", List.of(), SafetyLevel.MODERATE, UserRules.NONE, "");

  /** Copies the list. */
  public SafetyContext {
    temporary = List.copyOf(temporary);
  }

  /** The same, but for another level. */
  public SafetyContext withLevel(SafetyLevel other) {
    return new SafetyContext(home, folder, project, temporary, other, userRules, doubt);
  }

  /** The same, but with other rules of the user. */
  public SafetyContext withUserRules(UserRules other) {
    return new SafetyContext(home, folder, project, temporary, level, other, doubt);
  }

  /** The same for a command that may not be the one that was asked for. */
  public SafetyContext withDoubt(String reason) {
    return new SafetyContext(home, folder, project, temporary, level, userRules, reason);
  }

  Surroundings surroundings() {
    return new Surroundings(home, folder, project, temporary);
  }
}
