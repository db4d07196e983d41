package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import dev.cmdai.gguf.tokenizer.GgufTokenizer;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Opens the tokenizers inside GGUF files; touches no native code. */
@Extension
public final class GgufTokenizers implements TokenizerProvider {

  /** Creates the provider. */
  public GgufTokenizers() {}

  @Override
  public boolean supports(Path path) {
    return GgufHead.isIn(path);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The weights may be missing: a tokenizer needs none.
   */
  @Override
  public Tokenizer open(Path path) throws BackendException {
    GgufTokenizer tokenizer = GgufHead.read(path, GgufTokenizer::of);
    if (!tokenizer.readsTexts()) {
      throw new BackendException.Unsupported(
          path + " has no vocabulary: its model reads and writes no texts",
          "Choose another file with --model FILE.",
          null);
    }
    return tokenizer;
  }
}
