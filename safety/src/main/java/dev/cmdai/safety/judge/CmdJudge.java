package dev.cmdai.safety.judge;

import dev.cmdai.safety.parse.cmd.CmdNode;
import dev.cmdai.safety.parse.cmd.CmdNode.For;
import dev.cmdai.safety.parse.cmd.CmdNode.Group;
import dev.cmdai.safety.parse.cmd.CmdNode.If;
import dev.cmdai.safety.parse.cmd.CmdNode.Redirect;
import dev.cmdai.safety.parse.cmd.CmdNode.Simple;
import dev.cmdai.safety.parse.cmd.CmdParser;
import dev.cmdai.safety.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through code for the Windows command prompt as it would run, and has its commands judged
 * with the values that their variables would have.
 */
final class CmdJudge {
  /**
   * What one part of the code writes.
   *
   * @param text all of it, null where nobody can tell
   */
  record Output(@Nullable String text, boolean isDownload, boolean isSecret) {
    static final Output UNKNOWN = new Output(null, false, false);
    static final Output NONE = new Output("", false, false);
  }

  private final Findings findings;
  private final WindowsShell shell;
  private final CmdVariables variables = new CmdVariables();
  private final CmdLoops loops;
  private final CmdCommands commands;
  private int scripts;

  CmdJudge(Findings findings) {
    this(findings, new WindowsShell(findings));
  }

  /** Goes on in the folder, and with the files, of another shell. */
  CmdJudge(Findings findings, WindowsShell shell) {
    this.findings = findings;
    this.shell = shell;
    loops = new CmdLoops(this, variables, findings);
    commands = new CmdCommands(this, variables, loops, shell, findings);
  }

  /** Judges what {@code cmd} runs with these arguments; false when they name no command. */
  static boolean nested(List<String> arguments, Findings findings) {
    return nested(arguments, new WindowsShell(findings), findings);
  }

  static boolean nested(List<String> arguments, WindowsShell shell, Findings findings) {
    String code = CmdCommands.code(arguments);
    if (code != null) {
      new CmdJudge(findings, shell).judgeScript(code);
    }
    return code != null;
  }

  /** Judges code; what it writes. */
  Output judgeScript(String code) {
    boolean isRepeated = scripts > 0 && !findings.repeat();
    if (isRepeated) {
      findings.add(Rule.CODE_NESTED, "is nested too deep to be judged");
    }
    if (isRepeated || !findings.enterScript()) {
      return Output.UNKNOWN;
    }
    scripts++;
    CmdParser.Parsed parsed = CmdParser.parse(code);
    if (parsed.isTooDeep()) {
      findings.add(Rule.CODE_NESTED, "is nested too deep to be judged");
    } else if (!parsed.isComplete()) {
      findings.add(Rule.PARSE_INCOMPLETE, "cannot be read to its end: a quote is not closed");
    }
    Output output = judge(parsed.nodes(), null, false);
    scripts--;
    findings.leaveScript();
    return output;
  }

  /**
   * Judges parts one after the other.
   *
   * @param isExpanded the values of variables are already in place
   */
  Output judge(List<CmdNode> nodes, @Nullable Output first, boolean isExpanded) {
    Output previous = first == null ? Output.NONE : first;
    StringBuilder all = new StringBuilder();
    boolean isKnown = true;
    for (int i = 0; i < nodes.size(); i++) {
      CmdNode node = nodes.get(i);
      boolean isGiven = node.isPiped() || (i == 0 && first != null);
      previous = judge(node, isGiven ? previous : Output.NONE, isGiven, isExpanded);
      boolean isLast = i + 1 == nodes.size() || !nodes.get(i + 1).isPiped();
      String text = previous.text();
      isKnown &= !isLast || (text != null && all.length() + text.length() < 65_536);
      all.append(isLast && isKnown && text != null ? text : "");
    }
    return new Output(isKnown ? all.toString() : null, previous.isDownload(), previous.isSecret());
  }

  private Output judge(CmdNode node, Output input, boolean isPiped, boolean isExpanded) {
    if (!findings.enter()) {
      return Output.UNKNOWN;
    }
    Output output =
        switch (node) {
          case Simple simple -> simple(simple, input, isPiped, isExpanded);
          case Group group -> judge(group.body(), isPiped ? input : null, isExpanded);
          case If condition -> judge(condition.parts(), null, isExpanded);
          case For loop -> {
            findings.at(loop.start(), loop.end());
            loops.judge(loop);
            yield Output.UNKNOWN;
          }
        };
    findings.leave();
    if (node instanceof Group) {
      redirect(node.redirects(), output);
    }
    return output;
  }

  private Output simple(Simple command, Output input, boolean isPiped, boolean isExpanded) {
    findings.at(command.start(), command.end());
    String expanded = isExpanded ? command.raw() : variables.expanded(command.raw());
    if (!expanded.equals(command.raw())) {
      @Nullable Output first = isPiped ? input : null;
      List<CmdNode> nodes = CmdParser.parse(expanded).nodes();
      List<CmdNode> inner = new ArrayList<>();
      for (CmdNode node : nodes) {
        inner.add(node instanceof Simple simple ? at(simple, command) : node);
      }
      return judge(inner, first, true);
    }
    Output in = input;
    boolean isGiven = isPiped;
    for (Redirect redirect : command.redirects()) {
      in = redirect.isInput() ? read(redirect.target()) : in;
      isGiven |= redirect.isInput();
    }
    Output output = command.words().isEmpty() ? Output.NONE : commands.judge(command, in, isGiven);
    redirect(command.redirects(), output);
    return output;
  }

  /** Findings in a text that a variable brings are those of the command that holds it. */
  private static Simple at(Simple inner, Simple outer) {
    return new Simple(
        inner.raw(),
        inner.line(),
        inner.words(),
        inner.redirects(),
        inner.isPiped(),
        outer.start(),
        outer.end());
  }

  private Output read(String path) {
    return new Output(shell.content(path), shell.isDownloaded(path), Secrets.isOne(path));
  }

  private void redirect(List<Redirect> redirects, Output output) {
    for (Redirect redirect : redirects) {
      if (!redirect.isInput() && !redirect.target().equalsIgnoreCase("nul")) {
        shell.write(redirect.target(), !redirect.isAppend());
        shell.written(redirect.target(), output.text(), redirect.isAppend());
        if (output.isDownload()) {
          shell.downloaded(redirect.target());
        }
      }
    }
  }
}
