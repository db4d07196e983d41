package dev.cmdai.onnx.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.model.Fact;
import dev.cmdai.api.model.ModelFacts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of ONNX models, by the files of the bundled model and bad ones. */
class OnnxInspectorTest {
  private static final Path TINY = Path.of("../models/cmdai-tiny");

  private final OnnxInspector inspector = new OnnxInspector();

  @TempDir Path temp;
  private Path folder;
  private Path weights;

  @BeforeEach
  void aModelInTheUsualLayout() throws IOException {
    folder = Files.createDirectory(temp.resolve("tiny"));
    for (String name :
        List.of(
            "config.json", "generation_config.json", "tokenizer_config.json", "tokenizer.json")) {
      Files.copy(TINY.resolve(name), folder.resolve(name));
    }
    weights = Files.createDirectory(folder.resolve("onnx")).resolve("model_q4.onnx");
    Files.write(weights, onnx(7));
    Files.writeString(folder.resolve("onnx/model_q4.onnx_data"), "more weights");
    Files.write(folder.resolve("onnx/model.onnx"), onnx(11));
  }

  /** A model that names who made it, and nothing else. */
  private static byte[] onnx(int size) {
    byte[] bytes = new byte[size];
    bytes[0] = 0x12;
    bytes[1] = (byte) (size - 2);
    return bytes;
  }

  private static Map<String, Object> section(ModelFacts facts, String name) {
    Map<String, Object> values = new LinkedHashMap<>();
    facts.sections().stream()
        .filter(section -> section.name().equals(name))
        .flatMap(section -> section.facts().stream())
        .forEach(fact -> values.put(fact.name(), fact.value()));
    return values;
  }

  @Test
  void aFolderTellsWhatItsDescriptionsSay() throws BackendException {
    assertThat(inspector.supports(folder)).isTrue();
    ModelFacts facts = inspector.inspect(folder);
    assertThat(section(facts, "file"))
        .containsEntry("format", "onnx")
        .containsEntry("size", 30L)
        .containsEntry("files", 2L);
    assertThat(section(facts, "model"))
        .containsEntry("name", "tiny")
        .containsEntry("architecture", "llama")
        .containsEntry("class", "LlamaForCausalLM")
        .containsEntry("parameters", 6_163_712L)
        .containsEntry("context_length", 256L)
        .containsEntry("layers", 6L)
        .containsEntry("heads", 4L);
    assertThat(section(facts, "tokenizer"))
        .containsEntry("class", "PreTrainedTokenizerFast")
        .containsEntry("vocabulary_size", 4096L)
        .containsEntry("chat_template", true)
        .extractingByKey("special_tokens")
        .asString()
        .contains("bos={id=4091, text=<|user|>}");
  }

  @Test
  void theTableListsTheWeights() throws BackendException {
    ModelFacts.Table table = inspector.inspect(folder).tables().getFirst();
    assertThat(table.name()).isEqualTo("weights");
    assertThat(table.rows())
        .extracting(row -> row.stream().map(Fact::value).toList())
        .containsExactly(
            List.of("model.onnx", 11L, "none named"), List.of("model_q4.onnx", 19L, "q4"));
  }

  @Test
  void aFileIsAModelOfItsOwnWithTheDescriptionsAbove() throws BackendException {
    assertThat(inspector.supports(weights)).isTrue();
    ModelFacts facts = inspector.inspect(weights);
    assertThat(section(facts, "file")).containsEntry("files", 1L).containsEntry("size", 19L);
    assertThat(section(facts, "model")).containsEntry("architecture", "llama");
  }

  @Test
  void weightsAloneTellTheirSize() throws IOException, BackendException {
    Path alone = Files.write(temp.resolve("alone.onnx"), onnx(7));
    ModelFacts facts = inspector.inspect(alone);
    assertThat(section(facts, "file")).containsEntry("size", 7L);
    assertThat(section(facts, "tokenizer")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "model.onnx, none named",
    "model_quantized.onnx, int8",
    "model_int8.onnx, int8",
    "model_q4f16.onnx, q4f16",
    "model_bnb4.ONNX, bnb4",
    "decoder_model_fp16.onnx, fp16",
    "decoder_model.onnx, none named"
  })
  void theFileNameTellsTheQuantisation(String name, String quantisation) {
    assertThat(OnnxFacts.quantisation(name)).isEqualTo(quantisation);
  }

