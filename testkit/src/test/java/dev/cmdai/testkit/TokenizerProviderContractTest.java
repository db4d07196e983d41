package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract passes a provider that keeps it, and each rule catches one that does not. */
class TokenizerProviderContractTest {
  @Test
  void providerThatKeepsEveryRulePasses() {
    ContractRun run = ContractRun.of(ByteContract.class, true);
    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(ContractRun.rules(TokenizerProviderContract.class));
  }

  @ParameterizedTest
  @MethodSource("brokenProviders")
  void brokenProviderFailsTheRuleThatItBreaks(Class<?> contract) {
    ContractRun run = ContractRun.of(contract, true);
    assertThat(run.failures()).containsOnlyKeys(contract.getAnnotation(Breaks.class).value());
  }

  @Test
  void everyRuleHasAProviderThatBreaksIt() {
    SortedSet<String> broken = new TreeSet<>();
    brokenProviders()
        .forEach(
            contract -> broken.addAll(Arrays.asList(contract.getAnnotation(Breaks.class).value())));
    assertThat(broken).isEqualTo(ContractRun.rules(TokenizerProviderContract.class));
  }

  static Stream<Class<?>> brokenProviders() {
    return Arrays.stream(BrokenTokenizers.class.getDeclaredClasses())
        .filter(contract -> contract.isAnnotationPresent(Breaks.class));
  }
}
