package dev.cmdai.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.BackendException.ModelCorrupt;
import dev.cmdai.api.BackendException.ModelNotFound;
import dev.cmdai.api.BackendException.Unsupported;
import dev.cmdai.api.CompletionRequest;
import dev.cmdai.api.ModelSession;
import dev.cmdai.api.OpenOptions;
import dev.cmdai.api.TokenListener;
import dev.cmdai.testmodels.onnx.BrokenModel;
import dev.cmdai.testmodels.onnx.DecoderModel;
import dev.cmdai.testmodels.onnx.Dimensions;
import dev.cmdai.testmodels.onnx.ModelFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a model folder is said: what, where, and what to do. */
class ModelErrorsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeGoodModel() throws IOException {
    ModelFolder.of(DecoderModel.builder().build()).write(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "onnx/model.onnx"})
  void missingFileIsNamed(String name) throws Exception {
    Files.delete(folder.resolve(name));
    BackendException e = refused(ModelNotFound.class);
    assertThat(e).hasMessageContaining(folder.toString());
    assertThat(e.getMessage()).contains(name.endsWith(".onnx") ? ".onnx" : name);
  }

  @Test
  void missingFolderIsNamed() {
    BackendException e =
        catchThrowableOfType(
            ModelNotFound.class, () -> Models.open(folder.resolve("none")).close());
    assertThat(e).hasMessageContaining("there is no model").hasMessageContaining("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"generation_config.json", "special_tokens_map.json"})
  void someFilesNeedNotBeThere(String name) throws Exception {
    Files.delete(folder.resolve(name));
    Models.open(folder).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "generation_config.json",
        "tokenizer_config.json",
        "special_tokens_map.json",
        "tokenizer.json"
      })
  void damagedJsonIsNamed(String name) throws Exception {
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThat(refused(ModelCorrupt.class)).hasMessageContaining(name);
    Files.writeString(file, "[]");
    assertThat(refused(ModelCorrupt.class)).hasMessageContaining(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is empty",
    "<!DOCTYPE html>, HTML page",
    "'{\"a\" \"b\"}', Expected ':' at line 1",
    "'{\"a\": ', it ends too early",
  })
  void whatIsThereInsteadOfJsonIsSaidInOneLine(String text, String said) throws Exception {
    for (String name : new String[] {"config.json", "tokenizer.json"}) {
      Path file = folder.resolve(name);
      String good = Files.readString(file);
      Files.writeString(file, text);
      assertThat(refused(ModelCorrupt.class).getMessage())
          .contains(name, said)
          .doesNotContain("Reader", "Exception", "\n");
      Files.writeString(file, good);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer_config.json", "tokenizer.json"})
  void hugeJsonIsRefusedUnread(String name) throws Exception {
    Path file = folder.resolve(name);
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(100L << 20);
    }
    BackendException e = refused(BackendException.class);
    assertThat(e).hasMessageContaining(name).hasMessageContaining("104,857,600");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"FUTURE_OPERATOR_SET", "FUTURE_FILE_FORMAT", "UNKNOWN_OPERATOR", "UNKNOWN_DOMAIN"})
  void whatTheRuntimeLacksIsUnsupported(BrokenModel broken) throws Exception {
    write(broken);
    assertThat(refused(Unsupported.class))
        .hasMessageContaining("ONNX Runtime cannot run")
        .hasMessageContaining("model.onnx")
        .hasMessageMatching(broken.name().startsWith("FUTURE") ? ".*99.*" : ".*NoSuchOperator.*");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXTERNAL_DATA_MISSING", "EXTERNAL_DATA_TRUNCATED"})
  void missingWeightsAreNamed(BrokenModel broken) throws Exception {
    write(broken);
    assertThat(refused(ModelNotFound.class))
        .hasMessageContaining("keeps its weights in another file")
        .hasMessageContaining("model.onnx");
  }

  @ParameterizedTest
  @CsvSource({
    "TRUNCATED, damaged",
    "GARBAGE, damaged",
    "EMPTY, empty",
    "HTML, HTML page",
    "LFS_POINTER, Git LFS"
  })
  void fileThatIsNoModelIsCorrupt(BrokenModel broken, String what) throws Exception {
    write(broken);
    assertThat(refused(ModelCorrupt.class)).hasMessageContaining("model.onnx");
    assertThat(refused(ModelCorrupt.class)).hasMessageContaining(what);
  }

  @Test
  void modelThatGeneratesNoTextIsUnsupported() throws Exception {
    write(BrokenModel.NO_DECODER);
    assertThat(refused(Unsupported.class)).hasMessageContaining("no decoder that generates text");
  }

  @Test
  void reasonsAreOneLineWithoutTheRuntimesSources() throws Exception {
    for (BrokenModel broken : BrokenModel.values()) {
      write(broken);
      BackendException e = refused(BackendException.class);
      assertThat(e.getMessage())
          .as("%s", broken)
          .doesNotContain("\n", ".cc:", "onnxruntime::", "Error code - ");
      assertThat(e.remedy()).as("%s", broken).isNotBlank();
    }
  }

  @Test
  void tokenizerOfAnotherModelIsNoticed() throws Exception {
    Files.copy(
        Models.TINY.resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(refused(ModelCorrupt.class)).hasMessageContaining("belong to different models");
  }

  @Test
  void networkOfAnotherModelIsNoticed() throws Exception {
    DecoderModel other = DecoderModel.builder().size(Dimensions.TINY.withVocabulary(4096)).build();
    other.write(folder.resolve("onnx/model.onnx"));
    assertThat(refused(ModelCorrupt.class))
        .hasMessageContaining("belong to different models")
        .hasMessageContaining("4,096");
  }

  @Test
  void endTokenOutsideTheVocabularyIsNoticed() throws Exception {
    ModelFolder.of(DecoderModel.builder().build()).endTokens(1000).write(folder);
    assertThat(refused(ModelCorrupt.class)).hasMessageContaining("1,000");
  }

  @Test
  void modelWithoutChatTemplateIsUnsupported() throws Exception {
    ModelFolder.of(DecoderModel.builder().build())
        .template(ModelFolder.Template.NONE)
        .write(folder);
    assertThat(refused(Unsupported.class)).hasMessageContaining("no chat template");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{% if %}|chat template cannot be used",
        "{{ raise_exception('closed today') }}|closed today",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}|limit"
      })
  void templateThatFailsIsUnsupported(String template, String reason) throws Exception {
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    Unsupported e =
        catchThrowableOfType(
            Unsupported.class,
            () -> {
              try (ModelSession session = Models.open(folder)) {
                session.complete(Models.request("x").build(), TokenListener.NONE);
              }
            });
    assertThat(e).isNotNull();
    assertThat(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT)).contains(reason);
  }

  @Test
  void tooLongPromptIsRefusedBeforeAnythingIsComputed() throws Exception {
    CompletionRequest request = Models.request("word ".repeat(5000)).build();
    try (ModelSession session =
        Models.open(folder, OpenOptions.builder(Models.environment()).build())) {
      BackendException e =
          catchThrowableOfType(
              BackendException.ContextOverflow.class,
              () -> session.complete(request, TokenListener.NONE));
      assertThat(e).hasMessageContaining("the context holds");
      assertThat(session.complete(Models.request("x").build(), TokenListener.NONE)).isNotNull();
    }
  }

  @Test
  void pipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.onnx");
    new ProcessBuilder(List.of("mkfifo", pipe.toString())).start().waitFor();
    assumeThat(pipe).exists();
    assertThat(catchThrowableOfType(ModelNotFound.class, () -> Models.open(pipe).close()))
        .hasMessageContaining("pipe");
  }

  private void write(BrokenModel broken) throws IOException {
    broken.write(folder.resolve("onnx/model.onnx"));
  }

  private <E extends BackendException> E refused(Class<E> type) {
    E e = catchThrowableOfType(type, () -> Models.open(folder).close());
    assertThat(e).isNotNull();
    assertThat(e.remedy()).isNotBlank();
    return e;
  }
}
