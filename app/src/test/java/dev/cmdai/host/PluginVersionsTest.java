package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginVersionsTest {
  private static void assertAscending(String... versions) {
    List<String> shuffled = new ArrayList<>(List.of(versions).reversed());
    Collections.rotate(shuffled, versions.length / 2);
    assertThat(shuffled.stream().sorted(PluginVersions::compare)).containsExactly(versions);
    for (int i = 0; i < versions.length; i++) {
      for (int j = 0; j < versions.length; j++) {
        assertThat(Integer.signum(PluginVersions.compare(versions[i], versions[j])))
            .as("%s and %s", versions[i], versions[j])
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void numbersAreComparedAsNumbers() {
    assertAscending("0.9.9", "1.2.0", "1.9.0", "1.10.0", "1.10.1", "2.0.0", "10.0.0");
  }

  /** The example of semver.org, section 11. */
  @Test
  void preReleasesComeBeforeTheRelease() {
    assertAscending(
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0");
  }

  @Test
  void otherVersionsHaveAnOrderToo() {
    assertAscending("one", "one.three", "one.two", "1", "1.0.1", "1.1", "1.99999999999999999999");
  }

  @Test
  void whatIsNoVersionComesBeforeAllVersions() {
    assertAscending("1.banana", "banana", "0.0.1-alpha", "0.0.1");
  }

  @Test
  void missingNumbersAreZeroAndBuildsDoNotCount() {
    assertThat(PluginVersions.compare("1", "1.0.0")).isZero();
    assertThat(PluginVersions.compare("1.0.0+abc", "1.0.0+def-1")).isZero();
  }
}
