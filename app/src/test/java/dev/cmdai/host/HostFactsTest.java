package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostFactsTest {
  /** To semver, a snapshot is older than its release, and pf4j would switch every plugin off. */
  @ParameterizedTest
  @CsvSource({
    "0.1.0, 0.1.0",
    "0.1.0-SNAPSHOT, 0.1.0",
    "1.2.3-rc.1+build.7, 1.2.3",
    "1.2.3+build-7, 1.2.3",
    "0.1, 0.1.0",
    "2, 2.0.0"
  })
  void onlyTheThreeNumbersCount(String version, String expected) {
    assertThat(new HostFacts(version, "linux-x64").version()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dev", "1.2.3.4", "1..2", "1.x.0"})
  void anythingElseIsABugOfTheHost(String version) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HostFacts(version, "linux-x64"))
        .withMessageContaining("host version '" + version + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x64",
    "Linux, aarch64, linux-arm64",
    "Mac OS X, aarch64, mac-arm64",
    "Mac OS X, x86_64, mac-x64",
    "Windows 11, amd64, win-x64",
    "Windows Server 2022, aarch64, win-arm64",
    "FreeBSD, amd64, freebsd-x64",
    "Linux, riscv64, linux-riscv64"
  })
  void platformsHaveTheNamesOfTheManifests(String os, String arch, String expected) {
    assertThat(Platform.of(os, arch)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    ">=0.1.0, true",
    "^0.1.0, true",
    "~0.1, true",
    "0.1.x, true",
    "*, true",
    ">=0.1.0 & <0.2.0, true",
    "0.1.0, true",
    "0.0.9, true",
    "0.2.0, false",
    "<0.1.0, false"
  })
  void rangesAreReadAsPf4jReadsThem(String range, boolean expected) {
    assertThat(VersionRange.holdsHost(range, "0.1.0")).isEqualTo(expected);
  }
}
