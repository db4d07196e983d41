package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plugins that never come back, each beside one that works. */
class HangingPluginTest extends HostFixture {
  /** What each test waits; the good plugin must be done in this time. */
  private static final Duration BUDGET = Duration.ofMillis(1500);

  @BeforeEach
  void besideOneThatWorks() throws IOException {
    putGood();
  }

  private void bad(String piece, String code) throws IOException {
    hanging("bad", piece, code).writeTo(jar("broken.jar"));
  }

  private static PluginJars hanging(String id, String piece, String code) {
    return PluginJars.plugin(id).backend(BackendSource.of(id).with(piece, code));
  }

  /** All in one folder: one limit passes while all of them hang. */
  @Test
  void whereverTheyHangTheyCostOneComplaintEach() throws IOException, BackendException {
    hanging("a", "probe", "hang(); return null;").writeTo(jar("a.jar"));
    hanging("b", "descriptor", "hang(); return null;").writeTo(jar("b.jar"));
    hanging("c", "constructor", "public Backend() { hang(); }").writeTo(jar("c.jar"));
    hanging("d", "members", "static { hang(); }").writeTo(jar("d.jar"));
    PluginJars.working("e")
        .manifest("Plugin-Class", "plugin.e.Main")
        .source(
            "plugin.e.Main",
            "package plugin.e; public class Main extends org.pf4j.Plugin {"
                + " @Override public void start() { Backend.hang(); } }")
        .writeTo(jar("e.jar"));
    PluginHost host = host(BUDGET, PluginFilter.ALL);
    List<BackendStatus> statuses = host.statuses(model(500));
    assertThat(complete(ready(statuses.getFirst()))).isEqualTo("good says ls");
    // The budget and the network timeout of the probe's context.
    assertThat(complaints(host, statuses))
        .containsExactlyElementsOf(
            Stream.of("a", "b", "c", "d", "e")
                .map(id ->
                    ("plugin %s.jar skipped: backend '%s' did not answer within 1501 ms."
                            + " Try again, or delete %s"
                            + " (CMDAI_PLUGINS=off leaves out all your plugins)")
                        .formatted(id, id, jar(id + ".jar")))
                .toList());
  }

  @Test
  void theCauseShowsWhereItHangs() throws IOException {
    bad("probe", "hang(); return null;");
    Rejection failure =
        host(BUDGET, PluginFilter.ALL).statuses(model(1)).stream()
            .flatMap(status -> status.failure().stream())
            .findFirst()
            .orElseThrow();
    assertThat(failure.cause()).hasStackTraceContaining("plugin.bad.Backend.probe");
  }

  @Test
  void theNextBackendServesTheRequest() throws IOException {
    bad("probe", "hang(); return null;");
    BackendSelection selection = host(BUDGET, PluginFilter.ALL).select(model(500));
    assertThat(selection.next().map(Candidate::id)).hasValue("good");
    assertThat(selection.notReady()).extracting(BackendStatus::id).containsExactly("bad");
  }

  /** The second probe of a plugin that hangs waits for its own time, not for ever. */
  @Test
  void canBeAskedAgain() throws IOException {
    bad("probe", "hang(); return null;");
    PluginHost host = host(BUDGET, PluginFilter.ALL);
    for (int i = 0; i < 2; i++) {
      assertThat(host.statuses(model(500)))
          .filteredOn(status -> status.id().equals("bad"))
          .singleElement()
          .satisfies(status -> assertThat(status.failure()).isPresent());
    }
  }

  /** A cold disk or a busy machine must not cost a run for which there is no other backend. */
  @Test
  void theOnlyBackendIsGivenMoreTime() throws IOException, BackendException {
    PluginHost host = host(Duration.ZERO, PluginFilter.ALL);
    BackendSelection selection = host.select(model(500));
    assertThat(complete(selection.next().orElseThrow())).isEqualTo("good says ls");
    assertThat(selection.notReady()).isEmpty();
  }

  @Test
  void theOnlyBackendIsNotWaitedForForEver() throws IOException, UnknownBackendException {
    bad("probe", "hang(); return null;");
    Prober.Limits limits = new Prober.Limits(Duration.ZERO, Duration.ofMillis(200));
    BackendSelection selection = host(limits, PluginFilter.ALL).select("bad", model(500));
    assertThat(selection.next()).isEmpty();
    assertThat(selection.notReady())
        .singleElement()
        .satisfies(status ->
            assertThat(status.failure().orElseThrow().sentence())
                .contains("broken.jar", "did not answer within 201 ms"));
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() throws IOException {
    bad("probe", "hang(); return null;");
    Thread.currentThread().interrupt();
    assertThat(host().statuses(model(500)))
        .filteredOn(status -> status.id().equals("bad"))
        .singleElement()
        .satisfies(status -> assertThat(status.failure()).isPresent());
    assertThat(Thread.interrupted()).isTrue();
  }
}
