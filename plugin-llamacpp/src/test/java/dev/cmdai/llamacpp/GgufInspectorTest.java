package dev.cmdai.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.Fact;
import dev.cmdai.api.model.ModelFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told about GGUF files, whole and damaged. */
class GgufInspectorTest {
  @TempDir Path folder;

  private static ModelFacts inspect(Path file) throws BackendException {
    return new GgufInspector().inspect(file);
  }

  private static Fact fact(ModelFacts facts, String section, String name) {
    return facts.sections().stream()
        .filter(s -> s.name().equals(section))
        .flatMap(s -> s.facts().stream())
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<List<Fact>> table(ModelFacts facts, String name) {
    return facts.tables().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  private static List<Fact> row(List<List<Fact>> rows, String first) {
    return rows.stream()
        .filter(row -> row.getFirst().value().equals(first))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tellsWhatEverybodyWantsToKnow() throws Exception {
    ModelFacts facts = inspect(Models.TINY);
    assertThat(fact(facts, "file", "size"))
        .isEqualTo(new Fact("size", 6_685_536L, "6.4 MiB (6,685,536 bytes)"));
    assertThat(fact(facts, "model", "architecture").value()).isEqualTo("llama");
    assertThat(fact(facts, "model", "context_length").value()).isEqualTo(256L);
    assertThat((long) fact(facts, "model", "parameters").value()).isBetween(6_000_000L, 7_000_000L);
    assertThat(fact(facts, "model", "parameters").text()).startsWith("6.").contains(" million (");
    assertThat(fact(facts, "model", "quantisation").text()).startsWith("Q8_0 9").contains("F32 ");
    assertThat(fact(facts, "tokenizer", "vocabulary_size").value()).isEqualTo(4096L);
    assertThat(fact(facts, "tokenizer", "special_tokens").text()).contains("eos ");
    assertThat(facts.sections())
        .flatExtracting(ModelFacts.Section::facts)
        .extracting(Fact::name)
        .contains("format", "version", "name", "embedding_length", "layers", "heads")
        .contains("model", "pre_tokenizer", "chat_template");
  }

  @Test
  void tablesHoldEveryKeyAndEveryTensor() throws Exception {
    ModelFacts facts = inspect(Models.TINY);
    List<List<Fact>> metadata = table(facts, "metadata");
    assertThat(metadata).hasSize(((Long) fact(facts, "file", "metadata_keys").value()).intValue());
    List<Fact> tokens = row(metadata, "tokenizer.ggml.tokens");
    assertThat(tokens.get(1).value()).isEqualTo("string[4096]");
    assertThat((List<?>) tokens.get(2).value()).hasSize(16);
    assertThat(tokens.get(2).text()).hasSizeLessThan(102).endsWith("…");
    List<List<Fact>> tensors = table(facts, "tensors");
    assertThat(tensors).hasSize(((Long) fact(facts, "file", "tensors").value()).intValue());
    List<Fact> embedding = row(tensors, "token_embd.weight");
    assertThat(embedding).extracting(Fact::name).containsExactly("name", "shape", "type", "offset");
    assertThat(embedding.get(1).text()).endsWith(" × 4096");
    assertThat(embedding.get(2).value()).isEqualTo("Q8_0");
    assertThat((long) embedding.get(3).value()).isPositive().isLessThan(6_685_536L);
  }

  @Test
  void aVocabularyWithoutWeightsIsAModelToo() throws Exception {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("general.license", "apache-2.0")
            .writeVocabularyTo(folder.resolve("vocabulary.gguf"));
    ModelFacts facts = inspect(file);
    assertThat(fact(facts, "model", "parameters").value()).isEqualTo(0);
    assertThat(fact(facts, "model", "parameters").text()).contains("without weights");
    assertThat(fact(facts, "model", "licence").value()).isEqualTo("apache-2.0");
    assertThat(table(facts, "tensors")).isEmpty();
  }

  @Test
  void keysOfAnotherTypeThanUsualAreLeftOut() throws Exception {
    Path file =
        GgufRewriter.of(Models.TINY)
            .with("general.name", 7)
            .with("llama.context_length", "long")
            .without("tokenizer.chat_template")
            .with("tokenizer.ggml.eos_token_id", 1_000_000)
            .writeVocabularyTo(folder.resolve("odd.gguf"));
    ModelFacts facts = inspect(file);
    assertThat(facts.sections())
        .flatExtracting(ModelFacts.Section::facts)
        .extracting(Fact::name)
        .doesNotContain("context_length", "name");
    assertThat(fact(facts, "tokenizer", "chat_template").value()).isEqualTo(false);
    Map<?, ?> special = (Map<?, ?>) fact(facts, "tokenizer", "special_tokens").value();
    assertThat(special.get("eos")).isEqualTo(Map.of("id", 1_000_000L, "text", ""));
  }

  @Test
  void aFileOfItsOwnKindHasNoTokenizer() throws Exception {
    GgufRewriter rewriter = GgufRewriter.of(Models.TINY);
    inspect(Models.TINY).tables().getFirst().rows().stream()
        .map(row -> row.getFirst().text())
        .filter(key -> key.startsWith("tokenizer."))
        .forEach(rewriter::without);
    Path file = rewriter.writeVocabularyTo(folder.resolve("bare.gguf"));
    assertThat(inspect(file).sections())
        .extracting(ModelFacts.Section::name)
        .containsExactly("file", "model");
  }

  @ParameterizedTest
  @CsvSource({
    "5000000, '5,000,000 of 6,685,536'",
    "5000, damaged",
    "20, damaged",
    "2, no GGUF",
    "0, empty"
  })
  void aTruncatedFileIsCorruptWhereverItEnds(int length, String said) throws IOException {
    byte[] whole = Files.readAllBytes(Models.TINY);
    Path file = Files.write(folder.resolve("part.gguf"), Arrays.copyOf(whole, length));
    assertThatThrownBy(() -> inspect(file))
        .isInstanceOf(BackendException.ModelCorrupt.class)
        .hasMessageContaining(said)
        .hasMessageContaining("part.gguf");
  }

  @Test
  void supportsFilesByTheirNameOrTheirFirstBytes() throws IOException {
    GgufInspector inspector = new GgufInspector();
    assertThat(inspector.supports(folder.resolve("missing.GGUF"))).isTrue();
    assertThat(inspector.supports(folder.resolve("missing"))).isFalse();
    assertThat(inspector.supports(folder)).isFalse();
    assertThat(inspector.supports(Files.writeString(folder.resolve("x"), "GGUF…"))).isTrue();
    assertThat(inspector.supports(Files.writeString(folder.resolve("y"), "GGU"))).isFalse();
  }
}
