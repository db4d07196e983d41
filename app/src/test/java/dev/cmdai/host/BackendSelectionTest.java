package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.HostEnvironment;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ProbeContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which backends a one-shot run probes, and in which order it gets them. */
class BackendSelectionTest extends HostFixture {
  /** The plugins write down in this property that they were probed. */
  private static final String PROBED = "cmdai.test.probed";

  private static final String NOTE =
      "System.setProperty(\"%1$s\", System.getProperty(\"%1$s\", \"\") + descriptor().id() + \" \");"
          .formatted(PROBED);

  private final List<String> configured = new ArrayList<>();

  @AfterEach
  void forget() {
    System.clearProperty(PROBED);
  }

  private static String probed() {
    return System.getProperty(PROBED, "").strip();
  }

  private void put(String id, String backends, String probe) throws IOException {
    put(id, backends, probe, 0);
  }

  private void put(String id, String backends, String probe, int priority) throws IOException {
    PluginJars.plugin(id)
        .manifest("Cmdai-Backends", backends)
        .manifest("Cmdai-Priority", String.valueOf(priority))
        .backend(BackendSource.of(id).with("probe", NOTE + probe))
        .writeTo(jar(id + ".jar"));
  }

  private void putLocal(String id, String format) throws IOException {
    put(
        id,
        id + ":" + format,
        "return context.models().isEmpty() ? new Availability.NeedsModel(\"m\", 1, \"get it\")"
            + " : new Availability.Ready(context.models().getFirst(), \"\");");
  }

  private void putRemote(String id, int quality) throws IOException {
    PluginJars.plugin(id)
        .manifest("Cmdai-Backends", id)
        .backend(
            BackendSource.of(id)
                .with(
                    "descriptor",
                    "return BackendDescriptor.builder(\"%s\", \"\", \"\").remote().build();"
                        .formatted(id))
                .with(
                    "probe",
                    NOTE
                        + "return new Availability.Ready(ModelReference.remote(\"m\", "
                        + quality
                        + "), \"\");"))
        .writeTo(jar(id + ".jar"));
  }

  /** Models of the given quality for each format; settings for the plugins that are configured. */
  private ProbeContexts models(Map<String, Integer> qualities) {
    return backend -> {
      HostEnvironment environment =
          HostEnvironment.builder(Path.of("cache"))
              .settings(configured.contains(backend.id()) ? Map.of("url", "x") : Map.of())
              .build();
      return ProbeContext.builder(environment)
          .models(
              backend.formats().stream()
                  .filter(qualities::containsKey)
                  .map(f ->
                      ModelReference.local("m", f, Path.of("m." + f), qualities.getOrDefault(f, 0)))
                  .toList())
          .build();
    };
  }

  private static List<String> all(BackendSelection selection) {
    List<String> ids = new ArrayList<>();
    for (Optional<Candidate> next = selection.next(); next.isPresent(); next = selection.next()) {
      ids.add(next.get().id());
    }
    return ids;
  }

  @Test
  void probesOnlyTheOneWithTheBestModel() throws IOException {
    putLocal("a", "gguf");
    putLocal("b", "onnx");
    Optional<Candidate> best = host().select(models(Map.of("gguf", 10, "onnx", 20))).next();
    assertThat(best.map(Candidate::id)).hasValue("b");
    assertThat(best.orElseThrow().model().path()).hasValue(Path.of("m.onnx"));
    assertThat(probed()).isEqualTo("b");
  }

  @Test
  void handsOutTheOthersOneByOne() throws IOException {
    putLocal("a", "gguf");
    putLocal("b", "onnx");
    putLocal("c", "none");
    BackendSelection selection = host().select(models(Map.of("gguf", 10, "onnx", 20)));
    assertThat(all(selection)).containsExactly("b", "a");
    assertThat(probed()).isEqualTo("b a c");
    assertThat(selection.notReady()).extracting(BackendStatus::id).containsExactly("c");
    assertThat(selection.next()).isEmpty();
  }

  @Test
  void goesOnWhenTheBestOneIsNotReady() throws IOException {
    put("a", "a:gguf", "return new Availability.Unavailable(\"no GPU\", \"buy one\");");
    putLocal("b", "onnx");
    BackendSelection selection = host().select(models(Map.of("gguf", 20, "onnx", 10)));
    assertThat(selection.next().map(Candidate::id)).hasValue("b");
    assertThat(selection.notReady()).extracting(BackendStatus::id).containsExactly("a");
  }

  /** A backend may refuse the best model and be ready with a lesser one. */
  @Test
  void looksFurtherWhenTheBestOneIsReadyWithALesserModel() throws IOException {
    put(
        "a",
        "a:gguf",
        "return new Availability.Ready(ModelReference.local(\"tiny\", \"gguf\","
            + " java.nio.file.Path.of(\"tiny\"), 1), \"\");");
    putLocal("b", "onnx");
    BackendSelection selection = host().select(models(Map.of("gguf", 20, "onnx", 10)));
    assertThat(all(selection)).containsExactly("b", "a");
    assertThat(probed()).isEqualTo("a b");
  }

  @Test
  void priorityDecidesBetweenEquals() throws IOException {
    putLocal("a", "gguf");
    put("b", "b:gguf", "return new Availability.Ready(context.models().getFirst(), \"\");", 7);
    assertThat(host().select(models(Map.of("gguf", 1))).next().map(Candidate::id)).hasValue("b");
    assertThat(probed()).isEqualTo("b");
  }

  @Test
  void aServerIsAskedLastHoweverGoodItsModel() throws IOException {
    putRemote("far", 900);
    putLocal("near", "gguf");
    BackendSelection selection = host().select(models(Map.of("gguf", 1)));
    assertThat(selection.next().map(Candidate::id)).hasValue("near");
    assertThat(probed()).isEqualTo("near");
    assertThat(selection.next().map(Candidate::id)).hasValue("far");
  }

