package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cmdai.safety.UserRule.Subject;
import dev.cmdai.safety.UserRule.Verdict;
import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from a level, from the place, and from the user's own rules. */
final class PolicyTest {
  private static final SafetyContext AT_WORK =
      new SafetyContext(
          "/home/ann",
          "/home/ann/work/app/src",
          "/home/ann/work/app",
          List.of("/scratch"),
          SafetyLevel.MODERATE,
          UserRules.NONE,
          "");

  private static Assessment assess(String command, SafetyContext context) {
    return Safety.assess(command, Shell.BASH, context);
  }

  private static Assessment with(String command, UserRule... rules) {
    return assess(command, AT_WORK.withUserRules(new UserRules(List.of(rules), false)));
  }

  @ParameterizedTest
  @CsvSource({
    "ls, ALLOW, ALLOW, ALLOW",
    "kill 12, CONFIRM, ALLOW, ALLOW",
    "rm x, CONFIRM, CONFIRM, ALLOW",
    "git reset --hard, BLOCK, CONFIRM, ALLOW",
    "rm -rf /, BLOCK, BLOCK, CONFIRM",
    "echo 'open, CONFIRM, CONFIRM, ALLOW"
  })
  void theActionFollowsFromLevelAndChoice(
      String command, Action strict, Action moderate, Action permissive) {
    assertThat(assess(command, AT_WORK.withLevel(SafetyLevel.STRICT)).action()).isEqualTo(strict);
    assertThat(assess(command, AT_WORK).action()).isEqualTo(moderate);
    assertThat(assess(command, AT_WORK.withLevel(SafetyLevel.PERMISSIVE)).action())
        .isEqualTo(permissive);
  }

  @ParameterizedTest
  @CsvSource({
    "rm -rf build, moderate",
    "rm -rf ../build, moderate",
    "rm -rf /home/ann/work/app/build, moderate",
    "rm -rf /scratch/x, moderate",
    "rm -rf ../../other, high",
    "rm -rf /home/ann/other, high",
    "rm -rf ../../.., critical",
    "rm -rf /home/ann, critical",
    "rm -rf /home/ann/, critical",
    "cd ../../..; rm -rf *, critical",
    "cd ../../../..; rm -rf ann, critical",
    "rm -rf *, moderate",
    "cd ..; rm -rf *, high"
  })
  void thePlaceDecides(String command, String level) {
    assertThat(assess(command, AT_WORK).level().id()).as(command).isEqualTo(level);
  }

  @Test
  void inTheHomeFolderEverythingHereIsEverything() {
    SafetyContext home =
        new SafetyContext(
            "/data/ann",
            "/data/ann",
            "/data/ann",
            List.of(),
            SafetyLevel.MODERATE,
            UserRules.NONE,
            "");
    assertThat(assess("rm -rf *", home).level()).isEqualTo(RiskLevel.CRITICAL);
    assertThat(assess("rm -rf .", home).level()).isEqualTo(RiskLevel.CRITICAL);
    assertThat(assess("find . -delete", home).level()).isEqualTo(RiskLevel.CRITICAL);
    assertThat(assess("rm -rf ..", home).level()).isEqualTo(RiskLevel.CRITICAL);
  }

  @Test
  void aUserAllowsByRuleCommandAndPath() {
    UserRule rule = new UserRule(Verdict.ALLOW, Subject.RULE, "history.*");
    Assessment byRule = with("git reset --hard", rule);
    assertThat(byRule.action()).isEqualTo(Action.ALLOW);
    assertThat(byRule.userRules()).containsExactly(rule);
    assertThat(byRule.findings())
        .singleElement()
        .extracting(Finding::level)
        .isEqualTo(RiskLevel.SAFE);
    assertThat(
            with(
                    "docker system prune -af",
                    new UserRule(Verdict.ALLOW, Subject.COMMAND, "docker system prune"))
                .action())
        .isEqualTo(Action.ALLOW);
    assertThat(with("rm -rf ~/old/x", new UserRule(Verdict.ALLOW, Subject.PATH, "~/old")).action())
        .isEqualTo(Action.ALLOW);
    assertThat(
            with("rm -rf ~/old/../x", new UserRule(Verdict.ALLOW, Subject.PATH, "~/old")).action())
        .isEqualTo(Action.CONFIRM);
    assertThat(with("ls", rule).userRules()).isEmpty();
  }

