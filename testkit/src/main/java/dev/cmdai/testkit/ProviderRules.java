package dev.cmdai.testkit;

import static dev.cmdai.testkit.Failures.assertFailsWithRemedy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which files a provider takes, and what it says of those that it cannot open. */
final class ProviderRules {
  private final TokenizerProviderContract contract;

  ProviderRules(TokenizerProviderContract contract) {
    this.contract = contract;
  }

  void modelIsSupported() {
    assertThat(contract.provider().supports(contract.model()))
        .as("supports(%s), the contract's model", contract.model())
        .isTrue();
  }

  void otherFilesAreNotSupported(Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "This is no model.\n");
    Path empty = Files.createFile(folder.resolve("empty"));
    Path missing = folder.resolve("missing.txt");
    for (Path other : new Path[] {text, empty, missing, folder, Path.of("")}) {
      assertThat(contract.provider().supports(other)).as("supports(%s)", other).isFalse();
    }
  }

  void missingModelIsAnError(Path folder) {
    assertIsAnError("a missing model", folder.resolve("missing-" + contract.model().getFileName()));
  }

  void damagedModelIsAnError(Path folder) throws IOException {
    assertIsAnError("a damaged model", contract.damagedModel(folder));
  }

  private void assertIsAnError(String given, Path model) {
    BackendException failure =
        assertFailsWithRemedy(BackendException.class, given, () -> contract.provider().open(model));
    assertThat(failure.getMessage())
        .as("the error for %s, which has to say which", given)
        .contains(model.getFileName().toString());
  }
}