  @Test
  void whatIsMissingIsNotFound() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Path other = Files.writeString(temp.resolve("model.gguf"), "GGUF");
    for (Path path : List.of(empty, other, temp.resolve("none.onnx"))) {
      assertThatExceptionOfType(BackendException.ModelNotFound.class)
          .isThrownBy(() -> inspector.inspect(path))
          .withMessageContaining(path.toString());
    }
    assertThat(inspector.supports(empty)).isFalse();
    assertThat(inspector.supports(other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "hello", "{\"a\":"})
  void aDamagedDescriptionIsCorrupt(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> inspector.inspect(folder))
        .withMessageContaining("config.json")
        .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 1000, 300_000, 6_000_000})
  void weightsThatWereCutOffAreCorrupt(int length) throws IOException, BackendException {
    Path whole = TINY.resolve("onnx/model.onnx");
    Files.copy(whole, weights, StandardCopyOption.REPLACE_EXISTING);
    assertThat(inspector.inspect(folder)).isNotNull();
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(whole), length));
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> inspector.inspect(folder))
        .withMessageContaining("model_q4.onnx");
  }

  @Test
  void tensorsThatLieInAnotherFileAreLookedFor() throws IOException, BackendException {
    Path made = Files.createDirectory(temp.resolve("made"));
    Files.write(made.resolve("model.onnx"), withTensorIn("model.onnx_data", 100, 50));
    Path data = Files.write(made.resolve("model.onnx_data"), new byte[150]);
    assertThat(inspector.inspect(made)).isNotNull();
    Files.write(data, new byte[149]);
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> inspector.inspect(made))
        .withMessageContaining("149 of 150 bytes")
        .withMessageContaining("model.onnx_data");
    Files.delete(data);
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> inspector.inspect(made))
        .withMessageContaining("model.onnx_data is missing");
  }

  private static byte[] withTensorIn(String file, int offset, int length) {
    byte[] tensor =
        concat(
            field(13, concat(field(1, "location"), field(2, file))),
            field(13, concat(field(1, "offset"), field(2, String.valueOf(offset)))),
            field(13, concat(field(1, "length"), field(2, String.valueOf(length)))));
    return field(7, field(5, tensor));
  }

  private static byte[] field(int number, String text) {
    return field(number, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A field with a length below 128. */
  private static byte[] field(int number, byte[] content) {
    byte[] head = {(byte) (number << 3 | 2), (byte) content.length};
    return concat(head, content);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void aTokenizerThatWasCutOffIsCorrupt() throws IOException {
    String whole = Files.readString(TINY.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("tokenizer.json"), whole.substring(0, whole.length() / 2));
    assertThatExceptionOfType(BackendException.ModelCorrupt.class)
        .isThrownBy(() -> inspector.inspect(folder))
        .withMessageContaining("tokenizer.json")
        .withMessageContaining("ends too early");
  }

  @Test
  void anEnormousDescriptionIsRefused() throws IOException {
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("config.json").toFile(), "rw")) {
      sparse.setLength(100_000_000);
    }
    assertThatExceptionOfType(BackendException.Unsupported.class)
        .isThrownBy(() -> inspector.inspect(folder))
        .withMessageContaining("100,000,000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model_type\":[],\"hidden_size\":\"x\",\"vocab_size\":1e400000000}",
        "{\"model_type\":\"llama\",\"vocab_size\":-1,\"num_hidden_layers\":1.5}",
        "{\"model_type\":\"llama\",\"vocab_size\":16000000,\"hidden_size\":16000000,"
            + "\"intermediate_size\":16000000,\"num_hidden_layers\":16000000,"
            + "\"num_attention_heads\":1}",
        "{\"architectures\":[],\"eos_token_id\":[],\"torch_dtype\":null}"
      })
  void anOddDescriptionIsAFactLess(String json) throws IOException, BackendException {
    Files.writeString(folder.resolve("config.json"), json);
    assertThat(section(inspector.inspect(folder), "model"))
        .containsKey("name")
        .doesNotContainKey("parameters");
  }
}
