package dev.cmdai.cli;

import dev.cmdai.context.Context;
import dev.cmdai.context.ContextDetector;
import dev.cmdai.context.Machine;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.safety.Assessment;
import dev.cmdai.safety.Finding;
import dev.cmdai.safety.Safety;
import dev.cmdai.safety.UserRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code cmdai check COMMAND}: judges a command and runs nothing. */
final class CheckAction {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int WIDEST_LINE = 100;

  private final Options options;
  private final Terminal terminal;
  private final InputStream in;

  CheckAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  ExitCode run() {
    String command = command();
    Context context =
        new ContextDetector(Machine.current()).detect(options.operatingSystem(), options.shell());
    Assessment assessment =
        Safety.assess(command, context.shell(), SafetyContexts.of(context, options));
    if (options.output() == OutputFormat.PLAIN) {
      StandardOutput.write(text(command, assessment));
    } else {
      StandardOutput.write(
          StructuredText.of(object(command, context, assessment), options.output()));
    }
    return switch (assessment.action()) {
      case ALLOW -> ExitCode.OK;
      case CONFIRM -> ExitCode.CONFIRMATION;
      case BLOCK -> ExitCode.BLOCKED;
    };
  }

  private String command() {
    if (options.words().size() > 1) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "the command is more than one argument",
          "Put it in quotes: cmdai check 'rm -rf x'");
    }
    boolean isPiped = options.words().isEmpty() || options.words().getFirst().equals("-");
    String command = isPiped ? piped() : options.words().getFirst();
    if (command.isBlank()) {
      throw new CmdaiException(
          ExitCode.USAGE,
          "there is no command to check",
          "Name one in quotes: cmdai check 'rm -rf x'. Or pipe one in.");
    }
    return command;
  }

  private String piped() {
    if (StandardInput.isTerminal()) {
      return "";
    }
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CmdaiException(
            ExitCode.USAGE,
            "standard input is longer than 1 MiB",
            "Check it in parts: half a script would be judged otherwise.");
      }
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new CmdaiException(
          ExitCode.USAGE, "standard input cannot be read", "Name the command in quotes.", e);
    }
  }

  private String text(String command, Assessment assessment) {
    StringBuilder text = new StringBuilder();
    text.append(assessment.level().id()).append(": ").append(assessment.action().id()).append('\n');
    for (Finding finding : assessment.findings()) {
      text.append('\n').append(finding.level().id()).append(' ').append(finding.ruleId());
      text.append(": ").append(Terminal.printable(finding.message())).append('\n');
      underline(command, finding, text);
    }
    for (UserRule rule : assessment.userRules()) {
      text.append("\nyour rule: ").append(named(rule)).append('\n');
    }
    if (assessment.findings().isEmpty()) {
      terminal.detail(() -> "no rule fired");
    }
    return text.toString();
  }

  private static String named(UserRule rule) {
    return rule.verdict().id() + " " + rule.subject().id() + " " + rule.pattern();
  }

  /** The line of the command with the part that the finding is about, and a mark below that. */
  private static void underline(String command, Finding finding, StringBuilder text) {
    int start = finding.start();
    int lineStart = command.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
    lineStart = Math.min(lineStart, start);
    int lineEnd = command.indexOf('\n', start);
    lineEnd = lineEnd < 0 ? command.length() : lineEnd;
    int from = Math.max(lineStart, start - WIDEST_LINE / 2);
    int to = Math.min(lineEnd, from + WIDEST_LINE);
    int end = Math.max(start + 1, Math.min(finding.end(), to));
    text.append("  ").append(Terminal.printable(command.substring(from, to))).append("\n  ");
    text.append(" ".repeat(start - from)).append("^".repeat(end - start)).append('\n');
  }

  private Map<String, Object> object(String command, Context context, Assessment assessment) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("schema", 1);
    object.put("command", command);
    object.put("shell", context.shell().id());
    object.put("safety", options.safety().id());
    object.put("risk", RiskObject.of(assessment));
    return object;
  }
}
