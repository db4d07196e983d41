package dev.cmdai.testkit;

import dev.cmdai.api.InferenceBackend;
import dev.cmdai.api.ModelReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The contract for {@link WordBackend}, and the basis of those for broken ones. */
class WordContract extends InferenceBackendContract {
  private static final Path MODEL = Path.of("target", "model.words");

  @Override
  protected InferenceBackend backend() {
    return new WordBackend();
  }

  @Override
  protected ModelReference model() {
    try {
      if (!Files.exists(MODEL)) {
        WordModel.writeTo(MODEL);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ModelReference.local("words", "words", MODEL, 0);
  }
}
