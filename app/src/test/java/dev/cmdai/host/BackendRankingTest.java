package dev.cmdai.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendDescriptor;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.LoadListener;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of {@code cmdai backends}. */
class BackendRankingTest {
  private static final Path MODEL = Path.of("model");

  private static List<String> ranked(BackendStatus... statuses) {
    List<String> forwards = ids(List.of(statuses));
    assertThat(ids(List.of(statuses).reversed())).isEqualTo(forwards);
    return forwards;
  }

  private static List<String> ids(List<BackendStatus> statuses) {
    return BackendRanking.ranked(statuses).stream().map(BackendStatus::id).toList();
  }

  private static BackendStatus local(String id, Availability availability) {
    return status(id, 0, new ProbeResult.Answered(new Described(id, false), availability));
  }

  private static BackendStatus ready(String id, int quality) {
    return ready(id, quality, false, 0);
  }

  private static BackendStatus ready(String id, int quality, boolean isRemote, int priority) {
    ModelReference model =
        isRemote
            ? ModelReference.remote("m", quality)
            : ModelReference.local("m", "gguf", MODEL, quality);
    return status(
        id,
        priority,
        new ProbeResult.Answered(new Described(id, isRemote), new Availability.Ready(model, "")));
  }

  private static BackendStatus status(String id, int priority, ProbeResult result) {
    BackendOffer offer = new BackendOffer(id, List.of("gguf"));
    PluginManifest manifest =
        new PluginManifest(
            "p-" + id,
            "1.0.0",
            "*",
            "",
            "",
            "",
            "",
            List.of(offer),
            List.of(),
            List.of(),
            List.of(),
            priority,
            List.of());
    PluginFile plugin = new PluginFile(manifest, List.of("X"), MODEL, PluginOrigin.USER);
    return new BackendStatus(new InstalledBackend(offer, plugin), result, Duration.ZERO);
  }

  @Test
  void readyBeforeNeedsModelBeforeUnavailableBeforeFailed() {
    assertThat(
            ranked(
                status(
                    "a",
                    100,
                    new ProbeResult.Failed(new Rejection(MODEL, "a", "broken", "mend it", null))),
                local("b", new Availability.Unavailable("no", "")),
                local("c", new Availability.NeedsModel("m", 0, "")),
                ready("d", 0)))
        .containsExactly("d", "c", "b", "a");
  }

  @Test
  void betterModelFirst() {
    assertThat(ranked(ready("a", 10), ready("b", 20), ready("c", 15, false, 99)))
        .containsExactly("b", "c", "a");
  }

  @Test
  void localFirstHoweverGoodTheServersModel() {
    assertThat(ranked(ready("a", 900, true, 99), ready("b", 10))).containsExactly("b", "a");
  }

  @Test
  void thenPriorityThenId() {
    assertThat(ranked(ready("a", 10), ready("c", 10, false, 1), ready("b", 10, false, 1)))
        .containsExactly("b", "c", "a");
  }

  @Test
  void extremePrioritiesDoNotOverflow() {
    assertThat(
            ranked(
                ready("a", 1, false, Integer.MIN_VALUE), ready("b", 1, false, Integer.MAX_VALUE)))
        .containsExactly("b", "a");
  }

  /** A backend of which ranking needs no more than what it says about itself. */
  private record Described(String id, boolean isRemote) implements InferenceBackend {
    @Override
    public BackendDescriptor descriptor() {
      BackendDescriptor.Builder builder = BackendDescriptor.builder(id, id, "1");
      return isRemote ? builder.remote().build() : builder.build();
    }

    @Override
    public Availability probe(ProbeContext context) {
      throw new AssertionError("ranking probes nothing");
    }

    @Override
    public ModelSession open(ModelReference model, OpenOptions options, LoadListener progress) {
      throw new AssertionError("ranking opens nothing");
    }
  }
}
