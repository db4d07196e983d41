package dev.cmdai.api.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Splits text into the tokens of one model and joins them again. Immutable and safe for any number
 * of threads.
 *
 * <p>Ids run from 0 to {@link #vocabularySize()} − 1; any other id is an {@link
 * IllegalArgumentException}. Lone surrogates in the input are read as U+FFFD.
 */
public interface Tokenizer {

  /**
   * Splits a text.
   *
   * @param text any text, perhaps empty
   * @param addSpecial adds the tokens that the model wants around a text, such as begin-of-text
   * @param parseSpecial recognises control tokens written out in the text; false treats them as
   *     plain text
   * @return the ids
   */
  int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial);

  /**
   * Splits many texts, in parallel where that pays.
   *
   * @param texts any texts
   * @param addSpecial as in {@link #encode}
   * @param parseSpecial as in {@link #encode}
   * @return one array of ids for each text, in the order of the texts
   */
  List<int[]> encodeBatch(
      List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial);

  /**
   * Joins tokens to text. Bytes that are no UTF-8 become U+FFFD. Where the model's vocabulary asks
   * for it, spaces before punctuation are left out.
   *
   * @param ids the tokens
   * @param removeSpecial leaves out what {@code addSpecial} would have added
   * @param unparseSpecial writes control tokens out instead of leaving them away
   * @return the text
   */
  String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial);

  /**
   * Starts decoding a stream of tokens. Spaces stay as they are: to leave them out as {@link
   * #decode} does would hold each one back until the next token.
   *
   * @param unparseSpecial as in {@link #decode}
   * @return a decoder for one thread
   */
  StreamingDecoder streamingDecoder(boolean unparseSpecial);

  /**
   * How many tokens there are.
   *
   * @return the number of ids
   */
  int vocabularySize();

  /**
   * The algorithm, as the file names it.
   *
   * @return such as {@code gpt2} or {@code llama}
   */
  String modelType();

  /**
   * The pre-tokenizer, as the file names it.
   *
   * @return such as {@code qwen2}; empty where the algorithm has none
   */
  String preType();

  /**
   * The tokens with a role.
   *
   * @return ids by role: {@code bos}, {@code eos}, {@code eot}, {@code unk}, {@code pad}, …
   */
  Map<String, Integer> specialTokens();

  /**
   * The bytes that a token stands for.
   *
   * @param id a token
   * @return its bytes, perhaps not valid UTF-8 alone; empty for a control token
   */
  byte[] tokenToPiece(int id);

  /**
   * Finds a token by the text that the vocabulary holds for it.
   *
   * @param text as in the vocabulary, not as in a decoded text
   * @return its id, if there is one
   */
  OptionalInt token(String text);

  /** Decodes a stream of tokens without ever handing out half a character. Not thread-safe. */
  interface StreamingDecoder {
    /**
     * Takes the next token.
     *
     * @param id a token
     * @return the text that is complete now, perhaps empty
     */
    String accept(int id);

    /**
     * Ends the stream.
     *
     * @return U+FFFD for bytes that never became a character, or nothing
     */
    String finish();
  }
}
