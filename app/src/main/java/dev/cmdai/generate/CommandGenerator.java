package dev.cmdai.generate;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.api.Timings;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.BetterModel;
import dev.cmdai.prompt.CopyCheck;
import dev.cmdai.prompt.PlainNames;
import dev.cmdai.prompt.PromptBuilder;
import dev.cmdai.prompt.Reply;
import dev.cmdai.prompt.ReplyParser;
import dev.cmdai.prompt.RequestText;
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
    Completion first = complete(inquiry, model);
    Answer answer = inPlainNames(new Answer(first, command(first, model)), inquiry, model);
    Reply.Command reply = answer.reply();
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
    ModelDescription description = model.description();
    PromptBuilder prompt = new PromptBuilder(description.promptStyle(), inquiry.context());
    for (String warning : prompt.warnings(inquiry.input().hasBegun())) {
      diagnostics.warning(model.id() + ": " + warning);
    }
    return complete(inquiry, inquiry.request(), prompt, model);
  }

  private Completion complete(
      Inquiry inquiry, RequestText words, PromptBuilder prompt, OpenModel model)
      throws InterruptedException {
    String input = prompt.readsInput() ? inquiry.input().read() : "";
    CompletionRequest request =
        prompt
            .ask(words, input, model.capabilities())
            .sampling(inquiry.sampling())
            .maxTokens(inquiry.maxTokens())
            .deadline(inquiry.deadline())
            .cancellation(inquiry.cancellation())
            .build();
    diagnostics.detail(() -> "generating with " + model.description().name());
    try {
      Completion completion = model.session().complete(request, TokenListener.NONE);
      diagnostics.detail(() -> promptTokens(completion.usage()));
      diagnostics.detail(() -> "reply: " + completion.text());
      return completion;
    } catch (BackendException e) {
      throw CmdaiException.of(e);
    }
  }

  /** What a model said, and how it is read. */
  private record Answer(Completion completion, Reply.Command reply) {}

  /** A small model that garbled a name is asked once more, in names that it knows. */
  private Answer inPlainNames(Answer first, Inquiry inquiry, OpenModel model)
      throws InterruptedException {
    PromptStyle style = model.description().promptStyle();
    PlainNames names =
        style == PromptStyle.REQUEST_ONLY
            ? PlainNames.after(inquiry.request().text(), first.reply().text()).orElse(null)
            : null;
    if (names == null) {
      return first;
    }
    diagnostics.detail(() -> "a name is garbled; asking again in plain names: " + names.request());
    PromptBuilder prompt = new PromptBuilder(style, inquiry.context());
    Completion again = complete(inquiry, RequestText.of(names.request()), prompt, model);
    Reply reply = ReplyParser.parse(again.text());
    return again.finishReason() != FinishReason.MAX_TOKENS && reply instanceof Reply.Command command
        ? names
            .command(command.text())
            .map(text -> new Answer(again, new Reply.Command(text, command.explanation())))
            .orElse(first)
        : first;
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

  private Reply.Command command(Completion completion, OpenModel model) {
    String text = completion.text();
    Reply reply = ReplyParser.parse(text);
    // A command that more text would change is half a command: rm -rf /tmp/x cut to rm -rf /tmp.
    if (completion.finishReason() == FinishReason.MAX_TOKENS
        && !reply.equals(ReplyParser.parse(text + "x"))) {
      throw new CmdaiException(
          ExitCode.NO_COMMAND,
          "the model was cut off in the middle of its reply after "
              + completion.usage().generatedTokens()
              + " tokens",
          "Allow more with --max-tokens, or ask for less at once.");
    }
    return switch (reply) {
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

  private static String promptTokens(Usage usage) {
    return "prompt "
        + usage.promptTokens()
        + " tokens, "
        + usage.cachedTokens()
        + " of them cached";
  }
}
