package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Judges the commands of cmd.exe that delete, move and copy files. */
final class CmdFiles {
  private final CmdLoops loops;
  private final WindowsShell shell;
  private final Findings findings;

  CmdFiles(CmdLoops loops, WindowsShell shell, Findings findings) {
    this.loops = loops;
    this.shell = shell;
    this.findings = findings;
  }

  /** False when the command is none of these. */
  boolean judge(String name, List<String> arguments) {
    switch (name) {
      case "del", "erase" -> delete(arguments, false);
      case "rd", "rmdir" -> delete(arguments, true);
      case "move", "ren", "rename" -> move(name, arguments);
      case "copy", "xcopy", "replace" -> copy(arguments);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void delete(List<String> arguments, boolean isFolder) {
    if (has(arguments, "/?")) {
      return;
    }
    boolean isRecursive = has(arguments, "/s");
    for (String operand : operands(arguments)) {
      int slash = Math.max(operand.lastIndexOf('\\'), operand.lastIndexOf('/'));
      String last = operand.substring(slash + 1);
      boolean isAll = last.equals("*") || last.equals("*.*");
      boolean isPattern = !isAll && (last.indexOf('*') >= 0 || last.indexOf('?') >= 0);
      CmdLoops.Kind kind = loops.kind(operand);
      if (kind == CmdLoops.Kind.PICKED || (isPattern && isRecursive && !isFolder)) {
        shell.deleteSome(operand, isFolder && isRecursive, true);
      } else {
        shell.delete(operand, isRecursive || kind == CmdLoops.Kind.TREE);
      }
    }
  }

  private void move(String name, List<String> arguments) {
    List<String> operands = operands(arguments);
    if (has(arguments, "/?") || operands.isEmpty()) {
      return;
    }
    shell.move(operands.getFirst());
    if (operands.size() > 1) {
      shell.copied(operands.getFirst(), operands.getLast());
      if (name.equals("move")) {
        shell.put(operands.getLast());
      }
    }
  }

  private void copy(List<String> arguments) {
    List<String> operands = operands(arguments);
    if (has(arguments, "/?") || operands.size() < 2) {
      return;
    }
    String target = operands.getLast();
    if (operands.getFirst().equalsIgnoreCase("nul")) {
      Place place = shell.target(target).place();
      if (place.isSystem()) {
        shell.write(target, true);
      } else {
        findings.add(Rule.OVERWRITE_FILE, "empties " + shown(target), target, place);
      }
      return;
    }
    shell.put(target);
    shell.copied(operands.getFirst(), target);
  }

  /** Whether a switch is given, alone or in a row such as {@code /s/q}. */
  static boolean has(List<String> arguments, String option) {
    for (String argument : arguments) {
      if (argument.startsWith("/") && argument.toLowerCase(Locale.ROOT).contains(option)) {
        return true;
      }
    }
    return false;
  }

  static List<String> operands(List<String> arguments) {
    List<String> operands = new ArrayList<>();
    for (String argument : arguments) {
      if (!argument.startsWith("/") && !argument.isEmpty()) {
        operands.add(argument);
      }
    }
    return operands;
  }
}
