package dev.cmdai.cli;

import dev.cmdai.config.Setting;
import dev.cmdai.config.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * The options and subcommands that there are, with their help. Built by hand: picocli's annotations
 * would cost reflection at every start.
 */
final class CommandLineModel {
  static final String BACKENDS = "backends";
  static final String TOKENIZE = "tokenize";
  static final String MODELS = "models";
  static final String MODEL_INFO = "model-info";
  static final String DOWNLOAD_MODEL = "download-model";
  static final String CLEAR_CACHE = "clear-cache";
  static final String DOCTOR = "doctor";
  static final String CONFIG = "config";
  static final String CHECK = "check";

  private CommandLineModel() {}

  /** The whole program's options, with or without its subcommands. */
  static CommandLine of(boolean withSubcommands) {
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
            "  cmdai -x \"show the free space on every disk\"",
            "  cmdai --shell zsh --os macos \"show the listening ports\"",
            "",
            "Most options can be given once for every run: see cmdai config --help.",
            "",
            "Exit codes: 0 done, 1 internal error, 2 usage, 3 no usable backend or model,",
            "4 no command, 5 blocked, 6 confirmation needed, 7 timeout, 8 network, 130"
                + " interrupted;",
            "with --execute that of the command.");
    root.addOption(value(Settings.BACKEND, "ID", "-b"));
    root.addOption(value(Settings.MODEL, "MODEL", "-m"));
    root.addOption(value(Settings.SHELL, "SHELL", "-s"));
    root.addOption(value(Settings.OS, "OS"));
    root.addOption(value(Settings.OUTPUT, "FORMAT", "-o"));
    root.addOption(value(Settings.SAFETY_LEVEL, "LEVEL"));
    root.addOption(
        flag("Let your own rules lift what destroys a system too.", "--i-know-what-i-am-doing"));
    root.addOption(local("Run the command, once safety lets it.", "-x", "--execute"));
    root.addOption(local("Answer its question with yes. Lifts no block.", "-y", "--yes"));
    root.addOption(local("Say what --execute would do, and do nothing.", "--dry-run"));
    root.addOption(flag(Settings.OFFLINE.description(), "--offline"));
    root.addOption(value(Settings.TIMEOUT, "TIME"));
    root.addOption(value(Settings.MAX_TOKENS, "N"));
    root.addOption(value(Settings.TEMPERATURE, "T"));
    root.addOption(flag("Tell how it went, on standard error.", "-v", "--verbose"));
    root.addOption(flag("Leave out warnings.", "-q", "--quiet"));
    root.addOption(flagBuilder("Print this help.", "-h", "--help").usageHelp(true).build());
    root.addOption(flagBuilder("Print the version.", "-V", "--version").versionHelp(true).build());
    root.addPositional(words("WORDS", "The request. A single - reads it from standard input."));

    if (withSubcommands) {
      root.addSubcommand(BACKENDS, backends());
      root.addSubcommand(TOKENIZE, tokenize());
      root.addSubcommand(MODELS, ModelCommands.all());
      root.addSubcommand(MODEL_INFO, ModelCommands.info());
      root.addSubcommand(DOWNLOAD_MODEL, ModelCommands.download());
      root.addSubcommand(CLEAR_CACHE, ModelCommands.clear());
      root.addSubcommand(DOCTOR, doctor());
      root.addSubcommand(CONFIG, config());
      root.addSubcommand(CHECK, check());
    }

