package dev.cmdai.execute;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.execute.CommandRunner.Output;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Lets the user change a command, in the editor that the variables {@code VISUAL} and {@code
 * EDITOR} name, as Git does; without them, in {@code vi} or Notepad.
 */
public final class CommandEditor {
  private final OperatingSystem system;
  private final CommandRunner runner;

  /**
   * An editor for one system.
   *
   * @param system the one that this process runs on
   */
  public CommandEditor(OperatingSystem system) {
    this.system = system;
    runner = new CommandRunner(system);
  }

  /**
   * The command as the user leaves it.
   *
   * @return empty when nothing is left
   * @throws CmdaiException when the editor does not start or fails, or its file cannot be read
   */
  public String edit(String command) throws InterruptedException {
    Path file = null;
    try {
      file = Files.createTempFile("cmdai-", ".txt");
      Files.writeString(file, command + "\n");
      int status =
          system == OperatingSystem.WINDOWS
              ? runner.run(windows(file), Shell.CMD, Output.STANDARD_OUTPUT)
              : runner.run(posix(file), Shell.SH, Output.STANDARD_OUTPUT);
      if (status != 0) {
        throw failed("the editor ended with status " + status, null);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw failed("the command cannot be edited: " + e.getMessage(), e);
    } finally {
      delete(file);
    }
  }

  /** The editor has the terminal, whatever this program's own output goes to. */
  private static String posix(Path file) {
    String quoted = "'" + file.toString().replace("'", "'\\''") + "'";
    return "set -- " + quoted + "; eval \"${VISUAL:-${EDITOR:-vi}} \\\"\\$1\\\"\" >&2";
  }

  private static String windows(Path file) {
    String editor = System.getenv().getOrDefault("VISUAL", System.getenv("EDITOR"));
    return (editor == null ? "notepad" : editor) + " \"" + file + "\"";
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies in the folder for temporary files, where only the user reads it.
    }
  }

  private static CmdaiException failed(String what, @Nullable Throwable cause) {
    return new CmdaiException(
        ExitCode.CONFIRMATION,
        what + ", so nothing ran",
        "Set VISUAL or EDITOR to an editor of yours.",
        cause);
  }
}
