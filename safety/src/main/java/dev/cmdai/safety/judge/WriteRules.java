package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Pipeline.Redirect;
import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges what is written to: disks, system files, and files that are emptied. */
final class WriteRules {
  private WriteRules() {}

  static void judge(Call call, Findings findings) {
    switch (call.name()) {
      case "dd", "dcfldd", "dc3dd" -> {
        for (Word word : call.arguments()) {
          if (word.text().startsWith("of=")) {
            copyOver(pathAfter(word, "of="), call, findings);
          }
        }
      }
      case "ddrescue" -> {
        List<Word> operands = new Arguments(call.arguments(), "").operands();
        if (operands.size() > 1) {
          copyOver(operands.get(1), call, findings);
        }
      }
      case "tee", "sponge" -> {
        Arguments arguments = new Arguments(call.arguments(), "");
        boolean isAppend = arguments.has('a') || arguments.has("--append");
        for (Word operand : arguments.operands()) {
          write(operand, call, !isAppend, findings);
        }
      }
      case "cp", "install", "ln" -> copy(call, findings);
      default -> {}
    }
  }

  /** A variable alone may well be a disk: that is what these copiers are for. */
  private static void copyOver(Word target, Call call, Findings findings) {
    write(target, call, true, findings);
    if (target.hasUnknown() && target.text().startsWith("$") && target.text().indexOf('/') < 0) {
      findings.add(
          Rule.CODE_UNKNOWN,
          "writes over " + shown(target.text()) + ": which file or disk that is shows only then");
    }
  }

  private static void copy(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "tSmog");
    List<Word> operands = arguments.operands();
    if (operands.size() < 2) {
      return;
    }
    Word last = operands.getLast();
    if (operands.getFirst().text().equals("/dev/null") && call.name().equals("cp")) {
      overwrite(last, call, findings);
    } else if (call.target(last).place() == Place.DEVICE) {
      write(last, call, true, findings);
    }
  }

  /** Judges a redirection; one without any command does nothing but empty the file. */
  static void redirect(Redirect redirect, Call call, boolean isAlone, Findings findings) {
    if (!redirect.isWrite()) {
      return;
    }
    write(redirect.target(), call, redirect.isOverwrite(), findings);
    if (isAlone && redirect.isOverwrite() && !redirect.target().text().startsWith("/dev/")) {
      findings.add(Rule.OVERWRITE_FILE, "empties " + shown(redirect.target().text()));
    }
  }

  private static void write(Word word, Call call, boolean isOverwrite, Findings findings) {
    Target target = call.target(word);
    String name = shown(target.path());
    switch (target.place()) {
      case DEVICE ->
          findings.add(Rule.DISK_RAW_WRITE, "writes over " + name + ", a disk, not a file on it");
      case INSIDE_SYSTEM ->
          findings.add(
              isOverwrite ? Rule.OVERWRITE_SYSTEM_FILE : Rule.APPEND_SYSTEM_FILE,
              (isOverwrite ? "overwrites " : "adds to ") + name + ", part of the system");
      default -> {}
    }
  }

  /** Judges the loss of what is in a file that itself stays. */
  static void overwrite(Word word, Call call, Findings findings) {
    Target target = call.target(word);
    if (target.place() == Place.ELSEWHERE) {
      findings.add(Rule.OVERWRITE_FILE, "empties or shortens " + shown(target.path()));
    } else {
      write(word, call, true, findings);
    }
  }

  private static Word pathAfter(Word word, String prefix) {
    String path = word.text().substring(prefix.length());
    return new Word(path, word.isBare(), word.hasUnknown(), word.substitutions());
  }
}
