package dev.cmdai.prompt;

/** What a model's reply amounts to. */
public sealed interface Reply {
  /**
   * One command for the shell.
   *
   * @param text not blank, without terminal control characters; several lines only where a script
   *     needs them
   * @param explanation what the model said about it in a field of its own, most often empty
   */
  record Command(String text, String explanation) implements Reply {}

  /**
   * Nothing that could be run.
   *
   * @param reason why, to follow "no command: "
   */
  record NoCommand(String reason) implements Reply {}
}
