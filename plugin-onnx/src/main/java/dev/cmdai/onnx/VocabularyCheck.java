package dev.cmdai.onnx;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.folder.AddedTokens;
import dev.cmdai.onnx.folder.ModelConfig;
import dev.cmdai.onnx.folder.ModelFolder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that tokenizer and network were made for each other: with the files of two models side
 * by side the replies would be noise.
 */
final class VocabularyCheck {
  /** Text that every tokenizer splits, into tokens from all over its vocabulary. */
  private static final String SAMPLE = "List all files in /tmp, 1234567890. Größe: 文件 файл 😀\n";

  /** Exporters round the number of logits up, to a multiple of a power of two. */
  private static final int MOST_PADDING = 1024;

  private VocabularyCheck() {}

  static void check(
      ModelFolder folder,
      ModelConfig config,
      AddedTokens added,
      Tokenizer tokenizer,
      Decoder decoder)
      throws BackendException {
    int size = decoder.vocabularySize();
    int told = config.vocabularySize().orElse(size);
    if (told > size || told < size - MOST_PADDING) {
      throw different(
          folder,
          "config.json tells of %,d tokens, and the network knows %,d".formatted(told, size));
    }
    for (Map.Entry<String, String> special : config.specialTokens().entrySet()) {
      @Nullable Integer id = idOf(special.getValue(), added, tokenizer);
      if (id == null) {
        throw different(
            folder,
            "tokenizer_config.json names %s '%s', which tokenizer.json does not know"
                .formatted(special.getKey(), special.getValue()));
      }
    }
    for (int token : tokenizer.encode(SAMPLE, true, true)) {
      if (token >= size) {
        throw different(
            folder,
            "the tokenizer writes token %,d, and the network knows %,d".formatted(token, size));
      }
    }
  }

  private static @Nullable Integer idOf(String text, AddedTokens added, Tokenizer tokenizer) {
    if (added.id(text).isPresent()) {
      return added.id(text).getAsInt();
    }
    return tokenizer.token(text).isPresent() ? tokenizer.token(text).getAsInt() : null;
  }

  static BackendException different(ModelFolder folder, String reason) {
    return new BackendException.ModelCorrupt(
        "the files in %s belong to different models: %s".formatted(folder.root(), reason),
        "Get the whole model again, with its own tokenizer.json.",
        null);
  }
}
