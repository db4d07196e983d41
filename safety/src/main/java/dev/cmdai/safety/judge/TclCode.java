package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges code in Tcl, where commands for the shell stand as plain words. */
final class TclCode {
  private static final int MOST_LINES = 256;

  private final PosixJudge scripts;
  private final Findings findings;

  TclCode(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
  }

  void judge(String code) {
    for (String line : code.split("[;\n\\[\\]]", MOST_LINES)) {
      String command = line.strip().replace('{', '"').replace('}', '"');
      if (command.startsWith("exec ")) {
        scripts.judgeScript(command.substring("exec ".length()));
      } else if (command.startsWith("spawn ")) {
        scripts.judgeScript(command.substring("spawn ".length()));
      } else if (command.startsWith("file delete")) {
        findings.add(Rule.CODE_DESTRUCTIVE, "runs code that deletes files and folders");
        Call call = new Call("rm", List.of(), scripts.where(), false);
        for (String word : command.substring("file delete".length()).strip().split("\\s+", -1)) {
          if (!word.startsWith("-") && call.target(Word.literal(word)).place().isSystem()) {
            DeleteRules.delete(Word.literal(word), call, true, findings);
          }
        }
      }
    }
  }
}
