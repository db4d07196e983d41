package dev.cmdai.cli;

import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code cmdai models pull} as a process of its own, on the same terminal: the launcher starts
 * it with the optimising compiler, without which hashing takes longer than the network (see
 * benchmarks/README.md), and a run that asks a model starts faster without it.
 */
final class PullProcess {
  private static final int SECONDS_TO_END = 5;

  private final List<String> command;

  private PullProcess(List<String> command) {
    this.command = command;
  }

  /** Nothing where the program is not started by its launcher. */
  static Optional<PullProcess> of(String model, Options options) {
    Path launcher = Installation.folder().resolve("bin").resolve("cmdai");
    if (!Files.isExecutable(launcher)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "models", "pull", model));
    if (options.quiet()) {
      command.add("--quiet");
    }
    if (options.verbose()) {
      command.add("--verbose");
    }
    return Optional.of(new PullProcess(command));
  }

  /**
   * Runs it to its end; it tells itself how it goes, and what went wrong.
   *
   * @throws CmdaiException when the model is not there then, with the exit code of the pull
   */
  void run() {
    try {
      Process process =
          new ProcessBuilder(command)
              .inheritIO()
              // The result of this run alone belongs there.
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread onInterrupt = new Thread(() -> end(process), "cmdai-pull-stopped");
      Runtime.getRuntime().addShutdownHook(onInterrupt);
      ExitCode code = ExitCode.of(process.waitFor()).orElse(ExitCode.INTERNAL);
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
      if (code != ExitCode.OK) {
        throw new CmdaiException(code, "without that model there is no answer", "");
      }
    } catch (InterruptedException | IllegalStateException e) {
      // The process is ending, because of Ctrl-C or another signal.
      Thread.currentThread().interrupt();
      throw new CmdaiException(ExitCode.INTERRUPTED, "interrupted", "", e);
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.INTERNAL,
          "cannot start " + command.getFirst() + ": " + e.getMessage(),
          "Run it yourself: " + String.join(" ", command),
          e);
    }
  }

  /** Ctrl-C reaches the pull too; another signal does not, and its last words take a moment. */
  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