  @Test
  void aServerThatTheUserSetUpIsNotAskedEitherWhileALocalModelIsReady() throws IOException {
    putRemote("far", 900);
    putLocal("near", "gguf");
    configured.add("far");
    assertThat(host().select(models(Map.of("gguf", 1))).next().map(Candidate::id)).hasValue("near");
    assertThat(probed()).isEqualTo("near");
  }

  /** As models() says, with a backend that the user has set up twice. */
  private ProbeContexts twice(String id) {
    ProbeContexts contexts = models(Map.of());
    return new ProbeContexts() {
      @Override
      public ProbeContext contextFor(InstalledBackend backend) {
        HostEnvironment environment =
            HostEnvironment.builder(Path.of("cache"))
                .profile(backend.profile())
                .settings(Map.of("url", backend.profile()))
                .build();
        return backend.profile().isEmpty()
            ? contexts.contextFor(backend)
            : ProbeContext.builder(environment).build();
      }

      @Override
      public List<String> profiles(InstalledBackend backend) {
        return backend.id().equals(id) ? List.of("b", "a") : List.of("");
      }
    };
  }

  /** Both have to be on their way at once, or neither is ever ready. */
  private void putRemoteThatMeets(String id) throws IOException {
    put(
        id,
        id,
        "String url = context.environment().settings().get(\"url\");"
            + "System.setProperty(\"met.\" + url, Integer.toHexString(hashCode()));"
            + "String other = url.equals(\"a\") ? \"b\" : \"a\";"
            + "while (System.getProperty(\"met.\" + other) == null) { Thread.onSpinWait(); }"
            + "return new Availability.Ready(ModelReference.remote(\"m-\" + url, 0), \"\");");
  }

  @Test
  void theUsesOfABackendAreProbedAtOnceByInstancesOfTheirOwn()
      throws IOException, UnknownBackendException {
    putRemoteThatMeets("far");
    PluginHost host = host();
    BackendSelection any = host.select("far", twice("far"));
    Candidate first = any.next().orElseThrow();
    assertThat(first.id()).isEqualTo("far:a");
    assertThat(first.model().id()).isEqualTo("m-a");
    assertThat(any.next().map(Candidate::id)).hasValue("far:b");
    assertThat(any.next()).isEmpty();
    assertThat(System.getProperty("met.a")).isNotEqualTo(System.getProperty("met.b"));
    assertThat(host.select("far:b", twice("far")).next().map(Candidate::id)).hasValue("far:b");
    assertThat(host.statuses(twice("far")))
        .extracting(BackendStatus::id)
        .containsExactly("far:a", "far:b");
    System.clearProperty("met.a");
    System.clearProperty("met.b");
  }

  @Test
  void aUseThatIsNotThereIsUnknown() throws IOException {
    putRemote("far", 0);
    assertThatThrownBy(() -> host().select("far:c", twice("far")))
        .isInstanceOf(UnknownBackendException.class)
        .hasMessageContaining("'far:c'")
        .extracting(e -> ((UnknownBackendException) e).remedy())
        .asString()
        .contains("far:");
  }

  @Test
  void aForcedBackendIsTheOnlyOneProbed() throws IOException, UnknownBackendException {
    putLocal("a", "gguf");
    putLocal("b", "onnx");
    BackendSelection selection = host().select("a", models(Map.of("gguf", 10, "onnx", 20)));
    assertThat(all(selection)).containsExactly("a");
    assertThat(probed()).isEqualTo("a");
  }

  @Test
  void aForcedBackendThatIsNotReadySaysWhy() throws IOException, UnknownBackendException {
    putLocal("a", "gguf");
    putLocal("b", "onnx");
    BackendSelection selection = host().select("a", models(Map.of("onnx", 20)));
    assertThat(selection.next()).isEmpty();
    assertThat(selection.notReady()).extracting(BackendStatus::id).containsExactly("a");
  }

  @Test
  void anUnknownBackendIsAnsweredWithTheNearestNames() throws IOException {
    putLocal("llamacpp", "gguf");
    putLocal("onnx", "onnx");
    assertThatThrownBy(() -> host().select("lamacpp", models(Map.of())))
        .isInstanceOfSatisfying(
            UnknownBackendException.class,
            e -> {
              assertThat(e).hasMessage("no backend is called 'lamacpp'");
              assertThat(e.nearest()).containsExactly("llamacpp");
              assertThat(e.remedy()).contains("Did you mean llamacpp?");
            });
    assertThat(probed()).isEmpty();
  }

  /** A plugin is loaded once, so that its native libraries are. */
  @Test
  void twoBackendsOfOnePluginShareItsClasses() throws IOException {
    PluginJars.plugin("two")
        .manifest("Cmdai-Backends", "two:gguf, more:gguf")
        .source(
            "plugin.two.Counter",
            "package plugin.two; public class Counter { public static int loaded; }")
        .backend(BackendSource.of("two").with("members", "{ Counter.loaded++; }"))
        .backend(
            BackendSource.of("more")
                .with("package", "plugin.two")
                .with("class", "More")
                .with("members", "{ Counter.loaded++; }")
                .with(
                    "probe",
                    "return new Availability.Unavailable(\"loaded \" + Counter.loaded, \"\");"))
        .writeTo(jar("two.jar"));
    assertThat(host().statuses(model(1)))
        .flatExtracting(status -> status.availability().stream().toList())
        .anySatisfy(answer -> assertThat(answer.toString()).contains("reason=loaded 2"));
  }
}
