package dev.cmdai.onnx;

import dev.cmdai.api.tokenizer.TokenizerProvider;
import dev.cmdai.onnx.tokenizer.HuggingFaceTokenizers;
import dev.cmdai.testkit.TokenizerProviderContract;
import java.nio.file.Path;

/** Hugging Face's tokenizers keep the contract of all tokenizers. */
class TokenizersContractTest extends TokenizerProviderContract {
  @Override
  protected TokenizerProvider provider() {
    return new HuggingFaceTokenizers();
  }

  @Override
  protected Path model() {
    return Models.TINY.resolve("tokenizer.json");
  }
}
