package dev.cmdai.llamacpp.differential;

import dev.cmdai.api.Diagnostics;
import dev.cmdai.llamacpp.binding.LlamaLibrary;
import dev.cmdai.llamacpp.binding.LlamaModel;
import dev.cmdai.llamacpp.binding.ModelParameters;
import dev.cmdai.llamacpp.binding.StopFlag;
import dev.cmdai.llamacpp.binding.Vocabulary;
import dev.cmdai.llamacpp.binding.VocabularyFacts;
import dev.cmdai.llamacpp.natives.LlamaNatives;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** llama.cpp's tokenizer of a file. */
record NativeTokenizer(LlamaModel model, VocabularyFacts facts) implements AutoCloseable {

  /** Refused: with the last lines that llama.cpp logs about it. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(Path file, List<String> log) {
      super(file + ": " + log);
    }
  }

  static NativeTokenizer load(Path file) throws Exception {
    LlamaLibrary library =
        LlamaLibrary.load(
            LlamaNatives.unpacked(Path.of("target/test-cache"), Diagnostics.NONE),
            Diagnostics.NONE);
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    library.captureLog(log::add);
    try (StopFlag stop = StopFlag.falseToStop()) {
      LlamaModel model = LlamaModel.load(library, ModelParameters.vocabulary(file), stop);
      if (model == null) {
        throw new Refused(file, log.subList(Math.max(0, log.size() - 4), log.size()));
      }
      return new NativeTokenizer(model, new VocabularyFacts(library, model.vocabulary()));
    } finally {
      library.logTo(Diagnostics.NONE);
    }
  }

  Vocabulary vocabulary() {
    return model.vocabulary();
  }

  /** Whether a text that is not {@linkplain Texts#harmless harmless} ends the process. */
  boolean canDie() {
    int type = facts.type();
    return type == 2 || type == 3;
  }

  @Override
  public void close() {
    model.close();
  }
}
