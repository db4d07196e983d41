package dev.cmdai.shell;

import java.util.Optional;

/** A shell that commands are written for. */
public enum Shell {
  /** GNU Bash. */
  BASH("bash"),
  /** Z shell. */
  ZSH("zsh"),
  /** fish. */
  FISH("fish"),
  /** POSIX sh. */
  SH("sh"),
  /** PowerShell 7 and Windows PowerShell. */
  POWERSHELL("powershell"),
  /** The Windows command prompt. */
  CMD("cmd");

  private final String id;

  Shell(String id) {
    this.id = id;
  }

  /** What users type after {@code --shell}, and what JSON output says. */
  public String id() {
    return id;
  }

  /** Whether the shell follows POSIX syntax closely enough for one parser. */
  public boolean isPosixLike() {
    return this != POWERSHELL && this != CMD;
  }

  /** The shell with that id, if there is one. */
  public static Optional<Shell> byId(String id) {
    for (Shell shell : values()) {
      if (shell.id.equals(id)) {
        return Optional.of(shell);
      }
    }
    return Optional.empty();
  }
}
