package dev.cmdai.testkit;

import static dev.cmdai.testkit.BackendUnderTest.complete;
import static dev.cmdai.testkit.Failures.assertFailsWithRemedy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.BackendException.Unsupported;
import dev.cmdai.api.Capability;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each {@link Capability} promises, and how a backend without it refuses. */
final class CapabilityRules {
  private static final String GRAMMAR = "root ::= \"yes\" | \"no\"";
  private static final String SCHEMA =
      """
      {"type": "object", "properties": {"cmd": {"type": "string", "enum": ["ls", "du"]}},
       "required": ["cmd"], "additionalProperties": false}\
      """;
  private static final String MATCHES_SCHEMA = "\\s*\\{\\s*\"cmd\"\\s*:\\s*\"(ls|du)\"\\s*}\\s*";

  private final BackendUnderTest subject;

  CapabilityRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void streams() throws BackendException {
    assume(Capability.STREAMING);
    try (ModelSession session = subject.open()) {
      List<String> pieces = new ArrayList<>();
      session.complete(subject.request().build(), pieces::add);
      assertThat(pieces)
          .as("pieces of the reply to conversation(), which the descriptor says is streamed")
          .hasSizeGreaterThanOrEqualTo(3);
    }
  }

  void continuesTheAssistantPrefix() throws BackendException {
    assume(Capability.ASSISTANT_PREFIX);
    try (ModelSession session = subject.open()) {
      Completion plain = complete(session, subject.request());
      String prefix = Texts.firstHalf(Texts.requireLong(plain.text()));
      List<String> pieces = new ArrayList<>();
      Completion reply =
          session.complete(subject.request().assistantPrefix(prefix).build(), pieces::add);
      assertThat(pieces).as("the first piece is the prefix").startsWith(prefix);
      assertThat(reply.text())
          .as("the reply, prefix included")
          .isEqualTo(String.join("", pieces))
          .startsWith(prefix);
      assertThat(reply.usage().promptTokens())
          .as("tokens of a prompt with a prefix, which the model has to have read")
          .isGreaterThan(plain.usage().promptTokens());
    }
  }

  void grammarRestricts() throws BackendException {
    assume(Capability.GRAMMAR);
    try (ModelSession session = subject.open()) {
      assertThat(complete(session, subject.request().grammar(GRAMMAR)).text())
          .as("a reply under the grammar %s", GRAMMAR)
          .isIn("yes", "no");
      assertFailsWithRemedy(
          BackendException.class,
          "a grammar without rules",
          () -> complete(session, subject.request().grammar("(")));
    }
  }

  void jsonSchemaRestricts() throws BackendException {
    assume(Capability.JSON_SCHEMA);
    try (ModelSession session = subject.open()) {
      assertThat(complete(session, subject.request().jsonSchema(SCHEMA)).text())
          .as("a reply under the JSON schema %s", SCHEMA)
          .matches(MATCHES_SCHEMA);
    }
  }

  void sameSeedGivesTheSameReply() throws BackendException {
    assume(Capability.SEED);
    try (ModelSession session = subject.open()) {
      for (int seed = 1; seed <= 3; seed++) {
        CompletionRequest.Builder sampled =
            subject.request().sampling(Sampling.atTemperature(2, seed));
        assertThat(complete(session, sampled).text())
            .as("the second reply sampled with seed %d", seed)
            .isEqualTo(complete(session, sampled).text());
      }
    }
  }

  void constantPrefixOutlivesTheSession(Path cache) throws BackendException {
    assume(Capability.PREFIX_CACHE);
    Completion computed = completeWithPrefix(cache, true);
    Completion restored = completeWithPrefix(cache, true);
    assertThat(restored.usage().cachedTokens())
        .as("tokens of the constant prefix that the second session restored")
        .isPositive();
    assertThat(restored.text()).as("the reply after that").isEqualTo(computed.text());
  }

  void prefixLeavesNoTraceUnlessItMay(Path cache) throws BackendException, IOException {
    Completion _ = completeWithPrefix(cache, false);
    Path kept = subject.environment(cache).prefixCache();
    if (Files.exists(kept)) {
      try (Stream<Path> files = Files.walk(kept)) {
        assertThat(files.filter(Files::isRegularFile).toList())
            .as("files in the prefix cache although the options forbid them")
            .isEmpty();
      }
    }
  }

  void refusesWhatIsAbsent() throws BackendException {
    try (ModelSession session = subject.open()) {
      for (Capability capability : subject.contract().absentCapabilities()) {
        CompletionRequest.@Nullable Builder needy =
            switch (capability) {
              case ASSISTANT_PREFIX -> subject.request().assistantPrefix("ls");
              case GRAMMAR -> subject.request().grammar(GRAMMAR);
              case JSON_SCHEMA -> subject.request().jsonSchema(SCHEMA);
              // No request can insist on these: a reply without them is only slower or another one.
              case STREAMING, SEED, PREFIX_CACHE -> null;
            };
        if (needy != null) {
          List<String> pieces = new ArrayList<>();
          assertFailsWithRemedy(
              Unsupported.class,
              "a request that needs " + capability,
              () -> session.complete(needy.build(), pieces::add));
          assertThat(pieces).as("pieces of a reply that needs %s", capability).isEmpty();
        }
      }
    }
  }

  /**
   * A conversation whose constant part is long enough to be worth keeping, in a session of its own.
   * The long message is a person's: some models read no instructions.
   */
  private Completion completeWithPrefix(Path cache, boolean mayBeKept) throws BackendException {
    HostEnvironment environment = subject.environment(cache);
    List<ChatMessage> messages = new ArrayList<>(subject.contract().conversation());
    ChatMessage last = messages.removeLast();
    messages.add(ChatMessage.user((Texts.WORDS + ", ").repeat(8)));
    messages.add(ChatMessage.assistant("ls"));
    messages.add(last);
    OpenOptions.Builder options = OpenOptions.builder(environment).prefixCached(mayBeKept);
    try (ModelSession session = subject.open(options)) {
      return complete(
          session,
          CompletionRequest.builder(messages).constantMessages(messages.size() - 1).maxTokens(8));
    }
  }

  private void assume(Capability capability) {
    assumeTrue(subject.has(capability), "the author declares " + capability + " absent");
  }
}
