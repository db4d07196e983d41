package dev.cmdai.safety;

import dev.cmdai.safety.rules.RiskLevel;
import java.util.List;

/**
 * The judgement of one command.
 *
 * @param level the level of the worst finding
 * @param action what follows from the level
 * @param findings the rules that fired, worst first; empty for a safe command
 */
public record Assessment(RiskLevel level, Action action, List<Finding> findings) {
  /** Copies the findings. */
  public Assessment {
    findings = List.copyOf(findings);
  }
}
