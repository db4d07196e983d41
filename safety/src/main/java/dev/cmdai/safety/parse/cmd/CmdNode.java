package dev.cmdai.safety.parse.cmd;

import java.util.List;

/** A part of code for cmd.exe. */
public sealed interface CmdNode {
  /** It gets the output of the part before it. */
  boolean isPiped();

  /** The files that the output goes to. */
  List<Redirect> redirects();

  /**
   * A command.
   *
   * @param raw as it stands in the code
   * @param line without carets and redirections, but with its quotes
   * @param words without quotes
   * @param start where it begins in the code
   * @param end where it ends in the code
   */
  record Simple(
      String raw,
      String line,
      List<String> words,
      List<Redirect> redirects,
      boolean isPiped,
      int start,
      int end)
      implements CmdNode {}

  /** Commands in brackets. */
  record Group(List<CmdNode> body, List<Redirect> redirects, boolean isPiped) implements CmdNode {}

  /**
   * {@code for OPTIONS %x in (SET) do BODY}.
   *
   * @param options all that stands before the variable
   * @param variable with its percent signs
   */
  record For(
      List<String> options,
      String variable,
      String set,
      List<CmdNode> body,
      boolean isPiped,
      int start,
      int end)
      implements CmdNode {
    @Override
    public List<Redirect> redirects() {
      return List.of();
    }
  }

  /** {@code if TEST (…) else (…)}: what may run, in order. */
  record If(List<CmdNode> parts, boolean isPiped) implements CmdNode {
    @Override
    public List<Redirect> redirects() {
      return List.of();
    }
  }

  /** {@code > FILE}, {@code >> FILE} and {@code < FILE}. */
  record Redirect(String target, boolean isInput, boolean isAppend) {}
}
