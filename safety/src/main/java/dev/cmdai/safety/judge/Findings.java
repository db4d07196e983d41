package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what fired while a command is judged. */
final class Findings {
  /** A command that does more harm than this has made its point. */
  private static final int MOST_PER_RULE = 5;

  private static final int LONGEST_TARGET = 60;

  /** Scripts quoted in scripts and commands run by commands; no honest command goes so deep. */
  private static final int DEEPEST = 40;

  /** Code for Windows that starts shells for other code, each of which reads all that is left. */
  private static final int DEEPEST_SCRIPTS = 8;

  private final Map<Rule, Set<String>> messages = new EnumMap<>(Rule.class);
  private int depth;
  private int scripts;

  /** Goes one level deeper into quoted code; false where that is too deep. */
  boolean enter() {
    if (depth == DEEPEST) {
      add(Rule.CODE_NESTED, "is nested too deep to be judged");
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  /** Goes one shell deeper; false where that is too deep. */
  boolean enterScript() {
    if (scripts == DEEPEST_SCRIPTS) {
      add(Rule.CODE_NESTED, "is nested too deep to be judged");
      return false;
    }
    scripts++;
    if (enter()) {
      return true;
    }
    scripts--;
    return false;
  }

  void leaveScript() {
    scripts--;
    leave();
  }

  void add(Rule rule, String message) {
    Set<String> sameRule = messages.computeIfAbsent(rule, r -> new LinkedHashSet<>());
    if (sameRule.size() < MOST_PER_RULE) {
      sameRule.add(message);
    }
  }

  /** The target as it can stand in a message: short and on one line. */
  static String shown(String target) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < target.length() && line.length() < LONGEST_TARGET; i++) {
      char c = target.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    if (line.length() < target.length()) {
      line.append('…');
    }
    return line.isEmpty() ? "''" : line.toString();
  }

  /** What fired. Rules are declared worst first. */
  List<Fired> fired() {
    List<Fired> fired = new ArrayList<>();
    messages.forEach((rule, sentences) -> {
      for (String sentence : sentences) {
        fired.add(new Fired(rule, sentence));
      }
    });
    return fired;
  }
}
