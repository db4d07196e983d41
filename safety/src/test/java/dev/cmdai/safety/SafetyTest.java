package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an assessment says beyond its level. */
final class SafetyTest {
  @Test
  void theActionFollowsTheLevel() {
    assertThat(Safety.assess("ls", Shell.BASH).action()).isEqualTo(Action.ALLOW);
    assertThat(Safety.assess("rm x", Shell.BASH).action()).isEqualTo(Action.CONFIRM);
    assertThat(Safety.assess("rm -r x", Shell.BASH).action()).isEqualTo(Action.CONFIRM);
    assertThat(Safety.assess("rm -r /", Shell.BASH).action()).isEqualTo(Action.BLOCK);
  }

  @Test
  void messagesNameTheTargetOnOneLine() {
    assertThat(Safety.assess("rm -rf \"$HOME\"", Shell.BASH).findings())
        .containsExactly(
            new Finding(
                "delete.system",
                RiskLevel.CRITICAL,
                "deletes ~ and everything in it, a whole home folder",
                0,
                14));
    assertThat(Safety.assess("rm 'a\nb'", Shell.BASH).findings())
        .containsExactly(new Finding("delete.file", RiskLevel.MODERATE, "deletes a b", 0, 8));
  }

  @Test
  void findingsComeWorstFirstAndAreLimited() {
    List<Finding> findings =
        Safety.assess("rm a b c d e f g; rm -rf /; " + "rm x; ".repeat(50), Shell.BASH).findings();
    assertThat(findings.getFirst().ruleId()).isEqualTo("delete.system");
    assertThat(findings).hasSize(6);
  }

  @Test
  void nestingBeyondAllReasonNeedsConfirmation() {
    String command = "( ".repeat(100) + "rm -rf /" + " )".repeat(100);
    assertThat(Safety.assess(command, Shell.BASH).findings().getFirst().ruleId())
        .isEqualTo("code.nested");
  }
}
