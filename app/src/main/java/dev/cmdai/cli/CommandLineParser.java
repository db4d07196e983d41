package dev.cmdai.cli;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.context.Shell;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Turns arguments into {@link Options}. The model is built by hand: picocli's annotations would
 * cost reflection at every start.
 */
final class CommandLineParser {
  private static final int MAX_TOKENS = 256;
  private static final String TIMEOUT = "120s";

  private final CommandLine commandLine;

  CommandLineParser() {
    CommandSpec root = CommandSpec.create().name("cmdai");
    root.usageMessage()
        .synopsisHeading("Usage: ")
        .customSynopsis("cmdai [OPTIONS] WORDS...", "       cmdai [OPTIONS] COMMAND")
        .description("%nTurns words into one shell command, with a model on this machine.%n")
        .optionListHeading("Options:%n")
        .commandListHeading("%nCommands:%n")
        .footer(
            "",
            "Examples:",
            "  cmdai find the ten largest files here",
            "  cmdai -o json \"list files changed today\"",
            "  dmesg | cmdai show only the errors of this log",
            "",
            "Exit codes: 0 done, 1 internal error, 2 usage, 3 no usable backend or model,",
            "4 no command, 5 blocked, 6 confirmation needed, 7 timeout, 8 network, 130"
                + " interrupted.");
    root.addOption(
        value("What to run the model with: see cmdai backends.", "ID", "-b", "--backend"));
    root.addOption(value("A model by its id or its path.", "MODEL", "-m", "--model"));
    root.addOption(
        value("bash, zsh, fish, sh, powershell or cmd. Default: yours.", "SHELL", "-s", "--shell"));
    root.addOption(value("linux, macos or windows. Default: this one.", "OS", "--os"));
    root.addOption(value("plain, json or yaml. Default: plain.", "FORMAT", "-o", "--output"));
    root.addOption(flag("Contact nothing but this machine.", "--offline"));
    root.addOption(
        value("Give up after this time: 500ms, 30s, 2m. Default: 120s.", "TIME", "--timeout"));
    root.addOption(value("The most tokens to generate. Default: 256.", "N", "--max-tokens"));
    root.addOption(
        value(
            "0 for the likeliest command, up to 2 for variety. Default: 0.", "T", "--temperature"));
    root.addOption(flag("Tell how it went, on standard error.", "-v", "--verbose"));
    root.addOption(flag("Leave out warnings.", "-q", "--quiet"));
    root.addOption(flagBuilder("Print this help.", "-h", "--help").usageHelp(true).build());
    root.addOption(flagBuilder("Print the version.", "-V", "--version").versionHelp(true).build());
    root.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("WORDS")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("The request. A single - reads it from standard input.")
            .build());

    CommandSpec backends = CommandSpec.create().name("backends");
    backends
        .usageMessage()
        .description("List what can run models here: rank, state, model and reason.");
    root.addSubcommand("backends", backends);

