package dev.cmdai.safety.judge;

import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a program does when it gets certain arguments: a line of {@code effects.txt}.
 *
 * @param operands what its first operands have to be, in order
 * @param conditions what has to be, or must not be, anywhere among its arguments
 * @param sentence what it does
 */
record Effect(Rule rule, List<String> operands, List<Condition> conditions, String sentence) {
  private static final int MOST_ARGUMENTS = 64;

  /**
   * Something among the arguments.
   *
   * @param alternatives options, or parts of an argument behind a tilde
   * @param isAbsent none of them may be there
   */
  record Condition(List<String> alternatives, boolean isAbsent) {
    boolean holds(List<String> arguments) {
      for (String alternative : alternatives) {
        for (String argument : arguments) {
          if (matches(alternative, argument)) {
            return !isAbsent;
          }
        }
      }
      return isAbsent;
    }

    private static boolean matches(String wanted, String argument) {
      if (wanted.startsWith("~")) {
        return argument.toLowerCase(Locale.ROOT).contains(wanted.substring(1));
      }
      boolean isLetter = wanted.length() == 2 && wanted.charAt(0) == '-' && wanted.charAt(1) != '-';
      if (isLetter) {
        boolean isCluster = argument.length() > 1 && argument.charAt(0) == '-';
        return isCluster
            && argument.charAt(1) != '-'
            && argument.length() < 8
            && argument.indexOf(wanted.charAt(1)) > 0;
      }
      int end = argument.length();
      for (int i = 1; i < argument.length(); i++) {
        if (argument.charAt(i) == '=' || argument.charAt(i) == ':') {
          end = i;
          break;
        }
      }
      return argument.equalsIgnoreCase(wanted)
          || argument.substring(0, end).equalsIgnoreCase(wanted);
    }
  }

  /**
   * Reads a pattern: words are operands, {@code *} is any, {@code -x} has to be there and {@code
   * !-x} must not, {@code ~text} is part of an argument, in which {@code ·} is a blank, {@code a,b}
   * one or the other.
   */
  static Effect of(Rule rule, List<String> pattern, String sentence) {
    List<String> operands = new ArrayList<>();
    List<Condition> conditions = new ArrayList<>();
    for (String word : pattern) {
      boolean isAbsent = word.startsWith("!");
      String wanted = isAbsent ? word.substring(1) : word;
      if (wanted.startsWith("-") || wanted.startsWith("/") || wanted.startsWith("~") || isAbsent) {
        conditions.add(new Condition(List.of(wanted.replace('·', ' ').split(",", -1)), isAbsent));
      } else {
        operands.add("," + wanted + ",");
      }
    }
    return new Effect(rule, operands, conditions, sentence);
  }

  boolean isOf(List<String> arguments) {
    for (Condition condition : conditions) {
      if (!condition.holds(arguments)) {
        return false;
      }
    }
    return operands.isEmpty() || areOperands(arguments, 0, 0, 0);
  }

  /** An argument behind an option may be its value, so it is tried as both. */
  private boolean areOperands(List<String> arguments, int at, int matched, int skipped) {
    if (matched == operands.size()) {
      return true;
    }
    boolean isAfterOption = false;
    for (int i = at; i < Math.min(arguments.size(), MOST_ARGUMENTS); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("-") && argument.length() > 1) {
        isAfterOption = argument.indexOf('=') < 0;
        continue;
      }
      if (isOperand(operands.get(matched), argument)) {
        boolean isMatch = areOperands(arguments, i + 1, matched + 1, skipped);
        if (isMatch || !isAfterOption || skipped > 3) {
          return isMatch;
        }
        return areOperands(arguments, i + 1, matched, skipped + 1);
      }
      if (!isAfterOption) {
        return false;
      }
      isAfterOption = false;
    }
    return false;
  }

  private static boolean isOperand(String wanted, String argument) {
    if (wanted.equals(",*,")) {
      return true;
    }
    String lower = argument.toLowerCase(Locale.ROOT);
    if (wanted.contains("*,")) {
      for (String alternative : wanted.substring(1, wanted.length() - 1).split(",", -1)) {
        boolean isPrefix = alternative.endsWith("*");
        if (isPrefix
            ? lower.startsWith(alternative.substring(0, alternative.length() - 1))
            : lower.equals(alternative)) {
          return true;
        }
      }
      return false;
    }
    return wanted.contains("," + lower + ",");
  }
}
