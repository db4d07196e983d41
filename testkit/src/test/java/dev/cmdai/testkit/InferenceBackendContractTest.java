package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract passes a backend that keeps it, and each rule catches one that does not. */
class InferenceBackendContractTest {
  @Test
  void backendThatKeepsEveryRulePasses() {
    ContractRun run = ContractRun.of(WordContract.class, true);
    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isEqualTo(ContractRun.rules(InferenceBackendContract.class));
  }

  @ParameterizedTest
  @MethodSource("brokenBackends")
  void brokenBackendFailsTheRulesThatItBreaks(Class<?> contract) {
    Breaks breaks = contract.getAnnotation(Breaks.class);
    ContractRun run = ContractRun.of(contract, breaks.inProcesses());
    assertThat(run.failures()).containsOnlyKeys(breaks.value());
  }

  @Test
  void everyRuleHasABackendThatBreaksIt() {
    SortedSet<String> broken = new TreeSet<>();
    brokenBackends()
        .forEach(
            contract -> broken.addAll(Arrays.asList(contract.getAnnotation(Breaks.class).value())));
    assertThat(broken).isEqualTo(ContractRun.rules(InferenceBackendContract.class));
  }

  static Stream<Class<?>> brokenBackends() {
    return Stream.of(
            BrokenProbes.class,
            BrokenProcesses.class,
            BrokenReplies.class,
            BrokenCapabilities.class,
            BrokenInterruptions.class,
            BrokenSessions.class)
        .flatMap(group -> Arrays.stream(group.getDeclaredClasses()))
        .filter(contract -> contract.isAnnotationPresent(Breaks.class));
  }
}
