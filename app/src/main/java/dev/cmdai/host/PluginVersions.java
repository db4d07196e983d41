package dev.cmdai.host;

import java.math.BigInteger;

/**
 * Orders the versions of plugins: semantic versions by the rules of semver.org, section 11, and
 * anything else before all of them, in a way that follows from the same rules.
 *
 * <p>Own code because semver libraries refuse versions such as {@code one.two} or {@code 1.2},
 * which pf4j takes.
 */
final class PluginVersions {
  private PluginVersions() {}

  /** Negative when the first version comes before the second one. */
  static int compare(String a, String b) {
    String left = withoutBuild(a);
    String right = withoutBuild(b);
    int leftDash = left.indexOf('-');
    int rightDash = right.indexOf('-');
    int byKind =
        Boolean.compare(isNumbers(upTo(left, leftDash)), isNumbers(upTo(right, rightDash)));
    if (byKind != 0) {
      return byKind;
    }
    int byNumbers = compareParts(upTo(left, leftDash), upTo(right, rightDash), "0");
    if (byNumbers != 0) {
      return byNumbers;
    }
    if (leftDash < 0 || rightDash < 0) {
      // A release comes after its pre-releases.
      return Boolean.compare(leftDash < 0, rightDash < 0);
    }
    return compareParts(left.substring(leftDash + 1), right.substring(rightDash + 1), "");
  }

  /** Whether it is a version at all, if a short or a long one: {@code 1}, {@code 1.2.3.4}. */
  private static boolean isNumbers(String text) {
    for (String part : text.split("\\.", -1)) {
      if (!isNumber(part)) {
        return false;
      }
    }
    return true;
  }

  private static String withoutBuild(String version) {
    return upTo(version, version.indexOf('+'));
  }

  private static String upTo(String text, int end) {
    return end < 0 ? text : text.substring(0, end);
  }

  /** Part by part; a part that is not there counts as {@code missing}. */
  private static int compareParts(String a, String b, String missing) {
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.max(left.length, right.length); i++) {
      int order =
          comparePart(i < left.length ? left[i] : missing, i < right.length ? right[i] : missing);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Nothing before numbers, numbers by value, numbers before words, words by their letters. */
  private static int comparePart(String a, String b) {
    boolean isLeftNumber = isNumber(a);
    boolean isRightNumber = isNumber(b);
    if (isLeftNumber && isRightNumber) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    if (isLeftNumber != isRightNumber && !a.isEmpty() && !b.isEmpty()) {
      return isLeftNumber ? -1 : 1;
    }
    return a.compareTo(b);
  }

  /** Whether the text is ASCII digits and nothing else. */
  static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
