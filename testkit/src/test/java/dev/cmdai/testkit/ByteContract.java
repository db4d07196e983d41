package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The contract for {@link ByteTokenizers}, and the basis of those for broken ones. */
class ByteContract extends TokenizerProviderContract {
  private static final Path MODEL = Path.of("target", "model.bytes");

  /** Replaced by those that break a tokenizer. */
  Tokenizer tokenizer() {
    return new ByteTokenizer();
  }

  @Override
  protected TokenizerProvider provider() {
    return new ByteTokenizers() {
      @Override
      public Tokenizer open(Path path) throws BackendException {
        Tokenizer _ = super.open(path);
        return tokenizer();
      }
    };
  }

  @Override
  protected Path model() {
    try {
      return ByteTokenizers.writeTo(MODEL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
