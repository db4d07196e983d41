package dev.cmdai.cli;

import dev.cmdai.config.Config;
import dev.cmdai.config.Setting;
import dev.cmdai.config.Settings;
import dev.cmdai.safety.UserRule;
import dev.cmdai.safety.UserRule.Subject;
import dev.cmdai.safety.UserRule.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the user's own safety rules out of {@code [safety]} in the configuration. */
final class ConfiguredRules {
  private ConfiguredRules() {}

  static List<UserRule> of(Config config) {
    List<UserRule> rules = new ArrayList<>();
    add(config, Settings.SAFETY_ALLOW, Verdict.ALLOW, rules);
    add(config, Settings.SAFETY_RELAX, Verdict.RELAX, rules);
    add(config, Settings.SAFETY_FORBID, Verdict.FORBID, rules);
    config
        .names(Settings.SAFETY_RULES)
        .forEach((id, verdict) ->
            rules.add(new UserRule(upper(Verdict.class, verdict), Subject.RULE, id)));
    return rules;
  }

  private static void add(
      Config config,
      Setting<List<Map<String, String>>> setting,
      Verdict verdict,
      List<UserRule> rules) {
    List<Map<String, String>> tables = config.value(setting, null);
    if (tables == null) {
      return;
    }
    for (Map<String, String> table : tables) {
      table.forEach((subject, pattern) ->
          rules.add(new UserRule(verdict, upper(Subject.class, subject), pattern)));
    }
  }

  private static <E extends Enum<E>> E upper(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
