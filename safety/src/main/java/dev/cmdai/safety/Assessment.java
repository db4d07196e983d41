package dev.cmdai.safety;

import dev.cmdai.safety.rules.RiskLevel;
import java.util.List;

/**
 * The judgement of one command.
 *
 * @param level the level of the worst finding
 * @param action what follows from it
 * @param findings the rules that fired, worst first; a safe command can have some that only inform
 * @param userRules the user's own rules that changed the judgement
 */
public record Assessment(
    RiskLevel level, Action action, List<Finding> findings, List<UserRule> userRules) {
  /** Copies the lists. */
  public Assessment {
    findings = List.copyOf(findings);
    userRules = List.copyOf(userRules);
  }
}
