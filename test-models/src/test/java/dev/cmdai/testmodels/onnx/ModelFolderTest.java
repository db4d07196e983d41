package dev.cmdai.testmodels.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Shows what stands in a model's folder. */
class ModelFolderTest {
  private static final DecoderModel MODEL = DecoderModel.builder().build();

  @TempDir Path folder;

  @Test
  void theModelStandsWhereItIsWanted() throws Exception {
    Path file = ModelFolder.of(MODEL).modelFile("onnx/model_q4.onnx").write(folder);

    assertThat(file).isEqualTo(folder.resolve("onnx/model_q4.onnx")).isRegularFile();
  }

  @Test
  void externalDataStandsBesideTheModel() throws Exception {
    ModelFolder.of(MODEL).modelFile("model.onnx").externalData().write(folder);

    assertThat(folder.resolve("model.onnx_data")).isRegularFile();
  }

  @Test
  void theConfigurationSaysWhatTheModelIs() throws Exception {
    ModelFolder.of(MODEL).config("model_type", "\"qwen2\"").write(folder);

    JsonNode config = json("config.json");
    assertThat(config.get("model_type").stringValue()).isEqualTo("qwen2");
    assertThat(config.get("vocab_size").intValue()).isEqualTo(TestTokenizer.SIZE);
    assertThat(config.get("num_hidden_layers").intValue()).isEqualTo(2);
    assertThat(config.get("eos_token_id").intValue()).isEqualTo(TestTokenizer.END);
  }

  @Test
  void severalEndTokensAreAList() throws Exception {
    ModelFolder.of(MODEL).endTokens(TestTokenizer.END, 3).write(folder);

    assertThat(json("generation_config.json").get("eos_token_id").toString())
        .isEqualTo("[" + TestTokenizer.END + ",3]");
  }

  @Test
  void theChatTemplateStandsWhereItIsWanted() throws Exception {
    ModelFolder.of(MODEL).template(ModelFolder.Template.TEXT).write(folder);
    assertThat(json("tokenizer_config.json").get("chat_template").stringValue())
        .isEqualTo(ModelFolder.CHAT_TEMPLATE);

    ModelFolder.of(MODEL).template(ModelFolder.Template.NAMED).write(folder);
    JsonNode named = json("tokenizer_config.json").get("chat_template").get(0);
    assertThat(named.get("name").stringValue()).isEqualTo("default");
    assertThat(named.get("template").stringValue()).isEqualTo(ModelFolder.CHAT_TEMPLATE);
    assertThat(folder.resolve("chat_template.jinja")).doesNotExist();

    ModelFolder.of(MODEL).template(ModelFolder.Template.FILE).write(folder);
    assertThat(json("tokenizer_config.json").has("chat_template")).isFalse();
    assertThat(folder.resolve("chat_template.jinja")).hasContent(ModelFolder.CHAT_TEMPLATE);
  }

  @Test
  void aFileCanBeLeftOut() throws Exception {
    ModelFolder.of(MODEL).without("generation_config.json").write(folder);

    assertThat(folder.resolve("generation_config.json")).doesNotExist();
    assertThat(json("special_tokens_map.json").get("eos_token").stringValue()).isEqualTo("<|end|>");
  }

  @Test
  void aVocabularyThatIsTooSmallIsRefused() {
    DecoderModel small = DecoderModel.builder().size(Dimensions.TINY.withVocabulary(100)).build();

    assertThatThrownBy(() -> ModelFolder.of(small)).hasMessageContaining("the model 100");
  }

  @Test
  void huggingFaceTakesTheTokenizer() throws Exception {
    ModelFolder.of(MODEL).write(folder);
    String text = "<|bos|><|user|>ls the file – żółć\n<|end|>";

    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"))) {
      long[] ids = tokenizer.encode(text, false, false).getIds();
      assertThat(ids)
          .startsWith(TestTokenizer.BOS, TestTokenizer.USER, 256)
          .endsWith('\n', TestTokenizer.END);
      assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
    }
  }

  private JsonNode json(String file) throws Exception {
    return new ObjectMapper().readTree(Files.readString(folder.resolve(file)));
  }
}
