package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.api.Availability;
import dev.cmdai.api.BackendException;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.ProbeContext;
import dev.cmdai.api.TokenListener;
import dev.cmdai.api.model.Fact;
import dev.cmdai.api.model.ModelFacts;
import dev.cmdai.testmodels.gguf.GgufSplitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in several files: the first one stands for all. */
class SplitModelTest {
  @TempDir Path folder;
  private List<Path> parts;

  @BeforeEach
  void split() throws IOException {
    parts = GgufSplitter.split(Models.TINY, folder, "tiny", 3);
  }

  private Availability probe(Path path) {
    return new LlamaCppBackend()
        .probe(
            ProbeContext.builder(Models.environment())
                .models(List.of(Models.reference(path)))
                .build());
  }

  private static Map<String, Object> facts(Path path) throws BackendException {
    ModelFacts facts = new GgufInspector().inspect(path);
    Map<String, Object> values = new HashMap<>();
    for (ModelFacts.Section section : facts.sections()) {
      for (Fact fact : section.facts()) {
        values.put(section.name() + "." + fact.name(), fact.value());
      }
    }
    return values;
  }

  @Test
  void theFirstPartBringsTheOthers() throws BackendException {
    assertThat(probe(parts.getFirst())).isInstanceOf(Availability.Ready.class);
    String request = "find pdf files larger than 10MB in Downloads";
    OpenOptions options = OpenOptions.builder(Models.environment()).build();
    try (ModelSession whole = Models.openTiny();
        ModelSession split = Models.open(parts.getFirst(), options)) {
      assertThat(split.complete(Models.request(request).build(), TokenListener.NONE).text())
          .isEqualTo(whole.complete(Models.request(request).build(), TokenListener.NONE).text());
    }
  }

  @Test
  void whatIsToldIsAboutAllParts() throws BackendException, IOException {
    long bytes = 0;
    for (Path part : parts) {
      bytes += Files.size(part);
    }
    assertThat(facts(parts.getFirst()))
        .containsEntry("file.size", bytes)
        .containsEntry("file.parts", 3L)
        .containsEntry("file.tensors", facts(Models.TINY).get("file.tensors"))
        .containsEntry("model.parameters", 6_163_712L)
        .containsEntry("model.quantisation", facts(Models.TINY).get("model.quantisation"));
  }

  @Test
  void aLaterPartNamesTheFirst() {
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(() -> new GgufInspector().inspect(parts.get(1)))
        .satisfies(e -> assertThat(e.remedy()).contains(parts.getFirst().toString()));
    assertThat(probe(parts.get(1)))
        .isInstanceOfSatisfying(
            Availability.Unavailable.class,
            it -> assertThat(it.remedy()).contains(parts.getFirst().toString()));
  }

  @Test
  void aMissingPartIsNamed() throws IOException {
    Files.delete(parts.get(2));
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> new GgufInspector().inspect(parts.getFirst()))
        .withMessageContaining("there is no " + parts.get(2));
    assertThat(probe(parts.getFirst())).isInstanceOf(Availability.Unavailable.class);
  }

  @Test
  void aPartThatWasCutOffIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(parts.get(1));
    Files.write(parts.get(1), Arrays.copyOf(whole, whole.length / 2));
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> new GgufInspector().inspect(parts.getFirst()))
        .withMessageContaining("model file ends after")
        .withMessageContaining(parts.get(1).toString());
    OpenOptions options = OpenOptions.builder(Models.environment()).build();
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> Models.open(parts.getFirst(), options))
        .withMessageContaining(parts.get(1).toString());
  }
}