    CommandLine commandLine = new CommandLine(root);
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commandLine.setExpandAtFiles(false);
    // The last one counts, so that an alias can be overruled.
    commandLine.setOverwrittenOptionsAllowed(true);
    commandLine.setUsageHelpWidth(88);
    return commandLine;
  }

  private static CommandSpec backends() {
    CommandSpec spec = CommandSpec.create().name(BACKENDS);
    spec.usageMessage()
        .description("List what can run models here: rank, state, model and reason.");
    return spec;
  }

  private static CommandSpec tokenize() {
    CommandSpec spec = CommandSpec.create().name(TOKENIZE);
    spec.usageMessage()
        .description("Split text into the tokens of a model, or join tokens to text.")
        .footer(
            "",
            "With TEXT, prints a table of its tokens. Without, each line of standard input is a",
            "text and gives a line of ids; with --decode the other way round. With -o json each",
            "text is a JSON string and each line of ids a JSON array.",
            "",
            "Examples:",
            "  cmdai tokenize \"list all files\"",
            "  cmdai tokenize -m FILE.gguf < lines.txt",
            "  cmdai tokenize --decode 12 345 6");
    spec.addOption(local("Join tokens to text.", "--decode"));
    spec.addOption(
        local("Leave out the tokens that the model wants around a text.", "--no-special"));
    spec.addOption(
        local("Treat control tokens written out in a text as text.", "--no-parse-special"));
    spec.addPositional(words("TEXT", "A text; with --decode, ids."));
    return spec;
  }

  private static CommandSpec doctor() {
    CommandSpec spec = CommandSpec.create().name(DOCTOR);
    spec.usageMessage()
        .description("Check folders, plugins and models, and let each backend answer once.")
        .footer(
            "",
            "Exit code 0 when at least one backend answered, otherwise 3.",
            "",
            "Examples:",
            "  cmdai doctor",
            "  cmdai doctor -o json --backend onnx");
    return spec;
  }

  private static CommandSpec config() {
    CommandSpec spec = CommandSpec.create().name(CONFIG);
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .customSynopsis(
            "cmdai config get KEY",
            "       cmdai config set KEY VALUE|-",
            "       cmdai config unset KEY",
            "       cmdai config list [--origin]",
            "       cmdai config path")
        .description("Show and change what goes for every run.")
        .footer(
            "",
            "An option goes before its environment variable, the variable before the file that",
            "config path names, the file before the default.",
            "With - the value is asked for without being shown, or taken from a pipe.",
            "",
            "Keys, with their variables:",
            keys(),
            "",
            "Examples:",
            "  cmdai config set timeout 30s",
            "  cmdai config list --origin",
            "  cmdai config get plugins.onnx.provider");
    spec.addOption(local("Tell where each value comes from.", "--origin"));
    spec.addPositional(words("VERB [KEY [VALUE]]", "What to do, with what."));
    return spec;
  }

  private static String keys() {
    StringBuilder lines = new StringBuilder();
    for (Setting<?> setting : Settings.ALL) {
      String variable = setting.variable() == null ? "" : setting.variable();
      lines.append(lines.isEmpty() ? "" : "%n");
      lines.append(("  %-18s" + variable).formatted(setting.key()).stripTrailing());
    }
    return lines.toString();
  }

  private static CommandSpec check() {
    CommandSpec spec = CommandSpec.create().name(CHECK);
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .customSynopsis("cmdai check [OPTIONS] [COMMAND]")
        .description("Judge how dangerous a shell command is, without running anything.")
        .footer(
            "",
            "COMMAND is one argument: put it in quotes. Without it, standard input is judged.",
            "Exit code 0: it may run, 6: only after a confirmation, 5: it is blocked.",
            "",
            "Examples:",
            "  cmdai check 'rm -rf ~/old'",
            "  cmdai check --shell powershell --safety strict -o json < script.ps1");
    spec.addPositional(words("COMMAND", "The command, in quotes."));
    return spec;
  }

  static PositionalParamSpec words(String label, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }

  static OptionSpec local(String description, String... names) {
    return OptionSpec.builder(names[0], rest(names))
        .type(boolean.class)
        .arity("0")
        .description(description)
        .build();
  }

  private static OptionSpec value(Setting<?> setting, String label, String... shortNames) {
    String name = Objects.requireNonNull(setting.flag());
    String[] names = Arrays.copyOf(shortNames, shortNames.length + 1);
    names[shortNames.length] = name;
    return OptionSpec.builder(names[0], rest(names))
        .type(String.class)
        .arity("1")
        .paramLabel(label)
        .description(setting.help())
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

  /** The help text of the whole program, or of a subcommand. */
  static String help(@Nullable String command) {
    CommandLine root = of(true);
    CommandLine asked =
        command == null ? root : Objects.requireNonNull(root.getSubcommands().get(command));
    return asked.getUsageMessage(Ansi.OFF);
  }
}
