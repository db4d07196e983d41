package dev.cmdai.safety;

/** What the program does with a command before it may run. */
public enum Action {
  /** It may run. */
  ALLOW("allow"),
  /** It may run once the user has agreed. */
  CONFIRM("confirm"),
  /** It does not run. */
  BLOCK("block");

  private final String id;

  Action(String id) {
    this.id = id;
  }

  /** The action in JSON output. */
  public String id() {
    return id;
  }
}
