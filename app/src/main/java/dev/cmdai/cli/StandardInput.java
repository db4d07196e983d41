package dev.cmdai.cli;

/** What standard input is connected to. */
final class StandardInput {
  private StandardInput() {}

  /** As the launcher found out; false without a launcher. */
  static boolean isTerminal() {
    String terminals = System.getProperty("cmdai.tty");
    return terminals != null && terminals.indexOf('0') >= 0;
  }
}
