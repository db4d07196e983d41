package dev.cmdai.testkit;

import dev.cmdai.api.Capability;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every {@link InferenceBackend} keeps, as tests: extend this class in the tests of a plugin.
 *
 * <pre>{@code
 * class MyBackendContractTest extends InferenceBackendContract {
 *   @Override
 *   protected InferenceBackend backend() {
 *     return new MyBackend();
 *   }
 *
 *   @Override
 *   protected ModelReference model() {
 *     return ModelReference.local("tiny", "gguf", Path.of("models/tiny.gguf"), 0);
 *   }
 * }
 * }</pre>
 *
 * <p>Each rule opens sessions of its own, so the model should be a small one. Rules that only a
 * process of its own can show, tagged {@code process}, create the author's class once more in a
 * child JVM with the same class path, by its constructor without arguments and without JUnit: what
 * the overridden methods return must not depend on {@code @BeforeAll} and the like. {@link
 * #model()} alone is asked only in the process of the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // Rules that measure must not be disturbed by others.
@Timeout(value = 10, unit = TimeUnit.MINUTES) // A backend that hangs must not hang the build.
public abstract class InferenceBackendContract {
  private static final String PROCESS = "process";

  @TempDir private Path folder;
  private BackendUnderTest subject;
  private ChildRuns children;

  /** Called by the constructor of the author's class. */
  @SuppressWarnings("NullAway.Init") // JUnit sets the fields before it runs a rule.
  protected InferenceBackendContract() {}

  /**
   * The backend, as the host would create it.
   *
   * @return a new instance on every call
   */
  protected abstract InferenceBackend backend();

  /**
   * A model that the backend opens: the smallest that there is.
   *
   * @return a reference whose format the descriptor names
   */
  protected abstract ModelReference model();

  /**
   * What the backend cannot do. A capability that is named here must be absent in the descriptor
   * too, and a request that needs it must be refused; every other one must be there and work.
   *
   * @return none, unless overridden
   */
  protected Set<Capability> absentCapabilities() {
    return EnumSet.noneOf(Capability.class);
  }

  /**
   * The user's settings for the plugin.
   *
   * @return none, unless overridden
   */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /**
   * What the model is asked. Its greedy reply must have some length: at least eight characters, and
   * three pieces where the backend streams. The last message is the user's.
   *
   * @return a system message and a request for a command, unless overridden
   */
  protected List<ChatMessage> conversation() {
    return List.of(
        ChatMessage.system("Linux"),
        ChatMessage.user("find pdf files larger than 10MB in Downloads"));
  }

  /**
   * A message that no context of the session holds.
   *
   * @param contextLength tokens of the session's context; 0 when the backend does not know
   * @return as many words as there are tokens, unless overridden
   */
  protected String tooLongText(int contextLength) {
    return "word ".repeat(contextLength == 0 ? 1_000_000 : contextLength);
  }

  /**
   * A model that is not there.
   *
   * @param emptyFolder a folder for the rule alone
   * @return a path that does not exist, or a name that no server knows, unless overridden
   */
  protected ModelReference missingModel(Path emptyFolder) {
    return DamagedModels.missing(model(), emptyFolder);
  }

  /**
   * A model whose files are damaged in a way that loading must notice.
   *
   * @param emptyFolder a folder for the rule alone
   * @return a copy of the model whose largest file is cut in half, unless overridden
   * @throws IOException when it cannot be written
   */
  protected ModelReference damagedModel(Path emptyFolder) throws IOException {
    return DamagedModels.cutInHalf(model(), emptyFolder);
  }

  @BeforeAll
  void prepare(@TempDir Path shared) {
    // One cache for all rules: unpacking native libraries for each of them would take most time.
    subject = new BackendUnderTest(this, model(), shared.resolve("cache"));
    children = new ChildRuns(subject, shared);
  }

  @Test
  void descriptorNamesTheBackend() {
    new DescriptorRules(subject).namesTheBackend();
  }

  @Test
  void descriptorDeclaresEveryCapabilityButTheAbsentOnes() {
    new DescriptorRules(subject).declaresEveryCapabilityButTheAbsentOnes();
  }

  @Test
  void probeIsReadyWithTheModel() {
    new ProbeRules(subject).isReadyWithTheModel();
  }

  @Test
  void probeWithoutModelsSaysWhatIsNeeded() {
    new ProbeRules(subject).withoutModelsSaysWhatIsNeeded();
  }

  @Test
  void probeSaysWhatIsWrongAndNeverThrows() throws Exception {
    new ProbeRules(subject).saysWhatIsWrongAndNeverThrows(folder);
  }

  @Test
  void probeTakesUnderFiftyMilliseconds() {
    new ProbeRules(subject).takesUnderFiftyMilliseconds();
  }

  @Test
  @Tag(PROCESS)
  void probeLoadsNothing() throws Exception {
    children.probeLoadsNothing();
  }

  @Test
  @Tag(PROCESS)
  void worksWithSocketsDenied(TestReporter reporter) throws Exception {
    children.worksWithSocketsDenied(reporter);
  }

  @Test
  @Tag(PROCESS)
  void nothingIsPrinted() throws Exception {
    children.nothingIsPrinted();
  }

  @Test
  @Tag(PROCESS)
  void memoryComesBackAfterTwentyRounds() throws Exception {
    children.memoryComesBackAfterTwentyRounds();
  }

  @Test
  void sessionDescribesItsModel() throws Exception {
    new ReplyRules(subject).sessionDescribesItsModel();
  }

  @Test
  void piecesJoinToTheText() throws Exception {
    new ReplyRules(subject).piecesJoinToTheText();
  }

  @Test
  void usageAddsUp() throws Exception {
    new ReplyRules(subject).usageAddsUp();
  }

  @Test
  void greedyIsDeterministic() throws Exception {
    new ReplyRules(subject).greedyIsDeterministic();
  }

  @Test
  void replyEndsBeforeAStopString() throws Exception {
    new ReplyRules(subject).endsBeforeAStopString();
  }

  @Test
  void replyHasAtMostMaxTokens() throws Exception {
    new ReplyRules(subject).hasAtMostMaxTokens();
  }

  @Test
  void everyCharacterOfUnicodeIsOrdinaryText() throws Exception {
    new PromptRules(subject).everyCharacterIsOrdinaryText();
  }

  @Test
  void emptyPromptIsAnsweredOrRefused() throws Exception {
    new PromptRules(subject).emptyIsAnsweredOrRefused();
  }

  @Test
  void promptThatDoesNotFitIsRefusedBeforeAnythingIsComputed() throws Exception {
    new PromptRules(subject).tooLongIsRefusedBeforeAnythingIsComputed();
  }

  @Test
  void replyIsHandedOutInPieces() throws Exception {
    new CapabilityRules(subject).streams();
  }

  @Test
  void replyContinuesTheAssistantPrefix() throws Exception {
    new CapabilityRules(subject).continuesTheAssistantPrefix();
  }

  @Test
  void grammarRestrictsTheReply() throws Exception {
    new CapabilityRules(subject).grammarRestricts();
  }

  @Test
  void jsonSchemaRestrictsTheReply() throws Exception {
    new CapabilityRules(subject).jsonSchemaRestricts();
  }

  @Test
  void sameSeedGivesTheSameReply() throws Exception {
    new CapabilityRules(subject).sameSeedGivesTheSameReply();
  }

  @Test
  void constantPrefixOutlivesTheSession() throws Exception {
    new CapabilityRules(subject).constantPrefixOutlivesTheSession(folder);
  }

  @Test
  void prefixLeavesNoTraceUnlessItMay() throws Exception {
    new CapabilityRules(subject).prefixLeavesNoTraceUnlessItMay(folder);
  }

  @Test
  void requestThatNeedsAnAbsentCapabilityIsRefused() throws Exception {
    new CapabilityRules(subject).refusesWhatIsAbsent();
  }

  @Test
  void cancelledRequestIsNotStarted() throws Exception {
    new InterruptionRules(subject).cancelledRequestIsNotStarted();
  }

  @Test
  void overdueRequestIsNotStarted() throws Exception {
    new InterruptionRules(subject).overdueRequestIsNotStarted();
  }

  @Test
  void cancellationEndsAReplyWithin200Milliseconds() throws Exception {
    new InterruptionRules(subject).cancellationEndsAReply();
  }

  @Test
  void deadlineEndsAReplyWithin200Milliseconds() throws Exception {
    new InterruptionRules(subject).deadlineEndsAReply();
  }

  @Test
  void deadlineEndsALongPromptWithin200Milliseconds() throws Exception {
    new InterruptionRules(subject).deadlineEndsALongPrompt();
  }

  @Test
  void cancellationHoldsWhileAnotherRequestRuns() throws Exception {
    new WaitingRules(subject).cancellationHolds();
  }

  @Test
  void deadlineHoldsWhileAnotherRequestRuns() throws Exception {
    new WaitingRules(subject).deadlineHolds();
  }

  @Test
  void sessionWorksAfterAnInterruption() throws Exception {
    new InterruptionRules(subject).sessionWorksAfterwards();
  }

  @Test
  void cancelledLoadIsGivenUp() throws Exception {
    new LoadRules(subject).cancelledIsGivenUp();
  }

  @Test
  void overdueLoadIsGivenUp() throws Exception {
    new LoadRules(subject).overdueIsGivenUp();
  }

  @Test
  void cancellationEndsALoad() throws Exception {
    new LoadRules(subject).cancellationEndsIt();
  }

  @Test
  void missingModelIsAnErrorWithARemedy() throws Exception {
    new LoadRules(subject).missingModelIsAnError(folder);
  }

  @Test
  void damagedModelIsAnErrorWithARemedy() throws Exception {
    new LoadRules(subject).damagedModelIsAnError(folder);
  }

  @Test
  void listenerIsCalledOnTheCallersThread() throws Exception {
    new SessionRules(subject).listenerIsCalledOnTheCallersThread();
  }

  @Test
  void listenersExceptionReachesTheCaller() throws Exception {
    new SessionRules(subject).listenersExceptionReachesTheCaller();
  }

  @Test
  void fiveRequestsAtOnceSucceed() throws Exception {
    new SessionRules(subject).fiveRequestsAtOnceSucceed();
  }

  @Test
  void closingTwiceIsClosingOnce() throws Exception {
    new SessionRules(subject).closingTwiceIsClosingOnce();
  }

  @Test
  void closedSessionRefusesRequests() throws Exception {
    new SessionRules(subject).closedRefusesRequests();
  }

  @Test
  void closeWaitsForARunningRequest() throws Exception {
    new SessionRules(subject).closeWaitsForARunningRequest();
  }
}
