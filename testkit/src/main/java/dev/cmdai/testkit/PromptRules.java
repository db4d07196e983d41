package dev.cmdai.testkit;

import static dev.cmdai.testkit.BackendUnderTest.complete;
import static dev.cmdai.testkit.Failures.assertFailsWithRemedy;
import static dev.cmdai.testkit.Failures.assertSaysWhatToDo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.BackendException.ContextOverflow;
import dev.cmdai.api.ModelSession;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prompts that people do write: in any script, empty, far too long. */
final class PromptRules {
  private static final String LONE_SURROGATES = "half \uD83D and \uDE00 half";

  private final BackendUnderTest subject;

  PromptRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void everyCharacterIsOrdinaryText() throws BackendException {
    try (ModelSession session = subject.open()) {
      for (String text :
          Stream.concat(Texts.UNICODE.stream(), Stream.of(LONE_SURROGATES)).toList()) {
        assertThat(complete(session, subject.request(text).maxTokens(4)).usage().promptTokens())
            .as("tokens of the prompt [%s]", text)
            .isPositive();
      }
    }
  }

  void emptyIsAnsweredOrRefused() throws BackendException {
    try (ModelSession session = subject.open()) {
      try {
        assertThat(complete(session, subject.request("").maxTokens(4)))
            .as("the reply to an empty message")
            .isNotNull();
      } catch (BackendException e) {
        assertSaysWhatToDo(e, "an empty message");
      }
    }
  }

  void tooLongIsRefusedBeforeAnythingIsComputed() throws BackendException {
    try (ModelSession session = subject.open()) {
      String tooLong = subject.contract().tooLongText(session.model().contextLength());
      List<String> pieces = new ArrayList<>();
      assertFailsWithRemedy(
          ContextOverflow.class,
          "a prompt of %,d characters".formatted(tooLong.length()),
          () -> session.complete(subject.request(tooLong).build(), pieces::add));
      assertThat(pieces).as("pieces of a reply to a prompt that does not fit").isEmpty();
      assertThat(subject.reply(session)).as("the next reply of the session").isNotEmpty();
    }
  }
}
