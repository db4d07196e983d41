package dev.cmdai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cmdai.api.Availability;
import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import dev.cmdai.api.ProbeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a probe answers, and how fast. */
final class ProbeRules {
  private static final Duration LONGEST = Duration.ofMillis(50);
  private static final int CALLS = 10;

  private final BackendUnderTest subject;

  ProbeRules(BackendUnderTest subject) {
    this.subject = subject;
  }

  void isReadyWithTheModel() {
    Availability answer = probe(List.of(subject.model()));
    assertThat(answer)
        .as("the answer for a model that works")
        .isInstanceOf(Availability.Ready.class);
    assertThat(((Availability.Ready) answer).model().id())
        .as("the model that it is ready with")
        .isEqualTo(subject.model().id());
  }

  void withoutModelsSaysWhatIsNeeded() {
    assertSaysWhatToDo("no models", probe(List.of()));
  }

  void saysWhatIsWrongAndNeverThrows(Path folder) throws IOException {
    ModelReference missing = subject.contract().missingModel(folder);
    Availability answer = assertSaysWhatToDo("a missing model", probe(List.of(missing)));
    if (missing.path().isPresent()) {
      assertThat(answer)
          .as("the answer for a missing model")
          .isNotInstanceOf(Availability.Ready.class);
    }
    for (ModelReference odd : oddModels(folder)) {
      assertSaysWhatToDo(odd.toString(), probe(List.of(odd)));
      assertThat(probe(List.of(odd, subject.model()))).as("%s before a good one", odd).isNotNull();
    }
  }

  /**
   * The best of many calls counts. The first one loads classes, and any may be held up by what else
   * the machine does; a probe that does too much is slow every time.
   */
  void takesUnderFiftyMilliseconds() {
    InferenceBackend backend = subject.backend();
    ProbeContext context = context(List.of(subject.model()));
    Duration longest =
        backend.descriptor().isRemote() ? LONGEST.plus(context.networkTimeout()) : LONGEST;
    Duration best = Duration.ofDays(1);
    for (int call = 0; call < CALLS && best.compareTo(longest) >= 0; call++) {
      long start = System.nanoTime();
      Availability _ = backend.probe(context);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      best = taken.compareTo(best) < 0 ? taken : best;
    }
    assertThat(best).as("the fastest of %d probes", CALLS).isLessThan(longest);
  }

  private List<ModelReference> oddModels(Path folder) throws IOException {
    String format = subject.model().format();
    List<ModelReference> odd = new ArrayList<>();
    Path empty = Files.createFile(folder.resolve("empty." + format));
    Path text = Files.writeString(folder.resolve("text." + format), "This is no model.\n");
    Path directory = Files.createDirectory(folder.resolve("folder." + format));
    for (Path path : List.of(empty, text, directory)) {
      odd.add(ModelReference.local("odd", format, path, 0));
    }
    odd.add(ModelReference.remote("elsewhere", 0));
    return odd;
  }

  private Availability probe(List<ModelReference> models) {
    List<Availability> answers = new ArrayList<>();
    assertThatCode(() -> answers.add(subject.backend().probe(context(models))))
        .as("a probe with %s", models)
        .doesNotThrowAnyException();
    return answers.getFirst();
  }

  private ProbeContext context(List<ModelReference> models) {
    return ProbeContext.builder(subject.environment()).models(models).build();
  }

  private static Availability assertSaysWhatToDo(String given, Availability answer) {
    assertThat(answer).as("the answer for %s", given).isNotNull();
    switch (answer) {
      case Availability.Ready _ -> {}
      case Availability.NeedsModel needs ->
          assertThat(needs.remedy()).as("the remedy for %s", given).isNotBlank();
      case Availability.Unavailable unavailable -> {
        assertThat(unavailable.reason()).as("the reason for %s", given).isNotBlank();
        assertThat(unavailable.remedy()).as("the remedy for %s", given).isNotBlank();
      }
    }
    return answer;
  }
}
