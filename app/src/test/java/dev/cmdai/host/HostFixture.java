package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.ChatMessage;
import dev.cmdai.api.Completion;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.api.TokenListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two plugin folders of a test, and a host that looks at them. Fails a test in which anything
 * is printed.
 */
abstract class HostFixture {
  /** Long enough for a busy machine; only tests of plugins that hang wait for a shorter one. */
  static final Duration PATIENT = Duration.ofSeconds(60);

  static final String PLATFORM = "linux-x64";

  @TempDir Path temp;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private PrintStream out = System.out;
  private PrintStream err = System.err;

  @BeforeEach
  final void listenToStandardStreams() {
    out = System.out;
    err = System.err;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  final void nothingWasPrinted() {
    System.setOut(out);
    System.setErr(err);
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  final Path userFolder() {
    return temp.resolve("user");
  }

  final Path bundledFolder() {
    return temp.resolve("bundled");
  }

  /** Where a jar of the user's plugin folder lies. */
  final Path jar(String name) {
    return userFolder().resolve(name);
  }

  /** Puts a plugin that works into the user's folder. */
  final void putGood() throws IOException {
    PluginJars.working("good").writeTo(jar("good.jar"));
  }

  final PluginHost host() {
    return host(PATIENT, PluginFilter.ALL);
  }

  final PluginHost host(Duration budget, PluginFilter filter) {
    return host(new Prober.Limits(budget, PATIENT), filter);
  }

  final PluginHost host(Prober.Limits limits, PluginFilter filter) {
    return new PluginHost(
        List.of(
            new PluginFolder(userFolder(), PluginOrigin.USER),
            new PluginFolder(bundledFolder(), PluginOrigin.BUNDLED)),
        "0.1.0",
        PLATFORM,
        filter,
        limits);
  }

  /** One model of the given quality for every backend with formats. */
  static ProbeContexts model(int quality) {
    return backend ->
        ProbeContext.builder(environment())
            .networkTimeout(Duration.ofMillis(1))
            .models(
                backend.formats().stream()
                    .map(format -> ModelReference.local("m", format, Path.of("m"), quality))
                    .toList())
            .build();
  }

  static HostEnvironment environment() {
    return HostEnvironment.builder(Path.of("cache")).build();
  }

  /** What plugins of a host are told when nothing is special. */
  static PluginEnvironments environments(PluginHost host) {
    return new PluginEnvironments(
        Path.of("cache"), false, Diagnostics.NONE, Map.of(), Map.of(), host.catalog());
  }

  /** Everything that is wrong, each as the line that a user would read. */
  static List<String> complaints(PluginHost host, List<BackendStatus> statuses) {
    return Stream.concat(
            host.rejected().stream(), statuses.stream().flatMap(s -> s.failure().stream()))
        .map(Rejection::sentence)
        .toList();
  }

  /** The good plugin is ready and serves a request, and there is exactly one complaint. */
  final void assertOneComplaint(String... words) {
    assertOneComplaint(PATIENT, words);
  }

  final void assertOneComplaint(Duration budget, String... words) {
    PluginHost host = host(budget, PluginFilter.ALL);
    List<BackendStatus> statuses = host.statuses(model(500));
    assertThat(complaints(host, statuses))
        .singleElement()
        .satisfies(complaint -> assertThat(complaint).contains(words).doesNotContain("\n"));
    assertThat(statuses).extracting(BackendStatus::id).contains("good");
    assertThat(statuses.getFirst().id()).isEqualTo("good");
    assertThat(statuses.getFirst().availability()).containsInstanceOf(Availability.Ready.class);
    assertGoodAnswers(host);
  }

  /** Everything works, the good plugin among it. */
  final List<BackendStatus> assertNoComplaint() {
    PluginHost host = host();
    List<BackendStatus> statuses = host.statuses(model(500));
    assertThat(complaints(host, statuses)).isEmpty();
    assertGoodAnswers(host);
    return statuses;
  }

  private static void assertGoodAnswers(PluginHost host) {
    try {
      assertThat(complete(candidate(host, "good"))).isEqualTo("good says ls");
    } catch (BackendException e) {
      throw new AssertionError(e);
    }
  }

  static Candidate candidate(PluginHost host, String id) {
    try {
      return host.select(id, model(500)).next().orElseThrow();
    } catch (UnknownBackendException e) {
      throw new AssertionError(e);
    }
  }

  /** What a status says is ready. */
  static Candidate ready(BackendStatus status) {
    if (status.result() instanceof ProbeResult.Answered(var backend, Availability.Ready ready)) {
      return new Candidate(status.installed(), backend, ready);
    }
    throw new AssertionError(status);
  }

  static ModelSession open(Candidate candidate) throws BackendException {
    return open(candidate, Diagnostics.NONE);
  }

  static ModelSession open(Candidate candidate, Diagnostics diagnostics) throws BackendException {
    HostEnvironment environment =
        HostEnvironment.builder(Path.of("cache")).diagnostics(diagnostics).build();
    return candidate
        .backend()
        .open(candidate.model(), OpenOptions.builder(environment).build(), LoadListener.NONE);
  }

  static String complete(Candidate candidate) throws BackendException {
    try (ModelSession session = open(candidate)) {
      Completion completion = session.complete(request(), TokenListener.NONE);
      return completion.text();
    }
  }

  static CompletionRequest request() {
    return CompletionRequest.builder(List.of(ChatMessage.user("list files"))).build();
  }

  /** Collects warnings. */
  static final class Warnings implements Diagnostics {
    final List<String> warnings = new ArrayList<>();

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
  }
}
