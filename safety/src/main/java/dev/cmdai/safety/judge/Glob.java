package dev.cmdai.safety.judge;

/** Matches names against shell patterns; a bracket expression matches any one character. */
final class Glob {
  private Glob() {}

  /** Takes time proportional to the product of the lengths at most: names are short. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int starAt = -1;
    int nameAt = 0;
    while (n < name.length()) {
      char c = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (c == '*') {
        starAt = p++;
        nameAt = n;
      } else if (c == '[' && pattern.indexOf(']', p) > 0) {
        p = pattern.indexOf(']', p) + 1;
        n++;
      } else if (c == '?' || (p < pattern.length() && c == name.charAt(n))) {
        p++;
        n++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        n = ++nameAt;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
