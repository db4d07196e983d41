package dev.cmdai.execute;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.shell.Shell;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Runs a command as the user would by typing it: in the shell it was written for, with this
 * process's terminal, folder and variables.
 *
 * <p>Ctrl-C reaches the command, which decides what becomes of it; this process waits for its end
 * either way.
 */
public final class CommandRunner {
  private final OperatingSystem system;

  /**
   * Runs commands on one system.
   *
   * @param system the one that this process runs on
   */
  public CommandRunner(OperatingSystem system) {
    this.system = system;
  }

  /** Where a command's standard output goes. */
  public enum Output {
    /** Where this process's own goes. */
    STANDARD_OUTPUT,
    /** To standard error, since standard output carries something else. */
    STANDARD_ERROR
  }

  /**
   * Runs a command and waits for its end.
   *
   * @return its exit status; 128 and the signal's number when a signal ended it
   * @throws CmdaiException when the shell is not there or does not start
   */
  public int run(String command, Shell shell, Output output) throws InterruptedException {
    ShellProgram program = program(shell);
    ProcessBuilder builder = new ProcessBuilder(program.running(command)).inheritIO();
    if (output == Output.STANDARD_ERROR) {
      builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    }
    try (Signals signals = Signals.leftToTheChild()) {
      Process process = builder.start();
      signals.forwardTo(process);
      if (output == Output.STANDARD_ERROR) {
        copyToStandardError(process.getInputStream());
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.INTERNAL,
          "the shell %s does not start: %s".formatted(program.path(), e.getMessage()),
          "Look at that file, or ask for another shell with --shell.",
          e);
    }
  }

  /**
   * Makes sure that a shell is on this machine, before anybody is asked whether to run something.
   *
   * @throws CmdaiException when it is not
   */
  public void require(Shell shell) {
    program(shell);
  }

  private ShellProgram program(Shell shell) {
    return ShellProgram.find(shell, system, System.getenv("PATH"))
        .orElseThrow(() ->
            new CmdaiException(
                ExitCode.USAGE,
                "this machine has no " + shell.id() + ", so the command cannot run",
                "Leave out --execute, or ask for another shell with --shell."));
  }

  /** Not closed: the descriptor is the process's. */
  @SuppressWarnings("resource")
  private static void copyToStandardError(InputStream output) throws IOException {
    output.transferTo(new FileOutputStream(FileDescriptor.err));
  }
}
