package dev.cmdai.host;

/**
 * What plugins are measured against.
 *
 * @param version the host's version as {@code x.y.z}
 * @param platform such as {@code linux-x64}
 */
record HostFacts(String version, String platform) {

  /**
   * Strips what follows the three numbers: to semver, {@code 0.1.0-SNAPSHOT} is older than {@code
   * 0.1.0}, so that no plugin's range would hold while the next release is being made.
   */
  HostFacts {
    version = threeNumbers(version);
  }

  private static String threeNumbers(String version) {
    int end = 0;
    while (end < version.length() && "-+".indexOf(version.charAt(end)) < 0) {
      end++;
    }
    String[] numbers = version.substring(0, end).split("\\.", -1);
    if (numbers.length > 3) {
      throw notAVersion(version);
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      String number = i < numbers.length ? numbers[i] : "0";
      if (!PluginVersions.isNumber(number)) {
        throw notAVersion(version);
      }
      result.append(i == 0 ? "" : ".").append(Integer.parseInt(number));
    }
    return result.toString();
  }

  private static IllegalArgumentException notAVersion(String version) {
    return new IllegalArgumentException("host version '" + version + "' must be like 1.2.3");
  }
}
