package dev.cmdai.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.api.Cancellation;
import dev.cmdai.api.Capability;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Deadline;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.FinishReason;
import dev.cmdai.api.ModelDescription;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.PromptStyle;
import dev.cmdai.api.Sampling;
import dev.cmdai.api.TokenListener;
import dev.cmdai.catalogue.Catalogue;
import dev.cmdai.config.Config;
import dev.cmdai.context.Context;
import dev.cmdai.context.OperatingSystem;
import dev.cmdai.failure.CmdaiException;
import dev.cmdai.failure.ExitCode;
import dev.cmdai.models.BetterModel;
import dev.cmdai.models.ConfiguredModels;
import dev.cmdai.models.ModelChoice;
import dev.cmdai.models.ModelLibrary;
import dev.cmdai.prompt.RequestText;
import dev.cmdai.safety.Action;
import dev.cmdai.safety.SafetyContext;
import dev.cmdai.shell.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a model's reply to a checked command. The session is the edge of the world here: a plugin's.
 */
class CommandGeneratorTest {
  private final List<String> warnings = new ArrayList<>();
  private final List<CompletionRequest> asked = new ArrayList<>();
  private final Map<String, String> replies = new HashMap<>();
  private String request = "remove the folder build";

  @TempDir Path folder;

  private GeneratedCommand generate(PromptStyle style, String reply, FinishReason reason)
      throws InterruptedException {
    return generate(session(style, reply, reason, OptionalDouble.empty()), OptionalDouble.empty());
  }

  private GeneratedCommand generate(ModelSession session, OptionalDouble unsureBelow)
      throws InterruptedException {
    Inquiry inquiry =
        new Inquiry(
            RequestText.of(request),
            ContextInput.NONE,
            Context.elsewhere(OperatingSystem.LINUX, Shell.BASH),
            SafetyContext.UNKNOWN,
            Sampling.GREEDY,
            64,
            Deadline.NEVER,
            new Cancellation());
    OpenModel model =
        new OpenModel(
            "fixture",
            "model",
            Set.of(Capability.ASSISTANT_PREFIX),
            session,
            Duration.ZERO,
            10,
            unsureBelow,
            words());
    ModelLibrary none = ModelLibrary.scan(folder, folder, ConfiguredModels.NONE, warnings::add);
    ModelChoice models = new ModelChoice(none, () -> Catalogue.of(Config.DEFAULTS, folder));
    return new CommandGenerator(diagnostics(), new BetterModel(models, false))
        .generate(inquiry, model);
  }

  private Optional<Path> words() {
    Path words = folder.resolve("request_words.txt");
    return Files.exists(words) ? Optional.of(words) : Optional.empty();
  }

  private ModelSession session(
      PromptStyle style, String reply, FinishReason reason, OptionalDouble meanLogProbability) {
    return new ModelSession() {
      @Override
      public ModelDescription model() {
        return ModelDescription.builder("fixture").promptStyle(style).build();
      }

      @Override
      public Completion complete(CompletionRequest request, TokenListener listener) {
        asked.add(request);
        String said = replies.getOrDefault(request.messages().getLast().content(), reply);
        // What has an answer of its own is well known.
        OptionalDouble likelihood =
            meanLogProbability.isPresent() && !said.equals(reply)
                ? OptionalDouble.of(-0.01)
                : meanLogProbability;
        return Completion.builder(said, reason).meanLogProbability(likelihood).build();
      }

      @Override
      public void close() {}
    };
  }

  private Diagnostics diagnostics() {
    return new Diagnostics() {
      @Override
      public boolean isVerbose() {
        return false;
      }

      @Override
      public void warning(String message) {
        warnings.add(message);
      }

      @Override
      public void detail(Supplier<String> message) {}
    };
  }

  @Test
  void theCommandIsAssessed() throws InterruptedException {
    GeneratedCommand command =
        generate(PromptStyle.INSTRUCT, "{\"cmd\":\"rm -rf build\"}", FinishReason.END_OF_TEXT);
    assertThat(command.command()).isEqualTo("rm -rf build");
    assertThat(command.assessment().action()).isEqualTo(Action.CONFIRM);
  }

