package dev.cmdai.onnx;

import dev.cmdai.api.BackendException;
import dev.cmdai.onnx.decoder.Decoder;
import dev.cmdai.onnx.folder.AddedTokens;
import dev.cmdai.onnx.folder.ModelConfig;
import dev.cmdai.onnx.folder.ModelFolder;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that end a reply: those that the configuration lists, and the end token of the
 * tokenizer, with which chat templates end a turn.
 *
 * @param ids at least one
 */
record EndTokens(Set<Integer> ids) {
  private static final String ROLE = "eos_token";

  static EndTokens of(ModelFolder folder, ModelConfig config, AddedTokens added, Decoder decoder)
      throws BackendException {
    Set<Integer> ids = config.endIds();
    @Nullable String text = config.specialTokens().get(ROLE);
    OptionalInt spelled = text == null ? OptionalInt.empty() : added.id(text);
    spelled.ifPresent(ids::add);
    for (int id : ids) {
      if (id >= decoder.vocabularySize()) {
        throw VocabularyCheck.different(
            folder,
            "the end token %,d is none of the model's %,d tokens"
                .formatted(id, decoder.vocabularySize()));
      }
    }
    if (ids.isEmpty()) {
      throw new BackendException.Unsupported(
          folder.root() + " names no end token (eos_token_id), so no reply would ever end",
          "Get the whole model: generation_config.json or config.json names it.",
          null);
    }
    return new EndTokens(ids);
  }

  boolean contains(int token) {
    return ids.contains(token);
  }
}
