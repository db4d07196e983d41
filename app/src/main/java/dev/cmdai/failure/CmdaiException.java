package dev.cmdai.failure;

import dev.cmdai.api.BackendException;
import org.jspecify.annotations.Nullable;

/** Ends the run: what happened, what to do next, and with which exit code. */
public class CmdaiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;
  private final String remedy;

  public CmdaiException(ExitCode exitCode, String message, String remedy) {
    this(exitCode, message, remedy, null);
  }

  public CmdaiException(
      ExitCode exitCode, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  /** What a backend reported, with the exit code that belongs to it. */
  public static CmdaiException of(BackendException problem) {
    ExitCode code =
        switch (problem) {
          case BackendException.ModelNotFound e -> ExitCode.UNAVAILABLE;
          case BackendException.ModelCorrupt e -> ExitCode.UNAVAILABLE;
          case BackendException.OutOfMemory e -> ExitCode.UNAVAILABLE;
          case BackendException.Unsupported e -> ExitCode.UNAVAILABLE;
          case BackendException.ContextOverflow e -> ExitCode.NO_COMMAND;
          case BackendException.InvalidResponse e -> ExitCode.NO_COMMAND;
          case BackendException.DeadlineExceeded e -> ExitCode.TIMEOUT;
          case BackendException.Cancelled e -> ExitCode.INTERRUPTED;
          case BackendException.NetworkFailure e -> ExitCode.NETWORK;
          case BackendException.AuthenticationFailure e -> ExitCode.NETWORK;
          case BackendException.InternalFailure e -> ExitCode.INTERNAL;
        };
    return new CmdaiException(
        code, String.valueOf(problem.getMessage()), problem.remedy(), problem);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** What the user can do next; empty when nothing can be done. */
  public String remedy() {
    return remedy;
  }
}
