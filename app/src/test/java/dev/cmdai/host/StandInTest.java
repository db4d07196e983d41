package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plugin that fails costs one warning, and the next best with its backend takes its place. */
class StandInTest extends HostFixture {
  private static PluginJars broken(String piece, String code) {
    return PluginJars.plugin("good").backend(BackendSource.of("good").with(piece, code));
  }

  static Stream<PluginJars> brokenPlugins() {
    return Stream.of(
        PluginJars.plugin("good").extension("plugin.good.Gone"),
        PluginJars.plugin("good")
            .extension("plugin.good.Backend")
            .entry("plugin/good/Backend.class", "not a class"),
        PluginJars.working("good").manifest("Plugin-Class", "plugin.good.Gone"),
        broken("members", "static final int X = Integer.parseInt(\"many\");"),
        broken("constructor", "private Backend() {}"),
        broken("descriptor", "return null;"),
        broken("descriptor", "return BackendDescriptor.builder(\"x\", \"Test\", \"1\").build();"),
        broken("probe", "throw new IllegalStateException(\"no luck\");"));
  }

  private void putBundled() throws IOException {
    PluginJars.working("good").writeTo(bundledFolder().resolve("good.jar"));
  }

  private static void assertServed(BackendSelection selection, String failedJar)
      throws BackendException {
    assertThat(complete(selection.next().orElseThrow())).isEqualTo("good says ls");
    assertThat(selection.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.sentence()).contains(failedJar));
  }

  @ParameterizedTest
  @MethodSource("brokenPlugins")
  void theBundledVersionTakesOver(PluginJars broken)
      throws IOException, BackendException, UnknownBackendException {
    putBundled();
    broken.writeTo(jar("mine.jar"));
    PluginHost host = host();
    assertThat(host.rejected()).isEmpty();
    assertServed(host.select(model(1)), "mine.jar");
    assertServed(host.select("good", model(1)), "mine.jar");
    List<BackendStatus> statuses = host.statuses(model(1));
    assertThat(statuses).extracting(BackendStatus::id).containsExactly("good", "good");
    assertThat(complete(ready(statuses.getFirst()))).isEqualTo("good says ls");
    assertThat(complaints(host, statuses)).singleElement().asString().contains("mine.jar");
  }

  @Test
  void theBundledVersionTakesOverFromOneThatHangs()
      throws IOException, BackendException, UnknownBackendException {
    putBundled();
    broken("members", "static { hang(); }").writeTo(jar("mine.jar"));
    PluginHost host = host(Duration.ofMillis(1500), PluginFilter.ALL);
    assertServed(host.select(model(1)), "mine.jar");
    assertServed(host.select("good", model(1)), "mine.jar");
    List<BackendStatus> statuses = host.statuses(model(1));
    assertThat(complete(ready(statuses.getFirst()))).isEqualTo("good says ls");
    assertThat(complaints(host, statuses)).singleElement().asString().contains("did not answer");
  }

  @Test
  void theLowerVersionTakesOver() throws IOException, BackendException {
    putGood();
    broken("probe", "return null;").manifest("Plugin-Version", "2.0.0").writeTo(jar("newer.jar"));
    assertServed(host().select(model(1)), "newer.jar");
  }

  @Test
  void oneAfterTheOtherIsTried() throws IOException {
    putBundled();
    broken("probe", "return null;").manifest("Plugin-Version", "3.0.0").writeTo(jar("c.jar"));
    broken("probe", "return null;").manifest("Plugin-Version", "2.0.0").writeTo(jar("b.jar"));
    PluginHost host = host();
    BackendSelection selection = host.select(model(1));
    assertThat(selection.next().map(c -> c.installed().plugin().origin()))
        .hasValue(PluginOrigin.BUNDLED);
    assertThat(selection.failures())
        .extracting(failure -> failure.path().getFileName().toString())
        .containsExactly("c.jar", "b.jar");
    assertThat(host.statuses(model(1))).hasSize(3);
  }

  @Test
  void anotherPluginWithTheSameBackendTakesOver() throws IOException, BackendException {
    PluginJars.working("good").manifest("Plugin-Id", "other").writeTo(jar("other.jar"));
    broken("probe", "return null;").manifest("Cmdai-Priority", "1").writeTo(jar("mine.jar"));
    assertServed(host().select(model(1)), "mine.jar");
  }

  /** The id of the plugin is that of the bundled one, the id of its backend is not. */
  @Test
  void aBackendWithAnotherIdTakesOver()
      throws IOException, BackendException, UnknownBackendException {
    putBundled();
    PluginJars.plugin("good")
        .manifest("Cmdai-Backends", "mine:gguf")
        .extension("plugin.good.Gone")
        .writeTo(jar("mine.jar"));
    assertServed(host().select(model(1)), "mine.jar");
    assertServed(host().select("mine", model(1)), "mine.jar");
    assertThat(host().select("good", model(1)).next()).isPresent();
  }

  @Test
  void aPluginThatOffersNothingDoesNotHideTheBundledOne() throws IOException {
    putBundled();
    PluginJars.working("good").without("Cmdai-Backends").writeTo(jar("mine.jar"));
    assertThat(host().catalog().backends()).extracting(InstalledBackend::id).contains("good");
    assertThat(host().rejected()).hasSize(1);
  }

  /** What a backend says about this machine is its answer, not a failure. */
  @Test
  void aBackendThatSaysNoIsNotReplaced() throws IOException {
    putBundled();
    broken("probe", "return new Availability.Unavailable(\"no GPU\", \"buy one\");")
        .writeTo(jar("mine.jar"));
    BackendSelection selection = host().select(model(1));
    assertThat(selection.next()).isEmpty();
    assertThat(selection.failures()).isEmpty();
    assertThat(selection.notReady()).hasSize(1);
  }

  /** One plugin with two backends is one warning. */
  @Test
  void aFaultIsToldOnce() throws IOException {
    PluginJars.plugin("bad")
        .manifest("Cmdai-Backends", "one:gguf, two:gguf")
        .manifest("Plugin-Class", "plugin.bad.Gone")
        .extension("plugin.bad.Gone")
        .writeTo(jar("bad.jar"));
    BackendSelection selection = host().select(model(1));
    Optional<Candidate> none = selection.next();
    assertThat(none).isEmpty();
    assertThat(selection.notReady()).hasSize(2);
    assertThat(selection.failures()).hasSize(1);
  }
}
