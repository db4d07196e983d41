package dev.cmdai.cli;

import dev.cmdai.context.OperatingSystem;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.safety.SafetyLevel;
import dev.cmdai.shell.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns arguments into {@link Options}. */
final class CommandLineParser {
  private static final int MAX_TOKENS = 256;
  private static final String TIMEOUT = "120s";

  private static final Set<String> COMMANDS =
      Set.of(
          CommandLineModel.BACKENDS,
          CommandLineModel.TOKENIZE,
          CommandLineModel.MODELS,
          CommandLineModel.MODEL_INFO,
          CommandLineModel.DOCTOR,
          CommandLineModel.CHECK);

  /**
   * Subcommands of the contract that this version does not have yet: no model may answer in their
   * place.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "plugins",
          "download-model",
          "clear-cache",
          "explain",
          "bench",
          "eval",
          "config",
          "history",
          "init",
          "completion");

  private CommandLineParser() {}

  /**
   * Reads the arguments.
   *
   * @throws CmdaiException with {@link ExitCode#USAGE} when they make no sense
   */
  static Options parse(String... arguments) {
    String first = firstWord(arguments);
    if (RESERVED.contains(first)) {
      throw notYet("'" + first + "'");
    }
    boolean isCommand = COMMANDS.contains(first);
    ParseResult root = parsed(CommandLineModel.of(isCommand), arguments);
    ParseResult sub = isCommand ? root.subcommand() : null;
    List<String> words = (sub == null ? root : sub).matchedPositionalValue(0, List.<String>of());
    if (!isCommand && words.size() > 1 && words.contains("-")) {
      throw usage("a single - stands for the whole request", "Leave out the other words.", null);
    }
    Values values = new Values(root, sub);
    Options.Action action = action(values, first);
    String model = values.name("--model");
    if (action == Options.Action.MODEL_INFO) {
      model = modelToDescribe(first, words, model);
    }
    return new Options(
        action,
        isCommand ? first : null,
        words,
        values.name("--backend"),
        model,
        values.choice("--shell", Shell::byId, "bash, zsh, fish, sh, powershell or cmd"),
        values.choice("--os", OperatingSystem::byId, "linux, macos or windows"),
        Optional.ofNullable(values.choice("--output", OutputFormat::byId, "plain, json or yaml"))
            .orElse(OutputFormat.PLAIN),
        Optional.ofNullable(
                values.choice("--safety", SafetyLevel::byId, "strict, moderate or permissive"))
            .orElse(SafetyLevel.MODERATE),
        values.isSet("--offline"),
        timeout(values.text("--timeout")),
        maxTokens(values.text("--max-tokens")),
        temperature(values.text("--temperature")),
        values.isSet("--decode"),
        !values.isSet("--no-special"),
        !values.isSet("--no-parse-special"),
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

  /**
   * The first word of a command line with a subcommand's name anywhere in it, or nothing: other
   * command lines need no look ahead.
   */
  private static String firstWord(String... arguments) {
    boolean hasName = false;
    for (String argument : arguments) {
      hasName |= COMMANDS.contains(argument) || RESERVED.contains(argument);
    }
    if (!hasName) {
      return "";
    }
    ParseResult upToFirst = parsed(CommandLineModel.of(false).setStopAtPositional(true), arguments);
    List<String> words = upToFirst.matchedPositionalValue(0, List.<String>of());
    return words.isEmpty() || isAfterTwoHyphens(words.getFirst(), arguments)
        ? ""
        : words.getFirst();
  }

  private static Options.Action action(Values values, String command) {
    if (values.isSet("--version")) {
      return Options.Action.VERSION;
    }
    if (values.isSet("--help")) {
      return Options.Action.HELP;
    }
    return switch (command) {
      case CommandLineModel.BACKENDS -> Options.Action.BACKENDS;
      case CommandLineModel.DOCTOR -> Options.Action.DOCTOR;
      case CommandLineModel.CHECK -> Options.Action.CHECK;
      case CommandLineModel.TOKENIZE -> Options.Action.TOKENIZE;
      case CommandLineModel.MODELS, CommandLineModel.MODEL_INFO -> Options.Action.MODEL_INFO;
      default -> Options.Action.GENERATE;
    };
  }

  /** The model named by {@code models info MODEL}, {@code model-info MODEL} or {@code -m MODEL}. */
  private static @Nullable String modelToDescribe(
      String command, List<String> words, @Nullable String option) {
    List<String> names = words;
    if (command.equals(CommandLineModel.MODELS)) {
      if (words.isEmpty()) {
        throw usage("models what?", "This version has: cmdai models info [MODEL]", null);
      }
      if (!words.getFirst().equals("info")) {
        throw notYet("'models " + words.getFirst() + "'");
      }
      names = words.subList(1, words.size());
    }
    if (names.size() > 1 || (option != null && !names.isEmpty())) {
      throw usage("more than one model is named", "Name one: cmdai models info MODEL", null);
    }
    return names.isEmpty() ? option : names.getFirst();
  }

  private static CmdaiException notYet(String command) {
    return usage(
        "there is no " + command + " command in this version",
        "What there is: cmdai --help. To ask a model for a command, put the request in quotes or --"
            + " before it.",
        null);
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
