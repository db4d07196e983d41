package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows what sets variables: {@code x=VALUE}, loops, {@code export}, {@code set}, {@code read}.
 */
final class Assignments {
  private final ShellValues values;
  private final Expander expander;
  private final Shell shell;

  Assignments(ShellValues values, Expander expander, Shell shell) {
    this.values = values;
    this.expander = expander;
    this.shell = shell;
  }

  /** Remembers what words as they were written set. */
  void follow(List<Word> words) {
    String first = words.isEmpty() ? "" : words.getFirst().text();
    if ((first.equals("for") || first.equals("select")) && words.size() > 3) {
      set(words.get(1).text(), expander.expand(words.subList(3, words.size())));
    } else if (first.equals("foreach") && words.size() > 2) {
      set(words.get(1).text(), expander.expand(words.subList(2, words.size())));
    } else {
      for (Word word : words) {
        if (!Wrapper.isAssignment(word)) {
          break;
        }
        assign(word);
      }
    }
  }

  private void assign(Word written) {
    Word word = expander.single(written);
    int sign = word.text().indexOf('=');
    if (sign <= 0) {
      return;
    }
    boolean isMore = word.text().charAt(sign - 1) == '+';
    String name = word.text().substring(0, isMore ? sign - 1 : sign);
    String value = list(word.text().substring(sign + 1));
    String before = isMore ? values.get(name, 0) : "";
    List<Word> alternatives = expander.alternatives(written);
    if (alternatives.size() > 1) {
      set(name, alternatives.stream().map(w -> w.withText(valueOf(w.text()))).toList());
    } else {
      set(name, List.of(word.withText(before == null ? value : before + value)));
    }
  }

  private static String valueOf(String assignment) {
    return list(assignment.substring(assignment.indexOf('=') + 1));
  }

  /** {@code (a b)}, a list, counts as its words. */
  private static String list(String value) {
    boolean isList = value.startsWith("(") && value.endsWith(")");
    return isList ? value.substring(1, value.length() - 1).strip() : value;
  }

  private void set(String name, List<Word> written) {
    List<String> constants = new ArrayList<>();
    for (Word word : written) {
      if (!word.hasUnknown()) {
        constants.add(word.text());
      }
    }
    values.set(name, constants);
  }

  /** Remembers what a command with its words expanded sets. */
  void followCommand(List<Word> words, List<Redirect> redirects) {
    if (words.size() < 2) {
      return;
    }
    List<Word> operands = new Arguments(words.subList(1, words.size()), "").operands();
    switch (words.getFirst().text()) {
      case "export", "declare", "local", "typeset", "readonly" -> {
        for (Word operand : operands) {
          if (Wrapper.isAssignment(operand)) {
            assign(operand);
          }
        }
      }
      case "set" -> {
        if (shell == Shell.FISH && operands.size() > 1) {
          set(operands.getFirst().text(), operands.subList(1, operands.size()));
        } else if (words.get(1).text().equals("--")) {
          List<String> arguments = new ArrayList<>();
          for (Word operand : words.subList(2, words.size())) {
            arguments.add(operand.text());
          }
          values.bind(arguments);
        }
      }
      case "read" -> {
        for (Redirect redirect : redirects) {
          if (redirect.operator().equals("<<<") && !operands.isEmpty()) {
            set(operands.getFirst().text(), List.of(redirect.target()));
          }
        }
      }
      case "printf" -> {
        if (words.size() > 3 && words.get(1).text().equals("-v")) {
          List<String> arguments = new ArrayList<>();
          for (Word word : words.subList(3, words.size())) {
            arguments.add(word.text());
          }
          values.set(words.get(2).text(), List.of(Printing.printf(arguments)));
        }
      }
      default -> {}
    }
  }
}
