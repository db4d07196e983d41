package dev.cmdai.safety;

import dev.cmdai.context.Shell;

/**
 * Judges a command by parsing it and looking at what each part would do, and to what. Never runs
 * anything, never looks at the file system, never throws.
 */
public final class Safety {
  private Safety() {}

  /**
   * How dangerous the command is in that shell, and what to do about it. Takes time linear in the
   * command's length.
   */
  public static Assessment assess(String command, Shell shell) {
    Findings findings = new Findings();
    switch (shell) {
      case BASH, ZSH, FISH, SH -> new PosixJudge(shell, findings).judgeScript(command);
      case POWERSHELL -> new PowerShellJudge(findings).judgeScript(command);
      case CMD -> new CmdJudge(findings).judgeScript(command);
    }
    return findings.assessment();
  }
}
