package dev.cmdai.cli;

import dev.cmdai.config.Config;
import dev.cmdai.config.Settings;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs one command line, from arguments to exit code. */
final class Cli {
  private final InputStream in;
  private final PrintStream err;

  Cli(InputStream in, PrintStream err) {
    this.in = in;
    this.err = err;
  }

  /**
   * Does what the arguments ask for. Never throws: what goes wrong becomes a message and an exit
   * code.
   */
  int run(String... arguments) {
    Terminal terminal = new Terminal(err, false, false);
    OutputFormat output = null;
    try {
      if (arguments.length == 1
          && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
        // Answered before picocli is touched: half of what a start costs.
        return print(Version.line());
      }
      Options options = CommandLineParser.parse(Cli::config, arguments);
      output = options.output();
      terminal = new Terminal(err, options.verbose(), options.quiet());
      return switch (options.action()) {
        case GENERATE -> new GenerateAction(options, terminal, in).run();
        case BACKENDS -> new BackendsAction(options, terminal).run().status();
        case TOKENIZE -> new TokenizeAction(options, terminal, in).run().status();
        case CHECK -> new CheckAction(options, terminal, in).run().status();
        case DOCTOR -> new DoctorAction(options, terminal).run().status();
        case CONFIG -> new ConfigAction(options, terminal, in).run().status();
        case MODELS -> new ModelsAction(options, terminal, in).run().status();
        case MODEL_INFO -> new ModelInfoAction(options, terminal).run().status();
        case HELP -> print(CommandLineModel.help(options.command()));
        case VERSION -> print(Version.line());
      };
    } catch (CmdaiException e) {
      return report(e, output == null ? outputFormat(arguments) : output, terminal);
    } catch (RuntimeException | Error e) {
      String what = "unexpected failure: " + e;
      String next = "This is a bug in cmdai; the same command with -v shows where.";
      return report(
          new CmdaiException(ExitCode.INTERNAL, what, next, e),
          output == null ? outputFormat(arguments) : output,
          terminal);
    }
  }

  private static Config config() {
    return Config.loadWhatMakesSense(Installation.folders().config(), System.getenv());
  }

  private static int print(String text) {
    StandardOutput.write(text);
    return ExitCode.OK.status();
  }

  private static int report(CmdaiException problem, OutputFormat output, Terminal terminal) {
    if (problem.exitCode() == ExitCode.INTERRUPTED) {
      return ExitCode.INTERRUPTED.status();
    }
    String message = Terminal.printable(String.valueOf(problem.getMessage()));
    terminal.failure(message, problem.remedy(), problem.getCause());
    if (output != OutputFormat.PLAIN) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", problem.exitCode().id());
      error.put("message", message);
      error.put("remedy", problem.remedy());
      error.put("exit_code", problem.exitCode().status());
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("schema", 1);
      object.put("error", error);
      try {
        StandardOutput.write(StructuredText.of(object, output));
      } catch (CmdaiException e) {
        terminal.failure(String.valueOf(e.getMessage()), e.remedy(), e.getCause());
      }
    }
    return problem.exitCode().status();
  }

  /**
   * The form that the user asked for, found without a parser: a command line or a configuration
   * file that makes no sense has one too.
   */
  private static OutputFormat outputFormat(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--")) {
        break;
      }
      String value = null;
      if (argument.equals("-o") || argument.equals("--output")) {
        value = i + 1 < arguments.length ? arguments[i + 1] : "";
      } else if (argument.startsWith("--output=")) {
        value = argument.substring("--output=".length());
      } else if (argument.startsWith("-o")) {
        value = argument.substring(argument.startsWith("-o=") ? 3 : 2);
      }
      Optional<OutputFormat> format = value == null ? Optional.empty() : OutputFormat.byId(value);
      if (format.isPresent()) {
        return format.get();
      }
    }
    try {
      return OutputFormat.byId(config().required(Settings.OUTPUT, null)).orElseThrow();
    } catch (CmdaiException e) {
      // A configuration that makes no sense does not tell; the user is told of it elsewhere.
      return OutputFormat.PLAIN;
    }
  }
}
