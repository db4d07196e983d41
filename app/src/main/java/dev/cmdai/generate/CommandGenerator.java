package dev.cmdai.generate;

import dev.cmdai.api.Completion;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.api.Timings;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.BetterModel;
import dev.cmdai.prompt.CopyCheck;
import dev.cmdai.prompt.Reply;
import dev.cmdai.safety.Assessment;
import dev.cmdai.safety.Safety;
import dev.cmdai.safety.rules.RiskLevel;
import java.util.OptionalDouble;

/** Asks an open model for a command, and checks what it says. */
public final class CommandGenerator {
  private final Diagnostics diagnostics;
  private final BetterModel better;

  /**
   * Asks models.
   *
   * @param better where to send the user when a model is not good enough
   */
  public CommandGenerator(Diagnostics diagnostics, BetterModel better) {
    this.diagnostics = diagnostics;
    this.better = better;
  }

  /**
   * The command for an inquiry.
   *
   * @throws CmdaiException when there is none: why, and what to do next
   */
  public GeneratedCommand generate(Inquiry inquiry, OpenModel model) throws InterruptedException {
    Asking.Answer answer = new Asking(diagnostics).best(inquiry, model);
    Reply.Command reply = command(answer, model);
    Completion completion = answer.completion();
    Timings timings = completion.timings();
    return new GeneratedCommand(
        reply.text(),
        reply.explanation(),
        assess(reply.text(), inquiry, model),
        confidence(completion.meanLogProbability(), model),
        model.backend(),
        model.id(),
        model.description().device(),
        completion.usage(),
        new Timings(
            model.loadTime(), timings.prompt(), timings.firstToken(), timings.generation()));
  }

  /**
   * What a model says to an inquiry, unread.
   *
   * @throws CmdaiException when it says nothing: why, and what to do next
   */
  public Completion complete(Inquiry inquiry, OpenModel model) throws InterruptedException {
    return new Asking(diagnostics).first(inquiry, model).completion();
  }

  /** Models garble a name now and then, small ones more often, and make one up where none is. */
  private Assessment assess(String command, Inquiry inquiry, OpenModel model) {
    long start = System.nanoTime();
    boolean hasReadMore =
        model.description().promptStyle() != PromptStyle.REQUEST_ONLY && inquiry.input().hasBegun();
    String doubt =
        hasReadMore // The names may come from there.
            ? ""
            : CopyCheck.of(inquiry.request().text(), command).warning().orElse("");
    Assessment assessment =
        Safety.assess(command, inquiry.context().shell(), inquiry.safety().withDoubt(doubt));
    if (!doubt.isEmpty() && assessment.level() == RiskLevel.SAFE) {
      diagnostics.warning(doubt);
    }
    long micros = (System.nanoTime() - start) / 1000;
    diagnostics.detail(() -> "judged in " + micros + " µs");
    return assessment;
  }

  private Confidence confidence(OptionalDouble meanLogProbability, OpenModel model) {
    boolean isUnsure = Confidence.isUnsure(meanLogProbability, model.unsureBelow());
    return new Confidence(
        meanLogProbability, model.unsureBelow(), isUnsure ? better.than(model.quality()) : "");
  }

  private Reply.Command command(Asking.Answer answer, OpenModel model) {
    if (answer.isCutOff()) {
      throw new CmdaiException(
          ExitCode.NO_COMMAND,
          "the model was cut off in the middle of its reply after "
              + answer.completion().usage().generatedTokens()
              + " tokens",
          "Allow more with --max-tokens, or ask for less at once.");
    }
    return switch (answer.reply()) {
      case Reply.Command command -> command;
      case Reply.NoCommand none ->
          throw new CmdaiException(
              ExitCode.NO_COMMAND,
              "no command: " + none.reason(),
              otherWords(better.than(model.quality())));
    };
  }

  private static String otherWords(String better) {
    return "Say it in other words" + (better.isEmpty() ? "." : ", or " + better);
  }
}
