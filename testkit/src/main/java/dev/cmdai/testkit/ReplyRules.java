package dev.cmdai.testkit;

import static dev.cmdai.testkit.BackendUnderTest.complete;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.Usage;
import java.util.ArrayList;
import java.util.List;

/** What a reply is, and where it ends. */
final class ReplyRules {
  private final BackendUnderTest subject;

  ReplyRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void sessionDescribesItsModel() throws BackendException {
    try (ModelSession session = subject.open()) {
      ModelDescription model = session.model();
      assertThat(model.name()).as("the model's name").isNotBlank();
      assertThat(model.contextLength()).as("the length of the context").isNotNegative();
      assertThat(model.parameterCount()).as("the number of parameters").isNotNegative();
      complete(session, subject.request());
      assertThat(facts(session.model()))
          .as("what the session says about its model after a request")
          .isEqualTo(facts(model));
    }
  }

  void piecesJoinToTheText() throws BackendException {
    try (ModelSession session = subject.open()) {
      for (String message : Texts.UNICODE) {
        List<String> pieces = new ArrayList<>();
        Completion reply = session.complete(subject.request(message).build(), pieces::add);
        assertThat(String.join("", pieces)).as("the pieces, joined").isEqualTo(reply.text());
        assertThat(pieces).as("pieces have something in them").doesNotContain("");
        assertThat(pieces)
            .as("a piece never begins or ends with half a character")
            .noneMatch(Texts::isTorn);
      }
    }
  }

  void usageAddsUp() throws BackendException {
    try (ModelSession session = subject.open()) {
      Completion reply = complete(session, subject.request());
      Usage usage = reply.usage();
      int context = session.model().contextLength();
      assertThat(usage.promptTokens()).as("tokens of the prompt").isPositive();
      assertThat(usage.generatedTokens())
          .as("generated tokens")
          .isBetween(1, BackendUnderTest.MAX_TOKENS);
      if (context > 0) {
        assertThat(usage.promptTokens() + usage.generatedTokens())
            .as("all tokens, within the context")
            .isLessThanOrEqualTo(context);
      }
      Usage again = complete(session, subject.request()).usage();
      assertThat(again.promptTokens())
          .as("tokens of the same prompt, asked again: cached ones count too")
          .isEqualTo(usage.promptTokens());
      assertThat(again.generatedTokens())
          .as("tokens of the same reply, asked again")
          .isEqualTo(usage.generatedTokens());
      String last = subject.contract().conversation().getLast().content();
      Usage longer = complete(session, subject.request(last + " " + Texts.WORDS)).usage();
      assertThat(longer.promptTokens())
          .as("tokens of a longer prompt")
          .isGreaterThan(usage.promptTokens());
    }
  }

  void greedyIsDeterministic() throws BackendException {
    String first;
    try (ModelSession session = subject.open()) {
      first = subject.reply(session);
      assertThat(subject.reply(session)).as("the same request again").isEqualTo(first);
      complete(session, subject.request(Texts.WORDS));
      assertThat(subject.reply(session)).as("after another request").isEqualTo(first);
    }
    assertThat(subject.reply()).as("in another session").isEqualTo(first);
  }

  void endsBeforeAStopString() throws BackendException {
    try (ModelSession session = subject.open()) {
      String whole = Texts.requireLong(subject.reply(session));
      String stop = Texts.middle(whole);
      List<String> pieces = new ArrayList<>();
      Completion reply =
          session.complete(
              subject.request().stopStrings(List.of("\u0000never", stop)).build(), pieces::add);
      assertThat(reply.text())
          .as("the reply that would be [%s], stopped at [%s]", whole, stop)
          .isEqualTo(whole.substring(0, whole.indexOf(stop)));
      assertThat(String.join("", pieces)).as("the pieces, joined").isEqualTo(reply.text());
      assertThat(reply.finishReason()).as("why it ended").isEqualTo(FinishReason.STOP_STRING);
    }
  }

  void hasAtMostMaxTokens() throws BackendException {
    try (ModelSession session = subject.open()) {
      Completion whole = complete(session, subject.request());
      for (int most = 1; most < Math.min(4, whole.usage().generatedTokens()); most++) {
        Completion part = complete(session, subject.request().maxTokens(most));
        assertThat(part.usage().generatedTokens()).as("generated tokens").isEqualTo(most);
        assertThat(part.finishReason()).as("why it ended").isEqualTo(FinishReason.MAX_TOKENS);
        // The last token may hold the first bytes of a character.
        assertThat(whole.text())
            .as("the whole reply, of which this is the beginning")
            .startsWith(part.text().replaceAll("\uFFFD+$", ""));
      }
    }
  }

  private static String facts(ModelDescription model) {
    return "%s, %s, %d parameters, context %d, %s"
        .formatted(
            model.name(),
            model.architecture(),
            model.parameterCount(),
            model.contextLength(),
            model.promptStyle());
  }
}
