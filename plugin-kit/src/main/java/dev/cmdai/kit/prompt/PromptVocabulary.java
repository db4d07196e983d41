package dev.cmdai.kit.prompt;

/**
 * What {@link Prompts} asks of a model's vocabulary. Token ids are those of the model.
 *
 * <p>Used by one caller at a time.
 */
public interface PromptVocabulary {
  /**
   * Splits a text. Control tokens that are written out become those tokens; nothing is added around
   * the text.
   *
   * @param text any text
   * @return the token ids
   */
  int[] tokenize(String text);

  /**
   * Whether the text of a token, found in a prompt, becomes that token before anything else is
   * looked at.
   *
   * @param token a token id
   * @return true for control tokens and others that are looked for first
   */
  boolean isSpecial(int token);

  /**
   * Whether a token steers the model instead of standing for text.
   *
   * @param token a token id
   * @return true for control tokens
   */
  boolean isControl(int token);

  /**
   * The text that becomes a special token.
   *
   * @param token a token id
   * @return such as {@code <|im_end|>}
   */
  String text(int token);

  /**
   * The token that a prompt has to begin with although the model's template does not write it.
   *
   * @return -1 when there is none
   */
  int addedBos();

  /**
   * Where a part of a text that is safe to split ends: a tokenizer may fail on long texts without
   * any change.
   *
   * @param text not empty
   * @param from where the part begins
   * @return after {@code from}; the text's length when all of it is safe
   */
  default int partEnd(String text, int from) {
    return text.length();
  }
}
