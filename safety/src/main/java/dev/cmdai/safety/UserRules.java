package dev.cmdai.safety;

import java.util.List;

/**
 * What the user adds to the rules.
 *
 * @param rules in any order: to forbid beats to allow, to allow beats to relax
 * @param iKnowWhatIAmDoing lets them lift even what would destroy the system, a home folder or a
 *     disk
 */
public record UserRules(List<UserRule> rules, boolean iKnowWhatIAmDoing) {
  /** No rules. */
  public static final UserRules NONE = new UserRules(List.of(), false);

  /** Copies the rules. */
  public UserRules {
    rules = List.copyOf(rules);
  }
}
