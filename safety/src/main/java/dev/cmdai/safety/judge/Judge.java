package dev.cmdai.safety.judge;

import dev.cmdai.shell.Shell;

/** Says which rules a command fires. */
public final class Judge {
  private Judge() {}

  /** The rules that fire, worst first. Takes time linear in the command's length. */
  public static Verdict judge(String command, Shell shell, Surroundings surroundings) {
    Findings findings = new Findings(surroundings, command.length());
    switch (shell) {
      case BASH, ZSH, FISH, SH -> new PosixJudge(shell, findings).judgeScript(command);
      case POWERSHELL -> new PowerShellJudge(findings).judgeScript(command);
      case CMD -> new CmdJudge(findings).judgeScript(command);
    }
    return findings.verdict();
  }
}
