package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges commands that change permissions and owners, stop processes, or stop the machine. */
final class SystemRules {
  private SystemRules() {}

  static void judge(Call call, Findings findings) {
    switch (call.name()) {
      case "chmod", "chown", "chgrp", "chattr", "setfacl" -> permissions(call, findings);
      case "kill" -> kill(call, findings);
      case "killall5" -> findings.add(Rule.PROCESS_KILL_ALL, "ends all processes");
      case "shutdown", "reboot", "halt", "poweroff" -> power(call, findings);
      case "init", "telinit" -> {
        if (call.firstArgument().length() == 1 && "016S".contains(call.firstArgument())) {
          findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        }
      }
      default -> {}
    }
  }

  private static void permissions(Call call, Findings findings) {
    Arguments arguments =
        new Arguments(call.arguments(), call.name().equals("setfacl") ? "mxM" : "");
    boolean isRecursive = call.isOverTree() || arguments.has('R') || arguments.has("--recursive");
    boolean isChattr = call.name().equals("chattr");
    boolean hasMode =
        call.name().equals("setfacl")
            || isChattr
            || arguments.has("--reference")
            || hasModeAsOption(call);
    List<Word> operands = arguments.operands();
    if (call.name().equals("chmod") && !operands.isEmpty()) {
      mode(operands.getFirst().text(), findings);
    }
    for (int i = hasMode ? 0 : 1; i < operands.size(); i++) {
      if (isChattr && isAttributes(operands.get(i).text())) {
        continue;
      }
      Target target = call.target(operands.get(i));
      String name = shown(target.path());
      String what = call.name().equals("chown") ? "the owner of " : "the permissions of ";
      // Many installers tell their users to take over /usr/local, and that can be undone.
      boolean isSystem =
          (target.place() == Place.ROOT || target.place() == Place.SYSTEM)
              && !target.path().startsWith("/usr/local");
      boolean isLocal = target.place() == Place.SYSTEM && !isSystem;
      boolean isHomeOpened =
          target.place() == Place.HOME
              && isRecursive
              && (call.has("777") || call.has("000") || call.has("0777") || call.has("0"));
      if ((isSystem && (isRecursive || target.isContents())) || isHomeOpened) {
        findings.add(
            Rule.PERMISSIONS_SYSTEM,
            "changes " + what + name + " and everything in it, " + target.place().description(),
            target.path(),
            target.place());
      } else if (isSystem || (isRecursive && (isLocal || target.place() == Place.INSIDE_SYSTEM))) {
        findings.add(Rule.PERMISSIONS_WIDE, "changes " + what + name + ", part of the system");
      } else if (isRecursive && target.place() == Place.HOME) {
        findings.add(Rule.PERMISSIONS_WIDE, "changes " + what + name + ", a whole home folder");
      } else if (call.name().equals("chmod") && isProgram(target) && isLocking(call, operands)) {
        findings.add(
            Rule.PERMISSIONS_WIDE,
            "takes away the permission to run " + name + ", part of the system");
      } else if (isRecursive && target.isVitalWhenEmpty()) {
        findings.add(
            Rule.PERMISSIONS_WIDE,
            "changes "
                + what
                + name
                + "; if the variable is empty, that is the whole system or a folder of it");
      } else if (target.place() == Place.VITAL_FILE || target.place() == Place.DEVICE) {
        findings.add(Rule.PERMISSIONS_WIDE, "changes " + what + name + ", part of the system");
      } else if (isRecursive) {
        findings.add(
            Rule.PERMISSIONS_RECURSIVE, "changes " + what + name + " and everything in it");
      }
    }
  }

  private static boolean isProgram(Target target) {
    String path = target.path();
    return target.place() == Place.INSIDE_SYSTEM
        && (path.contains("bin/") || path.startsWith("/lib") || path.startsWith("/usr/lib"));
  }

  /** Whether the mode leaves nobody, or only root, the right to run a program. */
  private static boolean isLocking(Call call, List<Word> operands) {
    String mode = hasModeAsOption(call) ? call.firstArgument() : operands.getFirst().text();
    boolean isNumber = !mode.isEmpty() && mode.chars().allMatch(Character::isDigit);
    return isNumber
        ? "0246".indexOf(mode.charAt(mode.length() - 1)) >= 0
        : mode.contains("-") && (mode.contains("x") || mode.contains("r"));
  }

  /** {@code +i}, {@code =a}: what {@code chattr} sets; what it clears looks like an option. */
  private static boolean isAttributes(String text) {
    return text.length() > 1 && (text.charAt(0) == '+' || text.charAt(0) == '=');
  }

  static void mode(String mode, Findings findings) {
    boolean isNumber = mode.length() == 4 && mode.chars().allMatch(Character::isDigit);
    boolean isSetUser = isNumber && (mode.charAt(0) == '4' || mode.charAt(0) == '6');
    if (isSetUser || mode.contains("u+s") || mode.equals("+s")) {
      findings.add(
          Rule.PERMISSIONS_PRIVILEGE, "lets others run a program with the rights of its owner");
    }
    boolean isOpen = mode.equals("777") || mode.equals("0777") || mode.equals("666");
    if (isOpen
        || mode.equals("a+w")
        || mode.equals("o+w")
        || mode.equals("a+rwx")
        || mode.equals("ugo+rwx")) {
      findings.add(Rule.PERMISSIONS_OPEN, "lets everybody write");
    }
  }

  /** {@code chmod -x FILE}: the mode looks like an option. */
  private static boolean hasModeAsOption(Call call) {
    for (Word word : call.arguments()) {
      String text = word.text();
      boolean isMode = text.length() > 1 && text.charAt(0) == '-' && call.name().equals("chmod");
      for (int i = 1; i < text.length() && isMode; i++) {
        isMode = "rwxXst".indexOf(text.charAt(i)) >= 0;
      }
      if (isMode) {
        return true;
      }
    }
    return false;
  }

  private static void kill(Call call, Findings findings) {
    if (call.has("-0")) {
      return;
    }
    boolean hasSignal = false;
    for (Word word : call.arguments()) {
      String text = word.text();
      boolean isAll = text.equals("-1") && hasSignal;
      if (isAll || (text.equals("1") && hasSignal)) {
        findings.add(
            Rule.PROCESS_KILL_ALL,
            isAll
                ? "ends all processes that may be ended"
                : "ends the first process of the system");
      }
      hasSignal |= text.startsWith("-");
    }
  }

  private static void power(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "");
    boolean isHarmless =
        arguments.isQuestion()
            || call.has("/a")
            || call.has("/?")
            || arguments.hasExactly("-a")
            || arguments.hasExactly("-c")
            || arguments.has('k');
    if (!isHarmless) {
      findings.add(Rule.POWER_OFF, "stops or restarts the machine");
    }
  }
}
