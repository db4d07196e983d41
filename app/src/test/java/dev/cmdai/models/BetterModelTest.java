package dev.cmdai.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where somebody is sent whose model is not good enough. */
class BetterModelTest {
  @TempDir Path folder;

  private BetterModel better(boolean isOffline) {
    ModelLibrary library =
        ModelLibrary.scan(
            folder,
            folder.resolve("none"),
            ConfiguredModels.NONE,
            warning -> {
              throw new AssertionError(warning);
            });
    return new BetterModel(
        new ModelChoice(library, () -> Catalogue.of(Config.DEFAULTS, folder)), isOffline);
  }

  @Test
  void theDownloadOfTheCatalogueWithItsSize() {
    assertThat(better(false).than(10))
        .isEqualTo("get a better model: cmdai models pull " + Catalogue.DEFAULT_ID + " (1.1 GB)");
  }

  @Test
  void oneThatIsHereIsNotFetched() throws IOException {
    Files.writeString(folder.resolve("mine.gguf"), "GGUF");
    assertThat(better(false).than(10)).isEqualTo("ask a better model: --model mine");
    assertThat(better(true).than(10)).isEqualTo("ask a better model: --model mine");
  }

  @Test
  void nothingIsFetchedOffline() {
    assertThat(better(true).than(10)).isEmpty();
  }

  @Test
  void nothingIsBetterThanTheBest() {
    assertThat(better(false).than(1000)).isEmpty();
  }
}
