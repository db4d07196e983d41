package dev.cmdai.safety.parse.powershell;

/** Parses PowerShell code. */
public final class PowerShellParser {
  /**
   * What was read.
   *
   * @param isComplete every bracket and quote is closed
   * @param isTooDeep brackets stand so deep in others that the rest was not read
   */
  public record Parsed(Script script, boolean isComplete, boolean isTooDeep) {}

  private PowerShellParser() {}

  /** Reads all of the code, in time linear in its length; never fails. */
  public static Parsed parse(String code) {
    Source source = new Source(code);
    Script script = new StatementReader(source).whole();
    return new Parsed(script, source.isComplete(), source.isTooDeep());
  }
}
