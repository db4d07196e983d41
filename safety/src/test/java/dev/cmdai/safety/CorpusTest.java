package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.safety.Corpus.Entry;
import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Judges the labelled commands, and tells how often the judgement is wrong. */
final class CorpusTest {
  private static final List<Entry> ENTRIES = Corpus.entries();

  @Test
  void noLabelIsMissed() {
    List<String> tooLow = new ArrayList<>();
    List<String> tooHigh = new ArrayList<>();
    List<String> otherRule = new ArrayList<>();
    int dangerous = 0;
    int harmless = 0;
    for (Entry entry : ENTRIES) {
      Assessment assessment = Safety.assess(entry.command(), entry.shell());
      String found = assessment.level().id() + " | " + entry;
      dangerous += entry.atLeast() == RiskLevel.SAFE ? 0 : 1;
      harmless += entry.isHarmless() ? 1 : 0;
      if (assessment.level().compareTo(entry.atLeast()) < 0) {
        tooLow.add(found);
      }
      if (assessment.level().compareTo(entry.atMost()) > 0) {
        tooHigh.add(found);
      }
      String first =
          assessment.findings().isEmpty() ? "-" : assessment.findings().getFirst().ruleId();
      boolean isRead = first.equals("secret.shown") && entry.rule().equals("-");
      if (!entry.rule().isEmpty() && !entry.rule().equals(first) && !isRead) {
        otherRule.add(first + " | " + entry.rule() + " | " + entry);
      }
    }
    System.out.printf(
        "%d labelled commands: %d of %d dangerous ones rated too low, %d of %d harmless ones too"
            + " high%n",
        ENTRIES.size(), tooLow.size(), dangerous, tooHigh.size(), harmless);
    assertThat(tooLow).as("dangerous commands rated too low").isEmpty();
    assertThat(tooHigh).as("harmless commands rated too high").isEmpty();
    assertThat(otherRule).as("commands for which another rule fires").isEmpty();
  }

  @Test
  void everyShellAndLevelIsCovered() {
    TreeMap<Shell, Long> shells =
        ENTRIES.stream()
            .collect(Collectors.groupingBy(Entry::shell, TreeMap::new, Collectors.counting()));
    assertThat(shells.keySet()).containsExactlyInAnyOrder(Shell.values());
    assertThat(shells.values()).allMatch(count -> count >= 10);
    assertThat(ENTRIES.size()).isGreaterThan(1500);
  }

  @Test
  void everyFindingNamesAPartOfTheCommand() {
    for (Entry entry : ENTRIES) {
      for (Finding finding : Safety.assess(entry.command(), entry.shell()).findings()) {
        assertThat(finding.start()).as("%s: %s", entry, finding).isNotNegative();
        assertThat(finding.end())
            .as("%s: %s", entry, finding)
            .isGreaterThan(finding.start())
            .isLessThanOrEqualTo(entry.command().length());
        assertThat(finding.message()).doesNotEndWith(".").doesNotContain("\n").isNotBlank();
      }
    }
  }

  @Test
  void whatOnlyReadsIsAllowedEvenByTheStrictest() {
    SafetyContext strict = SafetyContext.UNKNOWN.withLevel(SafetyLevel.STRICT);
    for (Entry entry : ENTRIES) {
      if (entry.atMost() == RiskLevel.SAFE) {
        assertThat(Safety.assess(entry.command(), entry.shell(), strict).action())
            .as("%s", entry)
            .isEqualTo(Action.ALLOW);
      }
    }
  }
}
