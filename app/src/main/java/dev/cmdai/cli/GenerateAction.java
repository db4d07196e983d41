package dev.cmdai.cli;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.Sampling;
import dev.cmdai.api.Timings;
import dev.cmdai.api.Usage;
import dev.cmdai.context.Context;
import dev.cmdai.context.ContextDetector;
import dev.cmdai.context.Machine;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.generate.CommandGenerator;
import dev.cmdai.generate.Confidence;
import dev.cmdai.generate.ContextInput;
import dev.cmdai.generate.GeneratedCommand;
import dev.cmdai.generate.Inquiry;
import dev.cmdai.generate.OpenModel;
import dev.cmdai.models.BetterModel;
import dev.cmdai.models.MissingModelException;
import dev.cmdai.prompt.InvalidRequestException;
import dev.cmdai.prompt.RequestText;
import dev.cmdai.safety.Action;
import dev.cmdai.safety.Finding;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code cmdai WORDS...}: generates one command and prints it, unless it is blocked, or runs it.
 */
final class GenerateAction {
  static final String UNSURE = "unsure: the model is not certain of this command";

  private final Options options;
  private final Terminal terminal;
  private final InputStream in;
  private final ProcessClock clock = new ProcessClock();
  private volatile boolean isBundledAlone;

  GenerateAction(Options options, Terminal terminal, InputStream in) {
    this.options = options;
    this.terminal = terminal;
    this.in = in;
  }

  /**
   * Does it.
   *
   * @return an exit status: one of {@link ExitCode}, or that of the command that ran
   */
  int run() {
    CommandObject object;
    try {
      object = generate();
    } catch (MissingModelException missing) {
      new DownloadOffer(options, terminal, in).accept(missing);
      object = generate();
    }
    int status =
        options.running().isWanted() || options.running().isDry()
            ? new RunAction(options, terminal, in).run(object)
            : print(object).status();
    if (isBundledAlone && object.generated().confidence().better().isEmpty()) {
      new FirstRunHint(options, terminal).show();
    }
    return status;
  }

  private CommandObject generate() {
    Deadline deadline = Deadline.after(options.timeout());
    Cancellation cancellation = new Cancellation();
    try {
      return new Supervisor(deadline, cancellation).call(() -> generate(deadline, cancellation));
    } catch (CmdaiException e) {
      throw e.exitCode() == ExitCode.TIMEOUT ? timeout(e) : e;
    }
  }

  private CommandObject generate(Deadline deadline, Cancellation cancellation)
      throws InterruptedException {
    PipedInput piped = StandardInput.isTerminal() ? null : new PipedInput(in, terminal);
    RequestText request = request(piped);
    ContextInput input = piped == null || isRequestPiped() ? ContextInput.NONE : piped;
    Context context =
        new ContextDetector(Machine.current()).detect(options.operatingSystem(), options.shell());
    Program program = Program.start(options, terminal);
    isBundledAlone = program.library().isBundledAlone();
    Duration startup = clock.sinceStart();
    GeneratedCommand generated;
    try (OpenModel model =
        program.opener().open(options.backend(), options.model(), deadline, cancellation)) {
      Inquiry inquiry =
          new Inquiry(
              request,
              input,
              context,
              SafetyContexts.of(context, options),
              sampling(),
              options.maxTokens(),
              deadline,
              cancellation);
      generated =
          new CommandGenerator(terminal, new BetterModel(program.models(), options.offline()))
              .generate(inquiry, model);
    }
    Duration total = clock.sinceStart();
    terminal.detail(() -> summary(generated, startup, total));
    return new CommandObject(request, context, generated, startup, total, null);
  }

  private boolean isRequestPiped() {
    return options.words().isEmpty() || options.words().equals(List.of("-"));
  }

