package dev.cmdai.testkit;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.api.tokenizer.TokenizerProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A provider that keeps every rule: its one tokenizer, {@link ByteTokenizer}, needs no vocabulary.
 */
class ByteTokenizers implements TokenizerProvider {
  private static final int SIZE = 200;
  private static final String REMEDY = "Choose another file with --model FILE.";

  static Path writeTo(Path file) throws IOException {
    return Files.write(file, new byte[SIZE]);
  }

  @Override
  public boolean supports(Path path) {
    return path.toString().endsWith(".bytes");
  }

  @Override
  public Tokenizer open(Path path) throws BackendException {
    if (!Files.isRegularFile(path)) {
      throw new BackendException.ModelNotFound("there is no file " + path, REMEDY);
    }
    if (path.toFile().length() < SIZE) {
      throw new BackendException.ModelCorrupt(path + " is too short", REMEDY, null);
    }
    return new ByteTokenizer();
  }

  /** The bytes of a text, with every lone surrogate as U+FFFD. */
  static byte[] bytes(CharSequence text) {
    StringBuilder whole = new StringBuilder();
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(whole::appendCodePoint);
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }
}