  @Test
  void whatIsAllowedCoversNothingBesideIt() {
    UserRule rule = new UserRule(Verdict.ALLOW, Subject.COMMAND, "docker system prune");
    assertThat(with("docker system prune -af; git reset --hard", rule).action())
        .isEqualTo(Action.CONFIRM);
  }

  @Test
  void toRelaxIsOneLevelLess() {
    UserRule rule = new UserRule(Verdict.RELAX, Subject.RULE, "history.lost");
    assertThat(with("git reset --hard", rule).level()).isEqualTo(RiskLevel.MODERATE);
  }

  @Test
  void toForbidBlocksWhateverTheLevel() {
    UserRule command = new UserRule(Verdict.FORBID, Subject.COMMAND, "git push");
    UserRule path = new UserRule(Verdict.FORBID, Subject.PATH, "~/Documents");
    UserRules rules = new UserRules(List.of(command, path), true);
    SafetyContext context = AT_WORK.withLevel(SafetyLevel.PERMISSIVE).withUserRules(rules);
    Assessment pushed = assess("make && sudo git push origin main", context);
    assertThat(pushed.action()).isEqualTo(Action.BLOCK);
    assertThat(pushed.userRules()).containsExactly(command);
    assertThat(pushed.findings().getFirst().ruleId()).isEqualTo("user.forbidden");
    assertThat(assess("sh -c 'cat $HOME/Documents/x'", context).action()).isEqualTo(Action.BLOCK);
    assertThat(assess("git status", context).action()).isEqualTo(Action.ALLOW);
    UserRule rule = new UserRule(Verdict.FORBID, Subject.RULE, "delete.*");
    assertThat(with("rm x", rule).action()).isEqualTo(Action.BLOCK);
  }

  @ParameterizedTest
  @CsvSource({
    "rm -rf /",
    "rm -rf ~",
    "rm -rf /home/ann",
    "dd if=x of=/dev/sda",
    "mkfs.ext4 /dev/sda1",
    "mv ~ /dev/null",
    "chmod -R 777 /"
  })
  void nothingLiftsACriticalOnRootHomeOrADeviceUnlessTheUserInsists(String command) {
    List<UserRule> all =
        List.of(
            new UserRule(Verdict.ALLOW, Subject.RULE, "*"),
            new UserRule(Verdict.ALLOW, Subject.PATH, "/"),
            new UserRule(Verdict.ALLOW, Subject.COMMAND, command));
    SafetyContext allowed = AT_WORK.withUserRules(new UserRules(all, false));
    SafetyContext insisting = AT_WORK.withUserRules(new UserRules(all, true));
    assertThat(assess(command, allowed).action()).isEqualTo(Action.BLOCK);
    assertThat(assess(command, insisting).action()).isEqualTo(Action.ALLOW);
  }

  @Test
  void aRuleWithoutAPatternIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserRule(Verdict.ALLOW, Subject.COMMAND, " "));
  }

  @ParameterizedTest
  @CsvSource({
    "ls notes.txt, safe, ALLOW",
    "mv notes.txt old.txt, moderate, CONFIRM",
    "sudo cp a b, moderate, CONFIRM",
    "sed -i s/a/b/ notes.txt, moderate, CONFIRM",
    "pkill node, high, CONFIRM",
    "rm notes.txt, high, CONFIRM",
    "rm -rf /home/ann/other, critical, BLOCK",
    "rm -rf /, critical, BLOCK"
  })
  void doubtMakesWhatChangesSomethingWorse(String command, String level, Action action) {
    String reason = "the request does not mention notes.txt";
    Assessment assessment = assess(command, AT_WORK.withDoubt(reason));
    assertThat(assessment.level().id()).isEqualTo(level);
    assertThat(assessment.action()).isEqualTo(action);
    assertThat(assessment.findings())
        .anySatisfy(finding -> {
          assertThat(finding.ruleId()).isEqualTo("request.mismatch");
          assertThat(finding.message()).isEqualTo(reason);
        });
  }

  @Test
  void usersRuleLiftsDoubt() {
    UserRule trust = new UserRule(Verdict.ALLOW, Subject.RULE, "request.mismatch");
    SafetyContext context =
        AT_WORK.withUserRules(new UserRules(List.of(trust), false)).withDoubt("something");
    Assessment assessment = assess("mv a b", context);
    assertThat(assessment.level()).isEqualTo(RiskLevel.SAFE);
    assertThat(assessment.userRules()).containsExactly(trust);
  }
}
