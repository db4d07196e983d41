package dev.cmdai.toml;

/** A text that is no TOML: where it goes wrong, and how. */
public final class TomlException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  TomlException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1, in characters. */
  public int column() {
    return column;
  }
}
