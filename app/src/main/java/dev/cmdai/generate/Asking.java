package dev.cmdai.generate;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.Usage;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.prompt.BareRequest;
import dev.cmdai.prompt.CopyCheck;
import dev.cmdai.prompt.PlainNames;
import dev.cmdai.prompt.PromptBuilder;
import dev.cmdai.prompt.Reply;
import dev.cmdai.prompt.ReplyParser;
import dev.cmdai.prompt.RequestText;
import dev.cmdai.prompt.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Asks a model. One that sees the request alone is small, and knows few words and names: when it
 * was in doubt, it is asked again in such as it knows.
 */
final class Asking {
  /** The part of the model's threshold below which it is in doubt. */
  private static final double DOUBT = 0.5;

  private final Diagnostics diagnostics;

  Asking(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /**
   * What a model said.
   *
   * @param request to which words
   * @param completion all of it
   * @param reply how it is read
   * @param isCutOff whether more text might have changed it
   */
  record Answer(RequestText request, Completion completion, Reply reply, boolean isCutOff) {
    static Answer of(RequestText request, Completion completion) {
      String text = completion.text();
      Reply reply = ReplyParser.parse(text);
      // A command that more text would change is half a command: rm -rf /tmp/x cut to rm -rf /tmp.
      boolean isCutOff =
          completion.finishReason() == FinishReason.MAX_TOKENS
              && !reply.equals(ReplyParser.parse(text + "x"));
      return new Answer(request, completion, reply, isCutOff);
    }

    Optional<Reply.Command> command() {
      return !isCutOff && reply instanceof Reply.Command command
          ? Optional.of(command)
          : Optional.empty();
    }
  }

  /**
   * What a model says at first.
   *
   * @throws CmdaiException when it says nothing: why, and what to do next
   */
  Answer first(Inquiry inquiry, OpenModel model) throws InterruptedException {
    PromptBuilder prompt = prompt(inquiry, model);
    for (String warning : prompt.warnings(inquiry.input().hasBegun())) {
      diagnostics.warning(model.id() + ": " + warning);
    }
    return answer(inquiry, inquiry.request(), prompt, model);
  }

  /**
   * The best that a model says.
   *
   * @throws CmdaiException when it says nothing: why, and what to do next
   */
  Answer best(Inquiry inquiry, OpenModel model) throws InterruptedException {
    Answer first = first(inquiry, model);
    return model.description().promptStyle() == PromptStyle.REQUEST_ONLY
        ? inPlainNames(
            inBareWords(inRightWords(first, inquiry, model), inquiry, model), inquiry, model)
        : first;
  }

  private static PromptBuilder prompt(Inquiry inquiry, OpenModel model) {
    return new PromptBuilder(model.description().promptStyle(), inquiry.context());
  }

  private Answer again(Inquiry inquiry, String words, OpenModel model) throws InterruptedException {
    return answer(inquiry, RequestText.of(words), prompt(inquiry, model), model);
  }

  private Answer answer(Inquiry inquiry, RequestText words, PromptBuilder prompt, OpenModel model)
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
      return Answer.of(words, completion);
    } catch (BackendException e) {
      throw CmdaiException.of(e);
    }
  }

  private static String promptTokens(Usage usage) {
    return "prompt "
        + usage.promptTokens()
        + " tokens, "
        + usage.cachedTokens()
        + " of them cached";
  }

  /** Who was in doubt may have stumbled over a misspelt word. */
  private Answer inRightWords(Answer first, Inquiry inquiry, OpenModel model)
      throws InterruptedException {
    if (model.words().isEmpty() || (first.command().isPresent() && !isInDoubt(first, model))) {
      return first;
    }
    String asked = inquiry.request().text();
    String corrected = corrected(asked, model.words().get());
    if (corrected.equals(asked)) {
      return first;
    }
    diagnostics.detail(() -> "asking again in words that it knows: " + corrected);
    Answer again = again(inquiry, corrected, model);
    if (!isBetter(again, first, asked, model)) {
      return first;
    }
    diagnostics.warning("request read as: " + corrected);
    return again;
  }

  private String corrected(String asked, Path words) {
    try {
      return Spelling.read(words).corrected(asked).orElse(asked);
    } catch (IOException e) {
      diagnostics.warning("misspelt words stay as they are: cannot read " + words + " (" + e + ")");
      return asked;
    }
  }

  /** Who was in doubt may have stumbled over courtesies. */
  private Answer inBareWords(Answer first, Inquiry inquiry, OpenModel model)
      throws InterruptedException {
    String said = first.request().text();
    String bare = BareRequest.of(said);
    if (bare.equals(said) || first.command().isEmpty() || !isInDoubt(first, model)) {
      return first;
    }
    diagnostics.detail(() -> "asking again without courtesies: " + bare);
    Answer again = again(inquiry, bare, model);
    return isBetter(again, first, said, model)
        ? new Answer(first.request(), again.completion(), again.reply(), again.isCutOff())
        : first;
  }

  /** Far from certain, though perhaps not so far that the user has to be told. */
  private static boolean isInDoubt(Answer answer, OpenModel model) {
    OptionalDouble likelihood = answer.completion().meanLogProbability();
    return likelihood.isPresent()
        && model.unsureBelow().isPresent()
        && likelihood.getAsDouble() < model.unsureBelow().getAsDouble() * DOUBT;
  }

  private static boolean isUnsure(Answer answer, OpenModel model) {
    return Confidence.isUnsure(answer.completion().meanLogProbability(), model.unsureBelow());
  }

  /** Likelier than the first, and not by a name that the user never wrote. */
  private static boolean isBetter(Answer again, Answer first, String asked, OpenModel model) {
    Reply.Command command = again.command().orElse(null);
    if (command == null) {
      return false;
    }
    boolean hasRightNames = CopyCheck.of(asked, command.text()).isClean();
    return first
        .command()
        .map(before ->
            (hasRightNames || !CopyCheck.of(asked, before.text()).isClean())
                && likelihood(again) > likelihood(first))
        .orElse(hasRightNames && !isUnsure(again, model));
  }

  private static double likelihood(Answer answer) {
    return answer.completion().meanLogProbability().orElse(Double.NEGATIVE_INFINITY);
  }

  /** Who garbled a name is asked once more, in names that it knows. */
  private Answer inPlainNames(Answer first, Inquiry inquiry, OpenModel model)
      throws InterruptedException {
    PlainNames names =
        first
            .command()
            .flatMap(command -> PlainNames.after(first.request().text(), command.text()))
            .orElse(null);
    if (names == null) {
      return first;
    }
    diagnostics.detail(() -> "a name is garbled; asking again in plain names: " + names.request());
    Answer again = again(inquiry, names.request(), model);
    return again
        .command()
        .flatMap(command ->
            names
                .command(command.text())
                .map(text -> new Reply.Command(text, command.explanation())))
        .map(restored -> new Answer(first.request(), again.completion(), restored, false))
        .orElse(first);
  }
}