  @Test
  void halfACommandIsNoCommand() {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(() -> generate(PromptStyle.REQUEST_ONLY, "rm -rf bui", FinishReason.MAX_TOKENS))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_COMMAND))
        .withMessageContaining("cut off");
  }

  @Test
  void aWholeCommandBeforeTheCutCounts() throws InterruptedException {
    GeneratedCommand command =
        generate(
            PromptStyle.INSTRUCT, "{\"cmd\":\"rm -r build\"} because", FinishReason.MAX_TOKENS);
    assertThat(command.command()).isEqualTo("rm -r build");
  }

  @Test
  void aReplyWithoutACommandIsAnError() {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(
            () -> generate(PromptStyle.INSTRUCT, "{\"cmd\":\"\"}", FinishReason.END_OF_TEXT))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_COMMAND));
  }

  @Test
  void aRefusalShowsTheWayToABetterModel() {
    assertThatExceptionOfType(CmdaiException.class)
        .isThrownBy(
            () -> generate(PromptStyle.REQUEST_ONLY, "# no command", FinishReason.END_OF_TEXT))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_COMMAND))
        .satisfies(e -> assertThat(e.remedy()).contains("cmdai models pull", "1.1 GB"));
  }

  @Test
  void aCommandBelowTheThresholdIsUnsure() throws InterruptedException {
    Confidence unsure = confidence(OptionalDouble.of(-0.11), OptionalDouble.of(-0.1));
    assertThat(unsure.isUnsure()).isTrue();
    assertThat(unsure.better()).contains("cmdai models pull");
    Confidence sure = confidence(OptionalDouble.of(-0.1), OptionalDouble.of(-0.1));
    assertThat(sure.isUnsure()).isFalse();
    assertThat(sure.meanLogProbability()).hasValue(-0.1);
    assertThat(sure.better()).isEmpty();
  }

  @Test
  void withoutAProbabilityOrAThresholdNothingIsUnsure() throws InterruptedException {
    OptionalDouble unknown = OptionalDouble.empty();
    assertThat(confidence(unknown, OptionalDouble.of(-0.1)).isUnsure()).isFalse();
    assertThat(confidence(OptionalDouble.of(-9), unknown).isUnsure()).isFalse();
  }

  private Confidence confidence(OptionalDouble meanLogProbability, OptionalDouble unsureBelow)
      throws InterruptedException {
    return generate(
            session(
                PromptStyle.REQUEST_ONLY,
                "rm -r build",
                FinishReason.END_OF_TEXT,
                meanLogProbability),
            unsureBelow)
        .confidence();
  }

  @Test
  void theModelIsAskedInItsOwnStyle() throws InterruptedException {
    generate(PromptStyle.REQUEST_ONLY, "rm -r build", FinishReason.END_OF_TEXT);
    assertThat(asked.getFirst().messages().getLast().content())
        .isEqualTo("remove the folder build");
    assertThat(asked.getFirst().assistantPrefix()).isEmpty();
    generate(PromptStyle.INSTRUCT, "{\"cmd\":\"rm -r build\"}", FinishReason.END_OF_TEXT);
    assertThat(asked.getLast().assistantPrefix()).isEqualTo("{\"cmd\":\"");
    assertThat(asked.getLast().constantMessages()).isEqualTo(1);
  }

  @Test
  void aGarbledNameIsAskedForInPlainNames() throws InterruptedException {
    request = "remove the folder bogu-lixa";
    replies.put("remove the folder project", "rm -r project");
    GeneratedCommand command =
        generate(PromptStyle.REQUEST_ONLY, "rm -r bogu-lix", FinishReason.END_OF_TEXT);
    assertThat(command.command()).isEqualTo("rm -r bogu-lixa");
    assertThat(asked).hasSize(2);
  }

  @Test
  void aModelThatLosesTheNameAgainKeepsItsFirstCommand() throws InterruptedException {
    request = "remove the folder bogu-lixa";
    replies.put("remove the folder project", "rm -r DIRECTORY");
    GeneratedCommand command =
        generate(PromptStyle.REQUEST_ONLY, "rm -r bogu-lix", FinishReason.END_OF_TEXT);
    assertThat(command.command()).isEqualTo("rm -r bogu-lix");
    assertThat(command.assessment().findings()).isNotEmpty();
  }

  @Test
  void aModelThatFollowsInstructionsIsAskedOnce() throws InterruptedException {
    request = "remove the folder bogu-lixa";
    generate(PromptStyle.INSTRUCT, "{\"cmd\":\"rm -r bogu-lix\"}", FinishReason.END_OF_TEXT);
    assertThat(asked).hasSize(1);
  }

  private GeneratedCommand generateInDoubt(String reply) throws InterruptedException {
    return generate(
        session(PromptStyle.REQUEST_ONLY, reply, FinishReason.END_OF_TEXT, OptionalDouble.of(-0.5)),
        OptionalDouble.of(-0.1));
  }

  private void know(String words) throws IOException {
    Files.writeString(folder.resolve("request_words.txt"), words.replace(' ', '\n'));
  }

  @Test
  void misspeltWordsAreMendedWhereTheModelIsInDoubt() throws IOException, InterruptedException {
    know("list hidden files");
    request = "lsit hiden fiels";
    replies.put("list hidden files", "ls -d .*");
    GeneratedCommand command = generateInDoubt("lsit hiden");
    assertThat(command.command()).isEqualTo("ls -d .*");
    assertThat(command.confidence().isUnsure()).isFalse();
    assertThat(warnings).containsExactly("request read as: list hidden files");
  }

  @Test
  void misspeltWordsAreMendedBeforeARefusalCounts() throws IOException, InterruptedException {
    know("list hidden files");
    request = "lsit hiden fiels";
    replies.put("list hidden files", "ls -d .*");
    assertThat(generateInDoubt("# no command").command()).isEqualTo("ls -d .*");
  }

  @Test
  void whatWasNoMistakeStays() throws IOException, InterruptedException {
    know("remove the change");
    request = "remove the chagne";
    replies.put("remove the change", "rm change");
    GeneratedCommand command = generateInDoubt("rm chagne");
    assertThat(command.command()).isEqualTo("rm chagne");
    assertThat(asked).hasSize(2);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aModelThatIsSureIsNotAskedForItsSpelling() throws IOException, InterruptedException {
    know("list hidden files");
    request = "lsit hiden fiels";
    generate(
        session(
            PromptStyle.REQUEST_ONLY,
            "ls -d .*",
            FinishReason.END_OF_TEXT,
            OptionalDouble.of(-0.04)),
        OptionalDouble.of(-0.1));
    assertThat(asked).hasSize(1);
  }

  @Test
  void courtesiesAreLeftOutWhereTheModelIsInDoubt() throws InterruptedException {
    request = "Would you please list hidden files?";
    replies.put("list hidden files", "ls -d .*");
    GeneratedCommand command = generateInDoubt("ls");
    assertThat(command.command()).isEqualTo("ls -d .*");
    assertThat(command.confidence().isUnsure()).isFalse();
    assertThat(warnings).isEmpty();
  }

  @Test
  void otherWordsThatBringANameNobodyWroteDoNotCount() throws InterruptedException {
    request = "remove build please";
    replies.put("remove build", "rm -r dist");
    assertThat(generateInDoubt("rm -r build").command()).isEqualTo("rm -r build");
  }

  @Test
  void aWordListThatCannotBeReadIsToldOf() throws IOException, InterruptedException {
    Files.write(folder.resolve("request_words.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
    request = "lsit hiden fiels";
    assertThat(generateInDoubt("ls").command()).isEqualTo("ls");
    assertThat(warnings).singleElement().asString().startsWith("misspelt words stay as they are");
  }
}
