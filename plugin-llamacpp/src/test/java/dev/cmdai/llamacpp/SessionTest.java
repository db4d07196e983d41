package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.Completion;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.api.Sampling;
import dev.cmdai.api.TokenListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final String REQUEST = "find pdf files larger than 10MB in Downloads";
  private static final String REPLY = "find ~/Downloads -type f -name \"*.pdf\" -size +10M";

  private static ModelSession session;

  @BeforeAll
  static void open() throws BackendException {
    session = Models.openTiny();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void modelDescribesItself() {
    assertThat(session.model().architecture()).isEqualTo("llama");
    assertThat(session.model().parameterCount()).isEqualTo(6_163_712);
    assertThat(session.model().contextLength()).isEqualTo(256);
    assertThat(session.model().promptStyle()).isEqualTo(PromptStyle.REQUEST_ONLY);
    assertThat(session.model().name()).isNotBlank();
  }

  @Test
  void piecesJoinedAreTheText() throws BackendException {
    List<String> pieces = new ArrayList<>();
    Completion completion = session.complete(Models.request(REQUEST).build(), pieces::add);
    assertThat(completion.text()).isEqualTo(REPLY);
    assertThat(pieces).hasSizeGreaterThan(5).doesNotContain("");
    assertThat(String.join("", pieces)).isEqualTo(REPLY);
    assertThat(completion.finishReason()).isEqualTo(FinishReason.END_OF_TEXT);
  }

  @Test
  void usageCountsPromptAndReply() throws BackendException {
    Completion completion =
        session.complete(Models.request("list files").build(), TokenListener.NONE);
    assertThat(completion.usage().promptTokens()).isEqualTo(5);
    assertThat(completion.usage().generatedTokens()).isEqualTo(3);
    assertThat(completion.timings().firstToken()).isPositive();
  }

  @Test
  void onlyTheFirstCompletionReportsTheLoad() throws BackendException {
    try (ModelSession fresh = Models.openTiny()) {
      Completion first = fresh.complete(Models.request("list files").build(), TokenListener.NONE);
      Completion second = fresh.complete(Models.request("list files").build(), TokenListener.NONE);
      assertThat(first.timings().load()).isPositive();
      assertThat(second.timings().load()).isEqualTo(Duration.ZERO);
    }
  }

  @Test
  void textEndsBeforeTheStopString() throws BackendException {
    List<String> pieces = new ArrayList<>();
    Completion completion =
        session.complete(
            Models.request(REQUEST).stopStrings(List.of("nothing", "e f -na")).build(),
            pieces::add);
    assertThat(completion.text()).isEqualTo("find ~/Downloads -typ");
    assertThat(String.join("", pieces)).isEqualTo(completion.text());
    assertThat(completion.finishReason()).isEqualTo(FinishReason.STOP_STRING);
  }

  @Test
  void atMostMaxTokensAreGenerated() throws BackendException {
    Completion completion =
        session.complete(Models.request(REQUEST).maxTokens(2).build(), TokenListener.NONE);
    assertThat(completion.usage().generatedTokens()).isEqualTo(2);
    assertThat(completion.finishReason()).isEqualTo(FinishReason.MAX_TOKENS);
    assertThat(REPLY).startsWith(completion.text());
  }

  @Test
  void fullContextEndsTheReply() throws BackendException {
    Completion completion =
        session.complete(
            Models.request("x").grammar(Models.ENDLESS).maxTokens(5000).build(),
            TokenListener.NONE);
    assertThat(completion.finishReason()).isEqualTo(FinishReason.MAX_TOKENS);
    assertThat(completion.usage().promptTokens() + completion.usage().generatedTokens())
        .isEqualTo(256);
  }

  @Test
  void replyBeginsWithTheAssistantPrefix() throws BackendException {
    List<String> pieces = new ArrayList<>();
    Completion completion =
        session.complete(Models.request("list files").assistantPrefix("ls -").build(), pieces::add);
    assertThat(pieces.getFirst()).isEqualTo("ls -");
    assertThat(completion.text()).startsWith("ls -l").isEqualTo(String.join("", pieces));
  }

  @Test
  void grammarRestrictsTheReply() throws BackendException {
    Completion completion =
        session.complete(
            Models.request("list files").grammar("root ::= \"du\" \" -s\" [a-h]").build(),
            TokenListener.NONE);
    assertThat(completion.text()).matches("du -s[a-h]");
    assertThat(completion.finishReason()).isEqualTo(FinishReason.END_OF_TEXT);
  }

  @Test
  void badGrammarIsRefused() {
    for (String bad : List.of("root ::= (", "start ::= \"a\"", "", "root ::= root \"a\"")) {
      assertThatThrownBy(() ->
              session.complete(
                  Models.request("list files").grammar(bad).build(), TokenListener.NONE))
          .as(bad)
          .isInstanceOf(BackendException.Unsupported.class)
          .hasMessageContaining("grammar");
    }
  }

  @Test
  void jsonSchemaIsRefused() {
    assertThatThrownBy(() ->
            session.complete(
                Models.request("list files").jsonSchema("{}").build(), TokenListener.NONE))
        .isInstanceOf(BackendException.Unsupported.class);
  }

  @Test
  void sameSeedGivesTheSameReply() throws BackendException {
    assertThat(sampled(7)).isEqualTo(sampled(7));
  }

  @Test
  void otherSeedsGiveOtherReplies() throws BackendException {
    Set<String> replies = new HashSet<>();
    for (int seed = 0; seed < 8; seed++) {
      replies.add(sampled(seed));
    }
    assertThat(replies).hasSizeGreaterThan(2);
  }

  private static String sampled(int seed) throws BackendException {
    return session
        .complete(
            Models.request("do something useful")
                .sampling(new Sampling(2f, 40, 0.99f, 0.001f, 1.1f, seed))
                .maxTokens(30)
                .build(),
            TokenListener.NONE)
        .text();
  }

  @Test
  void topKOfOneIsGreedy() throws BackendException {
    Completion completion =
        session.complete(
            Models.request(REQUEST).sampling(new Sampling(5f, 1, 1f, 0f, 1f, 3)).build(),
            TokenListener.NONE);
    assertThat(completion.text()).isEqualTo(REPLY);
  }

  @Test
  void repeatPenaltyChangesAReplyThatRepeats() throws BackendException {
    Completion plain =
        session.complete(
            Models.request("x").grammar("root ::= [a-z] root").maxTokens(40).build(),
            TokenListener.NONE);
    Completion penalised =
        session.complete(
            Models.request("x")
                .grammar("root ::= [a-z] root")
                .sampling(new Sampling(0, 0, 1, 0, 10, 0))
                .maxTokens(40)
                .build(),
            TokenListener.NONE);
    assertThat(penalised.text().chars().distinct().count())
        .isGreaterThan(plain.text().chars().distinct().count());
  }

  @Test
  void promptThatDoesNotFitIsRefusedBeforeItIsComputed() {
    String longText = "word ".repeat(400);
    assertThatThrownBy(() -> session.complete(Models.request(longText).build(), TokenListener.NONE))
        .isInstanceOf(BackendException.ContextOverflow.class)
        .hasMessageMatching(".*\\d{3,} tokens.*256.*");
  }

  @Test
  void listenersExceptionEndsTheCompletionAndLeavesTheSessionUsable() throws BackendException {
    assertThatThrownBy(() ->
            session.complete(
                Models.request(REQUEST).build(),
                piece -> {
                  throw new IllegalArgumentException("no more");
                }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(session.complete(Models.request(REQUEST).build(), TokenListener.NONE).text())
        .isEqualTo(REPLY);
  }

  @Test
  void oddCharactersAreOrdinaryText() throws BackendException {
    for (String odd :
        List.of("", "\0 zero\0", "\uD800 lone", "right \u202E left", "😀", "\uE000\uE001")) {
      assertThat(
              session
                  .complete(Models.request(odd).maxTokens(5).build(), TokenListener.NONE)
                  .usage()
                  .promptTokens())
          .as(odd)
          .isGreaterThanOrEqualTo(3);
    }
  }
}
