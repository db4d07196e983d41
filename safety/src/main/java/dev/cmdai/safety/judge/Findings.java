package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what fires while a command is judged, and bounds the work on it. */
final class Findings {
  /** A command that does more harm than this has made its point. */
  private static final int MOST_PER_RULE = 5;

  private static final int LONGEST_TARGET = 60;
  private static final int LONGEST_COMMAND = 400;
  private static final int MOST_RAN = 512;

  /** Scripts quoted in scripts and commands run by commands; no honest command goes so deep. */
  private static final int DEEPEST = 40;

  /** Code that quotes code: each level reads all that is left. */
  private static final int DEEPEST_POSIX_SCRIPTS = 8;

  /** Code for Windows that starts shells for other code, each of which reads all that is left. */
  private static final int DEEPEST_SCRIPTS = 8;

  /** Outputs that are worked out, and functions that are called: each can hold others. */
  private static final int MOST_REPETITIONS = 300;

  private final Surroundings here;
  private final Map<Rule, Map<String, Fired>> fired = new EnumMap<>(Rule.class);
  private final List<Ran> ran = new ArrayList<>();
  private int start;
  private int end;
  private String command = "";
  private int depth;
  private int scripts;
  private int posixScripts;
  private int repetitions;

  Findings(Surroundings here, int length) {
    this.here = here;
    end = length;
  }

  Surroundings here() {
    return here;
  }

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

  boolean enterPosixScript() {
    if (posixScripts == DEEPEST_POSIX_SCRIPTS) {
      add(Rule.CODE_NESTED, "is nested too deep to be judged");
      return false;
    }
    boolean isEntered = enter();
    posixScripts += isEntered ? 1 : 0;
    return isEntered;
  }

  void leavePosixScript() {
    posixScripts--;
    leave();
  }

  /** Whether there is work left for what may have to be done again and again. */
  boolean repeat() {
    return repetitions++ < MOST_REPETITIONS;
  }

  /** Says which part of the text is judged now; in quoted code that stays what quotes it. */
  void at(int from, int to) {
    if (scripts + posixScripts <= 1 && from >= 0) {
      start = from;
      end = to;
    }
  }

  /** Says which command is judged now. */
  void running(List<String> words) {
    StringBuilder joined = new StringBuilder();
    for (String word : words) {
      if (joined.length() < LONGEST_COMMAND) {
        joined.append(joined.isEmpty() ? "" : " ").append(word);
      }
    }
    command = joined.toString();
    if (ran.size() < MOST_RAN && command.length() < LONGEST_COMMAND) {
      ran.add(new Ran(words, start, end));
    }
  }

  void add(Rule rule, String message) {
    add(rule, message, "", false);
  }

  /** A rule that fired on what would be lost. */
  void add(Rule rule, String message, String path, Place place) {
    add(rule, message, path, place.isVital() || place == Place.DEVICE);
  }

  private void add(Rule rule, String message, String path, boolean isVital) {
    Map<String, Fired> sameRule = fired.get(rule);
    if (sameRule == null) {
      sameRule = new LinkedHashMap<>();
      fired.put(rule, sameRule);
    }
    if (sameRule.size() < MOST_PER_RULE && !sameRule.containsKey(message)) {
      sameRule.put(message, new Fired(rule, message, start, end, command, path, isVital));
    }
  }

  /** The target as it can stand in a message: short and on one line. */
  static String shown(String target) {
    String found = "/" + FindCommand.FOUND;
    if (target.endsWith(found)) {
      return "what it finds " + below(target.substring(0, target.length() - found.length()));
    }
    int piped = target.indexOf("what the pipe names");
    if (piped > 0) {
      return "what the pipe names below " + shown(target.substring(0, piped));
    }
    if (target.equals("$(…)") || target.equals("<(…)")) {
      return "what a command prints";
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < target.length() && line.length() < LONGEST_TARGET; i++) {
      char c = target.charAt(i);
      line.append(
          c == Word.HOME.charAt(0) ? '~' : Character.isISOControl(c) || c == '\u00A0' ? ' ' : c);
    }
    if (line.length() < target.length()) {
      line.append('…');
    }
    return line.isEmpty() ? "''" : line.toString();
  }

  private static String below(String start) {
    return switch (start) {
      case "" -> "below /";
      case "." -> "in this folder";
      default -> "below " + shown(start);
    };
  }

  /** All that was found. Rules are declared worst first. */
  Verdict verdict() {
    List<Fired> all = new ArrayList<>();
    for (Map<String, Fired> sameRule : fired.values()) {
      all.addAll(sameRule.values());
    }
    return new Verdict(all, ran);
  }
}
