package dev.cmdai.llamacpp;

import dev.cmdai.api.BackendException;
import dev.cmdai.api.ModelReference;
import java.nio.file.Path;

/** A model file, as yet untrusted. */
record ModelFile(Path path) {
  static ModelFile of(ModelReference model) throws BackendException {
    return new ModelFile(
        model
            .path()
            .orElseThrow(() ->
                new BackendException.Unsupported(
                    "llama.cpp runs files, and " + model.id() + " is none",
                    "Name a GGUF file with --model FILE.",
                    null)));
  }

  void requireMagic() throws BackendException {}

  void check() throws BackendException {}
}
