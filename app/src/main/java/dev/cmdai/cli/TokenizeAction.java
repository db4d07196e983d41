package dev.cmdai.cli;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.host.OpenTokenizer;
import dev.cmdai.host.PluginHost;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.tokenize.Conversion;
import dev.cmdai.tokenize.LineTokenizer;
import dev.cmdai.tokenize.TokenTable;
import java.io.InputStream;
import java.util.List;

/** {@code cmdai tokenize}: texts to tokens and back. */
final class TokenizeAction {
  private final Options options;
  private final Terminal terminal;
  private final InputStream in;

  TokenizeAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  ExitCode run() {
    if (options.output() == OutputFormat.YAML) {
      throw new CmdaiException(
          ExitCode.USAGE, "tokenize has no YAML output", "Write -o json, or leave -o out.");
    }
    OpenTokenizer tokenizer = open();
    Conversion conversion =
        new Conversion(
            options.isDecoding(),
            options.addSpecial(),
            options.parseSpecial(),
            options.output() == OutputFormat.JSON);
    LineTokenizer lines = new LineTokenizer(tokenizer, conversion, Terminal::printable);
    if (options.words().isEmpty() || options.words().equals(List.of("-"))) {
      lines.convert(in, StandardOutput::write);
    } else if (conversion.isJson() || conversion.isDecoding()) {
      StandardOutput.write(lines.convert(words()));
    } else {
      StandardOutput.write(table(tokenizer));
    }
    return ExitCode.OK;
  }

  /** Loading a plugin and a file must not take longer than the user allows; converting may. */
  private OpenTokenizer open() {
    Program program = Program.start(options, terminal);
    PluginHost host = program.host();
    ModelChoice models = program.models();
    ModelChoice.Choice<OpenTokenizer> choice =
        new Supervisor(Deadline.after(options.timeout()), new Cancellation())
            .call(() ->
                models.read(
                    options.model(),
                    (path, format) ->
                        host.openTokenizer(path, format, program.environments(), terminal::warning),
                    terminal::warning));
    terminal.detail(() -> "the tokenizer of " + choice.model().path());
    return choice.content();
  }

  private String words() {
    return String.join(" ", options.words());
  }

  private String table(OpenTokenizer tokenizer) {
    List<List<String>> rows =
        new TokenTable(tokenizer).rows(words(), options.addSpecial(), options.parseSpecial());
    return TextTable.of(rows, 0) + rows.size() + (rows.size() == 1 ? " token\n" : " tokens\n");
  }
}