    commandLine = new CommandLine(root);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commandLine.setExpandAtFiles(false);
    commandLine.setUsageHelpWidth(88);
  }

  private static OptionSpec value(String description, String label, String... names) {
    return OptionSpec.builder(names[0], rest(names))
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .scopeType(ScopeType.INHERIT)
        .build();
  }

  private static OptionSpec flag(String description, String... names) {
    return flagBuilder(description, names).build();
  }

  private static OptionSpec.Builder flagBuilder(String description, String... names) {
    return OptionSpec.builder(names[0], rest(names))
        .type(boolean.class)
        .arity("0")
        .description(description)
        .scopeType(ScopeType.INHERIT);
  }

  private static String[] rest(String... names) {
    return java.util.Arrays.copyOfRange(names, 1, names.length);
  }

  /**
   * Reads the arguments.
   *
   * @throws CmdaiException with {@link ExitCode#USAGE} when they make no sense
   */
  Options parse(String... arguments) {
    ParseResult root;
    try {
      root = commandLine.parseArgs(arguments);
    } catch (ParameterException e) {
      throw usage(firstLine(String.valueOf(e.getMessage())), remedy(e), e);
    }
    ParseResult sub = root.hasSubcommand() ? root.subcommand() : null;
    Values values = new Values(root, sub);
    return new Options(
        action(values, sub != null),
        root.matchedPositionalValue(0, List.<String>of()),
        values.text("--backend"),
        values.text("--model"),
        values.choice("--shell", Shell::byId, "bash, zsh, fish, sh, powershell or cmd"),
        values.choice("--os", OperatingSystem::byId, "linux, macos or windows"),
        Optional.ofNullable(values.choice("--output", OutputFormat::byId, "plain, json or yaml"))
            .orElse(OutputFormat.PLAIN),
        values.isSet("--offline"),
        timeout(values.text("--timeout")),
        maxTokens(values.text("--max-tokens")),
        temperature(values.text("--temperature")),
        values.isSet("--verbose"),
        values.isSet("--quiet"));
  }

  private static Options.Action action(Values values, boolean isBackends) {
    if (values.isSet("--version")) {
      return Options.Action.VERSION;
    }
    if (values.isSet("--help")) {
      return isBackends ? Options.Action.BACKENDS_HELP : Options.Action.HELP;
    }
    return isBackends ? Options.Action.BACKENDS : Options.Action.GENERATE;
  }

  /** The help text of the whole program, or of {@code backends}. */
  String help(Options.Action action) {
    CommandLine of =
        action == Options.Action.BACKENDS_HELP
            ? commandLine.getSubcommands().get("backends")
            : commandLine;
    return of == null ? "" : of.getUsageMessage(Ansi.OFF);
  }

  private static Duration timeout(@Nullable String text) {
    String value = text == null ? TIMEOUT : text.strip();
    try {
      Duration duration = Durations.parse(value);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw usage("--timeout '" + value + "' is no time", "Write it like 500ms, 30s or 2m.", e);
    }
    throw usage("--timeout " + value + " must be more than nothing", "Write it like 30s.", null);
  }

  private static int maxTokens(@Nullable String text) {
    if (text == null) {
      return MAX_TOKENS;
    }
    try {
      int count = Integer.parseInt(text.strip());
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw usage("--max-tokens '" + text + "' is no number", "Write a whole number.", e);
    }
    throw usage("--max-tokens " + text + " must be at least 1", "The default is 256.", null);
  }

  private static float temperature(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      float value = Float.parseFloat(text.strip());
      if (value >= 0 && value <= 2) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw usage("--temperature '" + text + "' is no number", "Write a number like 0.7.", e);
    }
    throw usage("--temperature " + text + " must be in [0, 2]", "0 is the likeliest.", null);
  }

  private static String remedy(ParameterException problem) {
    return problem instanceof CommandLine.UnmatchedArgumentException
        ? "Put the request in quotes, or -- before it. All options: cmdai --help"
        : "All options: cmdai --help";
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).strip();
  }

  private static CmdaiException usage(String message, String remedy, @Nullable Throwable cause) {
    return new CmdaiException(ExitCode.USAGE, message, remedy, cause);
  }

  /** The option values of a command line, wherever in it they stand. */
  private record Values(ParseResult root, @Nullable ParseResult sub) {
    boolean isSet(String name) {
      return root.hasMatchedOption(name) || (sub != null && sub.hasMatchedOption(name));
    }

    @Nullable String text(String name) {
      if (sub != null && sub.hasMatchedOption(name)) {
        return sub.<String>matchedOptionValue(name, "");
      }
      return root.hasMatchedOption(name) ? root.<String>matchedOptionValue(name, "") : null;
    }

    <T> @Nullable T choice(String name, Function<String, Optional<T>> byId, String choices) {
      String text = text(name);
      if (text == null) {
        return null;
      }
      return byId.apply(text)
          .orElseThrow(
              () -> usage(name + " '" + text + "' is unknown", "Write " + choices + ".", null));
    }
  }
}
