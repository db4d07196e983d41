package dev.cmdai.failure;

import java.util.Arrays;
import java.util.Optional;

/** The exit codes that scripts rely on, with the name that JSON output gives each. */
public enum ExitCode {
  /** Done. */
  OK(0, "ok"),
  /** A bug in cmdai or in a plugin, or a system call that failed. */
  INTERNAL(1, "internal"),
  /** The command line or the request makes no sense. */
  USAGE(2, "usage"),
  /** No such, or no usable, backend or model. */
  UNAVAILABLE(3, "unavailable"),
  /** The model gave no command. */
  NO_COMMAND(4, "no_command"),
  /** The command is blocked by safety. */
  BLOCKED(5, "blocked"),
  /** A confirmation was needed or declined. */
  CONFIRMATION(6, "confirmation"),
  /** The deadline passed. */
  TIMEOUT(7, "timeout"),
  /** A server could not be reached. */
  NETWORK(8, "network"),
  /** Ctrl-C. */
  INTERRUPTED(130, "interrupted");

  private final int status;
  private final String id;

  ExitCode(int status, String id) {
    this.status = status;
    this.id = id;
  }

  /** The one with that status. */
  public static Optional<ExitCode> of(int status) {
    return Arrays.stream(values()).filter(code -> code.status == status).findFirst();
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }

  /** The name in JSON output. */
  public String id() {
    return id;
  }
}
