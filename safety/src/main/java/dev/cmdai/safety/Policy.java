package dev.cmdai.safety;

import dev.cmdai.safety.UserRule.Subject;
import dev.cmdai.safety.UserRule.Verdict;
import dev.cmdai.safety.judge.Fired;
import dev.cmdai.safety.judge.Ran;
import dev.cmdai.safety.rules.RiskLevel;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a decision out of the rules that fired, the user's own rules, and the safety level. */
final class Policy {
  private final String command;
  private final SafetyContext context;
  private final Matching matching;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<UserRule> used = new LinkedHashSet<>();
  private boolean isReversible = true;
  private boolean isForbidden;

  private Policy(String command, SafetyContext context) {
    this.command = command;
    this.context = context;
    matching = new Matching(context.home(), context.folder());
  }

  static Assessment decide(
      String command, dev.cmdai.safety.judge.Verdict judged, SafetyContext context) {
    Policy policy = new Policy(command, context);
    policy.forbid(judged.ran());
    for (Fired fired : judged.fired()) {
      policy.add(fired);
    }
    if (!context.doubt().isEmpty()) {
      policy.doubt(judged.ran());
    }
    return policy.assessment();
  }

  /** Commands, and paths that they name, that the user never wants. */
  private void forbid(List<Ran> ran) {
    for (UserRule rule : context.userRules().rules()) {
      if (rule.verdict() != Verdict.FORBID || rule.subject() == Subject.RULE) {
        continue;
      }
      for (Ran one : ran) {
        if (matching.isRun(rule, one.words())) {
          isForbidden = true;
          used.add(rule);
          add(
              Rule.USER_FORBIDDEN.id(),
              RiskLevel.CRITICAL,
              "does what a rule of yours forbids: " + rule.pattern(),
              one.start(),
              one.end());
          break;
        }
      }
    }
  }

  private void add(Fired fired) {
    UserRule forbidding = first(Verdict.FORBID, fired);
    RiskLevel level = fired.rule().level();
    if (forbidding != null) {
      isForbidden = true;
      used.add(forbidding);
    } else if (!fired.isVital()
        || level != RiskLevel.CRITICAL
        || context.userRules().iKnowWhatIAmDoing()) {
      level = lowered(fired, level);
    }
    isReversible &= level != RiskLevel.MODERATE || fired.rule().isReversible();
    add(fired.rule().id(), level, fired.message(), fired.start(), fired.end());
  }

  private RiskLevel lowered(Fired fired, RiskLevel level) {
    UserRule allowing = first(Verdict.ALLOW, fired);
    UserRule relaxing = first(Verdict.RELAX, fired);
    if (allowing != null) {
      used.add(allowing);
      return RiskLevel.SAFE;
    }
    if (relaxing != null) {
      used.add(relaxing);
      return level.lower();
    }
    return level;
  }

  /** What changes nothing can be looked at without harm, also when it is not what was wanted. */
  private void doubt(List<Ran> ran) {
    RiskLevel worst = worst();
    boolean changes =
        worst != RiskLevel.SAFE || ran.stream().anyMatch(one -> Changes.isOne(one.words()));
    Fired mismatch =
        new Fired(Rule.REQUEST_MISMATCH, context.doubt(), 0, command.length(), "", "", false);
    RiskLevel level = changes ? lowered(mismatch, worst.higher()) : RiskLevel.SAFE;
    isReversible &= level == RiskLevel.SAFE;
    add(mismatch.rule().id(), level, mismatch.message(), mismatch.start(), mismatch.end());
  }

  private RiskLevel worst() {
    return findings.isEmpty() ? RiskLevel.SAFE : findings.getFirst().level();
  }

  private @Nullable UserRule first(Verdict verdict, Fired fired) {
    for (UserRule rule : context.userRules().rules()) {
      if (rule.verdict() == verdict && matching.isFired(rule, fired)) {
        return rule;
      }
    }
    return null;
  }

  private void add(String id, RiskLevel level, String message, int start, int end) {
    int from = Math.clamp(start, 0, command.length());
    int to = Math.clamp(end, from, command.length());
    while (to > from && Character.isWhitespace(command.charAt(to - 1))) {
      to--;
    }
    while (from < to && Character.isWhitespace(command.charAt(from))) {
      from++;
    }
    int place = findings.size();
    while (place > 0 && findings.get(place - 1).level().compareTo(level) < 0) {
      place--;
    }
    findings.add(place, new Finding(id, level, message, from, to));
  }

  private Assessment assessment() {
    RiskLevel level = worst();
    Action action = isForbidden ? Action.BLOCK : context.level().action(level, isReversible);
    return new Assessment(level, action, findings, List.copyOf(used));
  }
}
