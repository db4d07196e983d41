package dev.cmdai.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.safety.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the page about safety to the rules, and the rules to their examples. */
final class SafetyPageTest {
  static Stream<SafetyPage.Example> examples() throws IOException {
    return SafetyPage.examples().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theRuleFiresOnItsExampleAndNotOnTheLookAlike(SafetyPage.Example example) {
    assertThat(fired(example, example.firing())).contains(example.rule());
    assertThat(fired(example, example.lookAlike())).doesNotContain(example.rule());
  }

  private static List<String> fired(SafetyPage.Example example, String command) {
    return Safety.assess(command, example.shell()).findings().stream()
        .map(Finding::ruleId)
        .toList();
  }

  @Test
  void everyRuleHasAnExample() throws IOException {
    List<String> ids = SafetyPage.examples().stream().map(SafetyPage.Example::rule).toList();
    for (Rule rule : Rule.values()) {
      // These depend on more than the command.
      boolean needsMore = rule == Rule.USER_FORBIDDEN || rule == Rule.REQUEST_MISMATCH;
      assertThat(ids.contains(rule.id()) || needsMore).as(rule.id()).isTrue();
    }
  }

  @Test
  void thePageIsUpToDate() throws IOException {
    assertThat(Files.readString(SafetyPage.FILE))
        .as(
            "docs/safety.md is out of date: run, in the folder safety, java -cp"
                + " target/classes:target/test-classes dev.cmdai.safety.SafetyPage")
        .isEqualTo(SafetyPage.text());
  }
}
