package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Judges git commands that lose files or work that was never committed. */
final class GitRules {
  private GitRules() {}

  static void judge(Call call, Findings findings) {
    List<Word> arguments = withoutGlobalOptions(call.arguments());
    if (arguments.isEmpty()) {
      return;
    }
    String command = arguments.getFirst().text();
    Arguments rest = new Arguments(arguments.subList(1, arguments.size()), "e");
    switch (command) {
      case "clean" -> {
        if (!rest.has('n') && !rest.has("--dry-run")) {
          findings.add(Rule.DELETE_FILE, "deletes the files that git does not know");
        }
      }
      case "rm" -> {
        if (!rest.has("--cached") && !rest.has('n') && !rest.has("--dry-run")) {
          findings.add(Rule.DELETE_FILE, "deletes files here and from the next commit");
        }
      }
      case "reset" -> {
        if (rest.has("--hard")) {
          findings.add(Rule.WORK_LOST, "throws away all changes that are not committed");
        }
      }
      case "push" -> {
        boolean isForced = rest.has('f') || rest.hasExactly("--force") || rest.has("--mirror");
        if (isForced) {
          findings.add(Rule.WORK_LOST, "replaces the history that others may already have");
        }
      }
      case "stash" -> {
        String action = rest.operands().isEmpty() ? "" : rest.operands().getFirst().text();
        if (action.equals("drop") || action.equals("clear")) {
          findings.add(Rule.WORK_LOST, "throws away stashed changes");
        }
      }
      default -> {}
    }
  }

  private static List<Word> withoutGlobalOptions(List<Word> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).text().startsWith("-")) {
      String option = arguments.get(i).text();
      i += option.equals("-C") || option.equals("-c") ? 2 : 1;
    }
    return i >= arguments.size()
        ? List.of()
        : new ArrayList<>(arguments.subList(i, arguments.size()));
  }
}
