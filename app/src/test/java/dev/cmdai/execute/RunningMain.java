package dev.cmdai.execute;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.execute.CommandRunner.Output;
import dev.cmdai.shell.Shell;

/** Runs its argument in a process of its own, so that tests see what becomes of the terminal. */
final class RunningMain {
  private RunningMain() {}

  public static void main(String[] args) throws InterruptedException {
    int status =
        new CommandRunner(OperatingSystem.LINUX).run(args[1], Shell.SH, Output.valueOf(args[0]));
    System.err.println("status " + status);
    System.exit(status);
  }
}
