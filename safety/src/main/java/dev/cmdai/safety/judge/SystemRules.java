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
      case "killall5" -> findings.add(Rule.KILL_ALL, "ends all processes");
      case "shutdown", "reboot", "halt", "poweroff" -> power(call, findings);
      case "init", "telinit" -> {
        if (call.firstArgument().equals("0") || call.firstArgument().equals("6")) {
          findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        }
      }
      case "systemctl", "loginctl" -> systemctl(call, findings);
      case "crontab" -> {
        if (new Arguments(call.arguments(), "u").has('r')) {
          findings.add(Rule.DELETE_MANY, "deletes all scheduled jobs of the user");
        }
      }
      default -> {}
    }
  }

  private static void permissions(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "");
    boolean isRecursive = call.isOverTree() || arguments.has('R') || arguments.has("--recursive");
    boolean hasMode = arguments.has("--reference") || hasModeAsOption(call);
    List<Word> operands = arguments.operands();
    for (int i = hasMode ? 0 : 1; i < operands.size(); i++) {
      Target target = call.target(operands.get(i));
      String name = shown(target.path());
      String what = call.name().equals("chown") ? "the owner of " : "the permissions of ";
      // Many installers tell their users to take over /usr/local, and that can be undone.
      boolean isSystem =
          (target.place() == Place.ROOT || target.place() == Place.SYSTEM)
              && !target.path().startsWith("/usr/local");
      boolean isLocal = target.place() == Place.SYSTEM && !isSystem;
      if (isSystem && (isRecursive || target.isContents())) {
        findings.add(
            Rule.PERMISSIONS_SYSTEM,
            "changes " + what + name + " and everything in it, " + target.place().description());
      } else if (isSystem || (isRecursive && (isLocal || target.place() == Place.INSIDE_SYSTEM))) {
        findings.add(Rule.PERMISSIONS_WIDE, "changes " + what + name + ", part of the system");
      } else if (isRecursive && target.place() == Place.HOME) {
        findings.add(Rule.PERMISSIONS_WIDE, "changes " + what + name + ", a whole home folder");
      } else if (isRecursive) {
        findings.add(
            Rule.PERMISSIONS_RECURSIVE, "changes " + what + name + " and everything in it");
      }
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
    boolean hasSignal = false;
    for (Word word : call.arguments()) {
      String text = word.text();
      boolean isAll = text.equals("-1") && hasSignal;
      if (isAll || (text.equals("1") && hasSignal)) {
        findings.add(
            Rule.KILL_ALL,
            isAll
                ? "ends all processes that may be ended"
                : "ends the first process of the system");
      }
      hasSignal |= text.startsWith("-");
    }
  }

  private static void power(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "");
    boolean isHarmless = arguments.isQuestion() || arguments.hasExactly("-c") || arguments.has('k');
    if (!isHarmless) {
      findings.add(Rule.POWER_OFF, "stops or restarts the machine");
    }
  }

  private static void systemctl(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "tpHMnos");
    if (!arguments.operands().isEmpty()) {
      switch (arguments.operands().getFirst().text()) {
        case "poweroff", "reboot", "halt", "kexec", "suspend", "hibernate" ->
            findings.add(Rule.POWER_OFF, "stops or restarts the machine");
        default -> {}
      }
    }
  }
}
