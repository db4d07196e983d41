package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.posix.Word;
import dev.cmdai.safety.rules.Rule;
import java.util.List;

/** Judges programs for awk by the commands that they start and the files that they write. */
final class AwkCode {
  /** Stands for a line of which nothing is known. */
  private static final String UNKNOWN_LINE = "$line $line $line $line $line $line $line $line";

  private static final int MOST_LINES = 8;

  private final PosixJudge scripts;
  private final Findings findings;

  AwkCode(PosixJudge scripts, Findings findings) {
    this.scripts = scripts;
    this.findings = findings;
  }

  void judge(Call call, Feed feed) {
    for (Word argument : call.arguments()) {
      String text = argument.text();
      if (!text.startsWith("-") && text.indexOf('{') >= 0) {
        judge(text, call, feed);
      }
    }
  }

  private void judge(String text, Call call, Feed feed) {
    String code = ForeignText.of("awk", text).code();
    boolean isCalling = code.contains("system(");
    boolean isRunning =
        isCalling || code.contains("getline") || code.replace("||", "").indexOf('|') >= 0;
    if (isRunning) {
      for (String quoted : Quoted.in(text)) {
        scripts.judgeScript(quoted);
      }
    }
    if (isCalling) {
      system(text, feed);
    }
    if (text.contains("/inet/tcp/") && code.contains("getline")) {
      findings.add(Rule.NETWORK_SHELL, "connects this machine to another one");
    }
    int into = text.indexOf("> \"");
    if (into >= 0) {
      for (String quoted : Quoted.in(text.substring(into))) {
        Writing.write(Word.literal(quoted), call, true, findings);
      }
    }
  }

  /** {@code system("COMMAND " $1)} for the lines that come in. */
  private void system(String text, Feed feed) {
    int start = text.indexOf("system(") + "system(".length();
    int end = text.indexOf(')', start);
    if (end < 0) {
      return;
    }
    String lines = feed.text();
    List<String> all =
        lines == null ? List.of(UNKNOWN_LINE) : lines.lines().limit(MOST_LINES).toList();
    for (String line : all) {
      String command = AwkPrinting.printed(text.substring(start, end), line);
      if (command != null && findings.repeat()) {
        scripts.judgeScript(command);
      }
    }
  }
}
