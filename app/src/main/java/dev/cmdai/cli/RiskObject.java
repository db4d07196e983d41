package dev.cmdai.cli;

import dev.cmdai.safety.Assessment;
import dev.cmdai.safety.Finding;
import dev.cmdai.safety.UserRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An assessment as the object {@code risk} of the output contract, version 1. */
final class RiskObject {
  private RiskObject() {}

  static Map<String, Object> of(Assessment assessment) {
    List<Object> rules = new ArrayList<>();
    for (Finding finding : assessment.findings()) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("id", finding.ruleId());
      rule.put("level", finding.level().id());
      rule.put("message", finding.message());
      rule.put("start", finding.start());
      rule.put("end", finding.end());
      rules.add(rule);
    }
    Map<String, Object> risk = new LinkedHashMap<>();
    risk.put("level", assessment.level().id());
    risk.put("action", assessment.action().id());
    risk.put("rules", rules);
    risk.put("user_rules", userRules(assessment));
    return risk;
  }

  private static List<Object> userRules(Assessment assessment) {
    List<Object> rules = new ArrayList<>();
    for (UserRule userRule : assessment.userRules()) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("verdict", userRule.verdict().id());
      rule.put("subject", userRule.subject().id());
      rule.put("pattern", userRule.pattern());
      rules.add(rule);
    }
    return rules;
  }
}
