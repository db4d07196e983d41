package dev.cmdai.llamacpp.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.llamacpp.binding.LlamaLibrary;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.ModelParameters;
import dev.cmdai.llamacpp.binding.StopFlag;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeTokenizerTest {
  @TempDir Path folder;

  @Test
  void aFileWithoutWeightsLoadsAsAVocabularyAndNotAsAModel() throws Exception {
    Path file =
        Objects.requireNonNull(OwnVocabularies.all().get("llama"))
            .writeTo(folder.resolve("vocabulary.gguf"));
    try (NativeTokenizer tokenizer = NativeTokenizer.load(file)) {
      assertThat(tokenizer.vocabulary().size()).isPositive();
    }
    LlamaLibrary library =
        LlamaLibrary.load(
            LlamaNatives.unpacked(Path.of("target/test-cache"), Diagnostics.NONE),
            Diagnostics.NONE);
    try (StopFlag stop = StopFlag.falseToStop()) {
      assertThat(LlamaModel.load(library, new ModelParameters(file, 0, false, null), stop))
          .isNull();
    }
  }
}
