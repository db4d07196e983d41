package dev.cmdai.safety.judge;

import static dev.cmdai.safety.judge.Findings.shown;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges commands that delete, empty or move away files: what is lost depends on the target. */
final class DeleteRules {
  private DeleteRules() {}

  static void judge(Call call, Findings findings) {
    switch (call.name()) {
      case "rm", "srm", "rimraf" -> remove(call, findings);
      case "rmdir", "unlink" -> each(call, "p", false, findings);
      case "shred" -> each(call, "ns", call.isOverTree(), findings);
      case "truncate" -> truncate(call, findings);
      case "mv" -> move(call, findings);
      case "rsync" -> synchronise(call, findings);
      case "git" -> GitRules.judge(call, findings);
      default -> {}
    }
  }

  private static void remove(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "");
    if (arguments.isQuestion()) {
      return;
    }
    boolean isRecursive =
        call.isOverTree()
            || call.name().equals("rimraf")
            || arguments.has('r')
            || arguments.has('R')
            || arguments.has("--recursive");
    if (arguments.has("--no-preserve-root")) {
      findings.add(Rule.DELETE_SYSTEM, "deletes without sparing /, the whole system");
    }
    for (Word operand : arguments.operands()) {
      delete(operand, call, isRecursive, findings);
    }
  }

  private static void each(Call call, String valued, boolean isRecursive, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), valued);
    if (!arguments.isQuestion()) {
      for (Word operand : arguments.operands()) {
        delete(operand, call, isRecursive, findings);
      }
    }
  }

  /** Judges the loss of one target. */
  static void delete(Word word, Call call, boolean isRecursive, Findings findings) {
    Target target = call.target(word);
    Place place = target.place();
    String name = shown(target.path());
    if (isRecursive && place.isVital()) {
      findings.add(
          Rule.DELETE_SYSTEM, "deletes " + name + " and everything in it, " + place.description());
    } else if (place.isVital() && target.isContents()) {
      findings.add(Rule.DELETE_MANY, "deletes all files in " + name + ", " + place.description());
    } else if (isRecursive) {
      findings.add(
          Rule.DELETE_RECURSIVE, "deletes " + name + " and everything in it" + doubt(word));
    } else if (place != Place.ELSEWHERE) {
      findings.add(Rule.DELETE_SYSTEM_FILE, "deletes " + name + ", " + place.description());
    } else {
      findings.add(Rule.DELETE_FILE, "deletes " + name);
    }
  }

  /** {@code rm -rf "$X/"*} has cost people their home folders. */
  private static String doubt(Word word) {
    boolean beginsUnknown = word.hasUnknown() && word.text().startsWith("$");
    return beginsUnknown && word.text().indexOf('/') > 0
        ? "; if the variable is empty, that is a folder of the whole system"
        : "";
  }

  private static void truncate(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "sr");
    if (arguments.isQuestion()) {
      return;
    }
    for (Word operand : arguments.operands()) {
      WriteRules.overwrite(operand, call, findings);
    }
  }

  private static void move(Call call, Findings findings) {
    Arguments arguments = new Arguments(call.arguments(), "tS");
    List<Word> operands = arguments.operands();
    boolean hasFolderFirst = arguments.has('t') || arguments.has("--target-directory");
    int sources = hasFolderFirst ? operands.size() : operands.size() - 1;
    boolean isDiscard = sources >= 0 && call.has("/dev/null");
    for (int i = 0; i < sources; i++) {
      Target target = call.target(operands.get(i));
      String name = shown(target.path());
      boolean isOwnFiles = target.place() == Place.HOME && target.isContents() && !isDiscard;
      if (target.place().isVital() && !isOwnFiles) {
        findings.add(Rule.MOVE_SYSTEM, "moves " + name + " away, " + target.place().description());
      } else if (isDiscard) {
        findings.add(Rule.MOVE_DISCARD, "moves " + name + " to /dev/null, where it is lost");
      } else if (target.place() == Place.INSIDE_SYSTEM) {
        findings.add(
            Rule.DELETE_SYSTEM_FILE, "moves " + name + " away, " + target.place().description());
      }
    }
  }

  private static void synchronise(Call call, Findings findings) {
    boolean isDelete = false;
    for (Word word : call.arguments()) {
      isDelete |= word.text().startsWith("--del");
    }
    Arguments arguments = new Arguments(call.arguments(), "efBTM");
    boolean isTrial = arguments.has('n') || arguments.has("--dry-run");
    if (isDelete && !isTrial && !arguments.operands().isEmpty()) {
      delete(arguments.operands().getLast(), call, true, findings);
    }
  }
}
