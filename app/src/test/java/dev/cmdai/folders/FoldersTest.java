package dev.cmdai.folders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where things lie. */
class FoldersTest {
  private static final Path HOME = Path.of("/home/ann");
  private static final Path INSTALL = Path.of("/opt/cmdai");

  @Test
  void everythingIsUnderTheNamedHome() {
    Folders folders =
        Folders.of(Map.of("CMDAI_HOME", "/data/c", "XDG_CACHE_HOME", "/x"), HOME, INSTALL);
    assertThat(folders.userPlugins()).isEqualTo(Path.of("/data/c/plugins"));
    assertThat(folders.userModels()).isEqualTo(Path.of("/data/c/cache/models"));
  }

  @Test
  void otherwiseHomeAndCacheAreApart() {
    Folders folders = Folders.of(Map.of(), HOME, INSTALL);
    assertThat(folders.userPlugins()).isEqualTo(Path.of("/home/ann/.cmdai/plugins"));
    assertThat(folders.userModels()).isEqualTo(Path.of("/home/ann/.cache/cmdai/models"));
    assertThat(folders.bundledPlugins()).isEqualTo(Path.of("/opt/cmdai/plugins"));
    assertThat(folders.bundledModels()).isEqualTo(Path.of("/opt/cmdai/models"));
  }

  @Test
  void theCacheFolderOfThePlatformIsHonoured() {
    assertThat(Folders.of(Map.of("XDG_CACHE_HOME", "/x"), HOME, INSTALL).cache())
        .isEqualTo(Path.of("/x/cmdai"));
    assertThat(Folders.of(Map.of("XDG_CACHE_HOME", "relative"), HOME, INSTALL).cache())
        .isEqualTo(Path.of("/home/ann/.cache/cmdai"));
    assertThat(Folders.of(Map.of("LOCALAPPDATA", "/l"), HOME, INSTALL).cache())
        .isEqualTo(Path.of("/l/cmdai/cache"));
  }
}
