package dev.cmdai.cli;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.context.Shell;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private static final String BACKENDS = "backends";

  /**
   * Subcommands of the contract that this version does not have yet: no model may answer in their
   * place.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "plugins",
          "models",
          "download-model",
          "model-info",
          "clear-cache",
          "check",
          "explain",
          "tokenize",
          "bench",
          "eval",
          "config",
          "history",
          "init",
          "completion",
          "doctor");

  private CommandLineParser() {}

  private static CommandLine commandLine(boolean withSubcommands) {
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
            "  cmdai --shell zsh --os macos \"show the listening ports\"",
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

    if (withSubcommands) {
      CommandSpec backends = CommandSpec.create().name(BACKENDS);
      backends
          .usageMessage()
          .description("List what can run models here: rank, state, model and reason.");
      root.addSubcommand(BACKENDS, backends);
    }

    CommandLine commandLine = new CommandLine(root);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commandLine.setExpandAtFiles(false);
    // The last one counts, so that an alias can be overruled.
    commandLine.setOverwrittenOptionsAllowed(true);
    commandLine.setUsageHelpWidth(88);
    return commandLine;
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
    return Arrays.copyOfRange(names, 1, names.length);
  }

  /**
   * Reads the arguments.
   *
   * @throws CmdaiException with {@link ExitCode#USAGE} when they make no sense
   */
  static Options parse(String... arguments) {
    ParseResult root = parsed(commandLine(false), arguments);
    List<String> words = root.matchedPositionalValue(0, List.<String>of());
    ParseResult sub = null;
    String first =
        words.isEmpty() || isAfterTwoHyphens(words.getFirst(), arguments) ? "" : words.getFirst();
    if (first.equals(BACKENDS)) {
      root = parsed(commandLine(true), arguments);
      sub = root.subcommand();
      words = List.of();
    } else if (RESERVED.contains(first)) {
      throw usage(
          "there is no '" + first + "' command in this version",
          "To ask a model for a command, put the request in quotes or -- before it.",
          null);
    } else if (words.size() > 1 && words.contains("-")) {
      throw usage("a single - stands for the whole request", "Leave out the other words.", null);
    }
    Values values = new Values(root, sub);
    return new Options(
        action(values, sub != null),
        words,
        values.name("--backend"),
        values.name("--model"),
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

  private static ParseResult parsed(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.parseArgs(arguments);
    } catch (ParameterException e) {
      throw usage(firstLine(String.valueOf(e.getMessage())), remedy(e), e);
    }
  }

  /** Behind {@code --} every word is the request's, a subcommand's name too. */
  private static boolean isAfterTwoHyphens(String word, String... arguments) {
    List<String> all = List.of(arguments);
    int hyphens = all.indexOf("--");
    return hyphens >= 0 && hyphens < all.indexOf(word);
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
  static String help(Options.Action action) {
    CommandLine root = commandLine(true);
    CommandLine backends = root.getSubcommands().get(BACKENDS);
    return action == Options.Action.BACKENDS_HELP && backends != null
        ? backends.getUsageMessage(Ansi.OFF)
        : root.getUsageMessage(Ansi.OFF);
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

    @Nullable String name(String option) {
      String text = text(option);
      if (text != null && text.isBlank()) {
        throw usage(option + " needs a name", "Leave the option out to let cmdai choose.", null);
      }
      return text;
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
