package dev.cmdai.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract as a build would, and tells what became of each rule. */
final class ContractRun implements TestExecutionListener {
  private final Map<String, String> failures = new TreeMap<>();
  private final SortedSet<String> passed = new TreeSet<>();

  private ContractRun() {}

  static ContractRun of(Class<?> contract, boolean inProcesses) {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract));
    if (!inProcesses) {
      request.filters(TagFilter.excludeTags("process"));
    }
    ContractRun run = new ContractRun();
    LauncherDiscoveryRequest built = request.build();
    LauncherFactory.create().execute(built, run);
    return run;
  }

  /** The names of the rules of a contract. */
  static SortedSet<String> rules(Class<?> contract) {
    return Arrays.stream(contract.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What each failed rule says, by its name. */
  Map<String, String> failures() {
    return failures;
  }

  SortedSet<String> passed() {
    return passed;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(source -> ((MethodSource) source).getMethodName())
            .orElse(test.getDisplayName());
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          passed.add(name);
        }
      }
      case ABORTED -> {} // A rule for what the author declares absent.
      case FAILED ->
          failures.put(name, result.getThrowable().map(Throwable::toString).orElse("no reason"));
    }
  }
}