  private RequestText request(@Nullable PipedInput piped) throws InterruptedException {
    String words = String.join(" ", options.words());
    if (isRequestPiped()) {
      if (piped == null && options.words().isEmpty()) {
        throw new CmdaiException(
            ExitCode.USAGE,
            "there is no request",
            "Say what you want to do: cmdai list all files, including hidden ones. All options:"
                + " cmdai --help");
      }
      words = (piped == null ? new PipedInput(in, terminal) : piped).readAll();
    }
    try {
      return RequestText.of(words);
    } catch (InvalidRequestException e) {
      throw new CmdaiException(ExitCode.USAGE, String.valueOf(e.getMessage()), e.remedy(), e);
    }
  }

  private Sampling sampling() {
    return options.temperature() == 0
        ? Sampling.GREEDY
        : Sampling.atTemperature(options.temperature(), ThreadLocalRandom.current().nextInt());
  }

  private ExitCode print(CommandObject object) {
    GeneratedCommand generated = object.generated();
    boolean isBlocked = generated.assessment().action() == Action.BLOCK;
    if (options.output() != OutputFormat.PLAIN) {
      StandardOutput.write(StructuredText.of(object.asMap(), options.output()));
      return isBlocked ? ExitCode.BLOCKED : ExitCode.OK;
    }
    if (isBlocked) {
      throw blocked(generated);
    }
    StandardOutput.write(generated.command() + "\n");
    if (generated.assessment().action() == Action.CONFIRM) {
      terminal.warning(risk(generated) + ". Look twice before you run it");
    }
    if (generated.confidence().isUnsure()) {
      terminal.notice(unsure(generated.confidence()));
    }
    return ExitCode.OK;
  }

  static CmdaiException blocked(GeneratedCommand generated) {
    return new CmdaiException(
        ExitCode.BLOCKED,
        "the command is blocked: " + worst(generated),
        "Ask for something smaller. With -o json the command is shown all the same.");
  }

  /** Such as {@code high risk: deletes a folder}. */
  static String risk(GeneratedCommand generated) {
    return generated.assessment().level().id() + " risk: " + worst(generated);
  }

  /** Such as {@code unsure: the model is not certain of this command; check it}. */
  static String unsure(Confidence confidence) {
    return UNSURE + "; check it" + confidence.orBetter();
  }

  private static String worst(GeneratedCommand generated) {
    return generated.assessment().findings().stream()
        .findFirst()
        .map(Finding::message)
        .orElse(generated.assessment().level().id());
  }

  private CmdaiException timeout(CmdaiException reason) {
    return new CmdaiException(
        ExitCode.TIMEOUT,
        "no command within " + readable(options.timeout()) + ": " + reason.getMessage(),
        "Allow more time with --timeout, or use a smaller model.",
        reason);
  }

  private static String readable(Duration time) {
    long millis = time.toMillis();
    return millis >= 1000 && millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private static String summary(GeneratedCommand generated, Duration startup, Duration total) {
    Usage usage = generated.usage();
    Timings timings = generated.timings();
    return generated.backend()
        + " ran "
        + generated.model()
        + (generated.device().isEmpty() ? "" : " on " + generated.device())
        + ": start-up "
        + startup.toMillis()
        + " ms, load "
        + timings.load().toMillis()
        + " ms, prompt "
        + usage.promptTokens()
        + " tokens ("
        + usage.cachedTokens()
        + " cached) "
        + timings.prompt().toMillis()
        + " ms, first token "
        + timings.firstToken().toMillis()
        + " ms, "
        + usage.generatedTokens()
        + " tokens generated in "
        + timings.generation().toMillis()
        + " ms"
        + certainty(generated.confidence())
        + ", total "
        + total.toMillis()
        + " ms";
  }

  private static String certainty(Confidence confidence) {
    OptionalDouble mean = confidence.meanLogProbability();
    return mean.isPresent()
        ? String.format(Locale.ROOT, ", mean log-probability %.3f", mean.getAsDouble())
        : "";
  }
}
