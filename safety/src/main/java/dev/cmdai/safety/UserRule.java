package dev.cmdai.safety;

import java.util.Locale;

/**
 * A rule of the user's own.
 *
 * @param verdict what it says about what it matches
 * @param subject what it looks at
 * @param pattern a rule's id, also with a star at its end; the first words of a command; or a
 *     folder or file, which covers all below it, with {@code ~} for the home folder
 */
public record UserRule(Verdict verdict, Subject subject, String pattern) {
  /** What a rule says. */
  public enum Verdict {
    /** It is safe. */
    ALLOW,
    /** It is one level less dangerous than the rules say. */
    RELAX,
    /** It must not run, whatever the safety level. */
    FORBID;

    /** The verdict in JSON output. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a rule looks at. */
  public enum Subject {
    /** The rule that fired. */
    RULE,
    /** The command that would run. */
    COMMAND,
    /** What would be changed; to forbid, any path that a command names. */
    PATH;

    /** The subject in JSON output. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException when it is empty: it would match everything
   */
  public UserRule {
    pattern = pattern.strip();
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException(
          "a " + verdict.id() + " rule for a " + subject.id() + " names none");
    }
  }
}
