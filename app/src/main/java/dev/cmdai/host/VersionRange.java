package dev.cmdai.host;

import com.github.zafarkhaja.semver.Version;

/** Decides whether a version lies in a range, in pf4j's grammar: the expressions of java-semver. */
final class VersionRange {
  /** Every version lies in it. */
  static final String ANY = "*";

  private VersionRange() {}

  /**
   * Whether the range holds the version. Loads no semver class for {@link #ANY}.
   *
   * @throws IllegalArgumentException when the range or the version cannot be read
   */
  static boolean holds(String range, String version) {
    if (range.equals(ANY)) {
      return true;
    }
    try {
      return Version.parse(version).satisfies(range);
    } catch (RuntimeException e) {
      // java-semver has several unrelated unchecked exceptions for what it cannot read.
      throw new IllegalArgumentException(range, e);
    }
  }

  /** As {@link #holds}, but a bare {@code 1.2.3} means {@code >=1.2.3}, as in pf4j. */
  static boolean holdsHost(String requires, String hostVersion) {
    return holds(isBareVersion(requires) ? ">=" + requires : requires, hostVersion);
  }

  private static boolean isBareVersion(String range) {
    String[] parts = range.split("\\.", -1);
    return parts.length == 3
        && PluginVersions.isNumber(parts[0])
        && PluginVersions.isNumber(parts[1])
        && PluginVersions.isNumber(parts[2]);
  }
}
