package dev.cmdai.cli;

import dev.cmdai.config.Config;
import dev.cmdai.config.Setting;
import dev.cmdai.config.Settings;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.safety.SafetyLevel;
import dev.cmdai.shell.Shell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns arguments into {@link Options}. */
final class CommandLineParser {
  private static final Set<String> COMMANDS =
      Set.of(
          CommandLineModel.BACKENDS,
          CommandLineModel.TOKENIZE,
          CommandLineModel.MODELS,
          CommandLineModel.MODEL_INFO,
          CommandLineModel.DOWNLOAD_MODEL,
          CommandLineModel.CLEAR_CACHE,
          CommandLineModel.DOCTOR,
          CommandLineModel.CONFIG,
          CommandLineModel.CHECK);

  /**
   * Subcommands of the contract that this version does not have yet: no model may answer in their
   * place.
   */
  private static final Set<String> RESERVED =
      Set.of("plugins", "explain", "bench", "eval", "history", "init", "completion");

  private CommandLineParser() {}

  /**
   * Reads the arguments, and takes what they leave open from the configuration.
   *
   * @param configuration asked at most once, and not for what only tells of the program; one with a
   *     {@linkplain Config#problem problem} is refused where that would matter
   * @throws CmdaiException with {@link ExitCode#USAGE} when they make no sense
   */
  static Options parse(Supplier<Config> configuration, String... arguments) {
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
    Options.Action action = action(values, first, words);
    words = unaliased(first, words);
    Config config = config(configuration, action, words);
    return new Options(
        action,
        isCommand ? first : null,
        words,
        // A list of backends is not cut down to the one that is used.
        isAboutBackends(action)
            ? Config.DEFAULTS.value(Settings.BACKEND, values.text("--backend"))
            : config.value(Settings.BACKEND, values.text("--backend")),
        action == Options.Action.MODEL_INFO
            ? modelToDescribe(words, values, config)
            : model(values.text("--model"), config),
        Optional.ofNullable(config.value(Settings.SHELL, values.text("--shell")))
            .flatMap(Shell::byId)
            .orElse(null),
        Optional.ofNullable(config.value(Settings.OS, values.text("--os")))
            .flatMap(OperatingSystem::byId)
            .orElse(null),
        OutputFormat.byId(config.required(Settings.OUTPUT, values.text("--output"))).orElseThrow(),
        SafetyLevel.byId(config.required(Settings.SAFETY_LEVEL, values.text("--safety")))
            .orElseThrow(),
        values.isSet("--i-know-what-i-am-doing"),
        new Options.Running(
            values.isSet("--execute"), values.isSet("--yes"), values.isSet("--dry-run")),
        new Options.Fetching(values.isSet("--force"), values.isSet("--copy"), values.text("--as")),
        config.required(Settings.OFFLINE, values.isSet("--offline") ? "true" : null),
        config.required(Settings.TIMEOUT, values.text("--timeout")),
        config.required(Settings.MAX_TOKENS, values.text("--max-tokens")),
        config.required(Settings.TEMPERATURE, values.text("--temperature")),
        values.isSet("--decode"),
        !values.isSet("--no-special"),
        !values.isSet("--no-parse-special"),
        values.isSet("--verbose"),
        values.isSet("--quiet"),
        values.isSet("--origin"),
        flags(values),
        config);
  }

  private static Config config(
      Supplier<Config> configuration, Options.Action action, List<String> words) {
    if (action == Options.Action.HELP || action == Options.Action.VERSION) {
      return Config.DEFAULTS;
    }
    Config config = configuration.get();
    CmdaiException problem = config.problem().orElse(null);
    if (problem != null && !worksWithBrokenConfig(action, words)) {
      throw problem;
    }
    return config;
  }

  /** What repairs the configuration, or tells what is wrong with it. */
  private static boolean worksWithBrokenConfig(Options.Action action, List<String> words) {
    return action == Options.Action.DOCTOR
        || (action == Options.Action.CONFIG && !ConfigAction.shows(words));
  }

  private static boolean isAboutBackends(Options.Action action) {
    return action == Options.Action.BACKENDS || action == Options.Action.DOCTOR;
  }

  private static Map<String, String> flags(Values values) {
    Map<String, String> flags = new HashMap<>();
    for (Setting<?> setting : Settings.ALL) {
      String name = setting.flag();
      if (name != null && values.isSet(name)) {
        flags.put(name, name.equals("--offline") ? "true" : String.valueOf(values.text(name)));
      }
    }
    return flags;
  }

  /** No shell has seen a path in the configuration: the home folder is still a tilde. */
  private static @Nullable String model(@Nullable String option, Config config) {
    String model = config.value(Settings.MODEL, option);
    return option == null && model != null && model.startsWith("~/")
        ? Installation.userHome().resolve(model.substring(2)).toString()
        : model;
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

  private static Options.Action action(Values values, String command, List<String> words) {
    if (values.isSet("--version")) {
      return Options.Action.VERSION;
    }
    if (values.isSet("--help")) {
      return Options.Action.HELP;
    }
    return switch (command) {
      case CommandLineModel.BACKENDS -> Options.Action.BACKENDS;
      case CommandLineModel.DOCTOR -> Options.Action.DOCTOR;
      case CommandLineModel.CONFIG -> Options.Action.CONFIG;
      case CommandLineModel.CHECK -> Options.Action.CHECK;
      case CommandLineModel.TOKENIZE -> Options.Action.TOKENIZE;
      case CommandLineModel.MODEL_INFO -> Options.Action.MODEL_INFO;
      case CommandLineModel.MODELS ->
          !words.isEmpty() && words.getFirst().equals("info")
              ? Options.Action.MODEL_INFO
              : Options.Action.MODELS;
      case CommandLineModel.DOWNLOAD_MODEL, CommandLineModel.CLEAR_CACHE -> Options.Action.MODELS;
      default -> Options.Action.GENERATE;
    };
  }

  /** The words behind {@code models} that an alias stands for. */
  private static List<String> unaliased(String command, List<String> words) {
    return switch (command) {
      case CommandLineModel.DOWNLOAD_MODEL -> prepended("pull", words);
      case CommandLineModel.CLEAR_CACHE -> prepended("clear", words);
      case CommandLineModel.MODEL_INFO -> prepended("info", words);
      default -> words;
    };
  }

  private static List<String> prepended(String verb, List<String> words) {
    List<String> more = new ArrayList<>();
    more.add(verb);
    more.addAll(words);
    return more;
  }

  /** The model named by {@code models info MODEL} or {@code -m MODEL}. */
  private static @Nullable String modelToDescribe(
      List<String> words, Values values, Config config) {
    String option = values.text("--model");
    List<String> names = words.subList(1, words.size());
    if (names.size() > 1 || (option != null && !names.isEmpty())) {
      throw usage("more than one model is named", "Name one: cmdai models info MODEL", null);
    }
    return names.isEmpty() ? model(option, config) : names.getFirst();
  }

  private static CmdaiException notYet(String command) {
    return usage(
        "there is no " + command + " command in this version",
        "What there is: cmdai --help. To ask a model for a command, put the request in quotes or --"
            + " before it.",
        null);
  }

  private static String remedy(ParameterException problem) {
    if (!(problem instanceof CommandLine.UnmatchedArgumentException)) {
      return "All options: cmdai --help";
    }
    return problem.getCommandLine().getCommandName().equals(CommandLineModel.CHECK)
        ? "Put the command in quotes: cmdai check 'rm -rf x'"
        : "Put the request in quotes, or -- before it. All options: cmdai --help";
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
  }
}
