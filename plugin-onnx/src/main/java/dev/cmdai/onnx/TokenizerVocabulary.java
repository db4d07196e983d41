package dev.cmdai.onnx;

import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.kit.prompt.PromptVocabulary;
import dev.cmdai.onnx.folder.AddedTokens;
import dev.cmdai.onnx.folder.AddedTokens.AddedToken;

/** A Hugging Face tokenizer as prompts are made with it. */
final class TokenizerVocabulary implements PromptVocabulary {
  private final Tokenizer tokenizer;
  private final AddedTokens added;

  TokenizerVocabulary(Tokenizer tokenizer, AddedTokens added) {
    this.tokenizer = tokenizer;
    this.added = added;
  }

  @Override
  public int[] tokenize(String text) {
    return tokenizer.encode(text, false, true);
  }

  @Override
  public boolean isSpecial(int token) {
    return added.token(token).isPresent();
  }

  @Override
  public boolean isControl(int token) {
    return added.token(token).map(AddedToken::isControl).orElse(false);
  }

  @Override
  public String text(int token) {
    return added.token(token).map(AddedToken::content).orElse("");
  }

  /** None: as in transformers, a prompt is what the template writes. */
  @Override
  public int addedBos() {
    return -1;
  }
}
