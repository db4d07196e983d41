package dev.cmdai.llamacpp;

import dev.cmdai.api.tokenizer.TokenizerProvider;
import dev.cmdai.testkit.TokenizerProviderContract;
import java.nio.file.Path;

/** The tokenizers inside GGUF files keep the contract of all tokenizers. */
class GgufTokenizersContractTest extends TokenizerProviderContract {
  @Override
  protected TokenizerProvider provider() {
    return new GgufTokenizers();
  }

  @Override
  protected Path model() {
    return Models.TINY;
  }

  /** The tiny model's vocabulary wants spaces before punctuation and contractions left out. */
  @Override
  protected String afterRoundTrip(String text) {
    return text.replaceAll(" (?=[?!.,])", "")
        .replace(" ' ", "'")
        .replaceAll(" (?='(s|m|re|ve))", "");
  }
}
