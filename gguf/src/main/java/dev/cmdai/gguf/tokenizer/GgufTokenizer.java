package dev.cmdai.gguf.tokenizer;

import dev.cmdai.api.tokenizer.Tokenizer;
import dev.cmdai.gguf.GgufException;
import dev.cmdai.gguf.GgufFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The tokenizer of a GGUF file: the same ids as llama.cpp's, without native code.
 *
 * <p>Immutable and safe for any number of threads; nothing has to be closed. Time is linear, or
 * linear with a logarithm, in the length of a text, and the stack stays flat for any text.
 *
 * <pre>{@code
 * GgufTokenizer tokenizer = GgufTokenizer.load(Path.of("model.gguf"));
 * int[] ids = tokenizer.encode("Hello, world", true, false);
 * String text = tokenizer.decode(ids, true, false);
 * }</pre>
 */
@SuppressWarnings("DoNotCallSuggester") // until it is written
public final class GgufTokenizer implements Tokenizer {

  /**
   * Loads the tokenizer of a file.
   *
   * @param path a GGUF file, with or without weights
   * @return its tokenizer
   * @throws GgufException when the file is damaged, or its tokenizer is of a kind that is not known
   * @throws IOException when the file cannot be read
   */
  public static GgufTokenizer load(Path path) throws IOException {
    return of(GgufFile.read(path));
  }

  /**
   * Makes a tokenizer of a file that was read.
   *
   * @param file a file with the {@code tokenizer.ggml} keys
   * @return its tokenizer
   * @throws GgufException when the keys contradict each other, or name something that is not known
   */
  public static GgufTokenizer of(GgufFile file) throws GgufException {
    throw new UnsupportedOperationException();
  }

  @Override
  public int[] encode(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    throw new UnsupportedOperationException();
  }

  /**
   * Splits a text that is in UTF-8 already. What is no UTF-8 is read as llama.cpp reads it: as
   * U+FFFD for each bad byte, or as the bytes themselves, depending on the kind of tokenizer.
   *
   * @param utf8 any bytes
   * @param addSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param parseSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @return the ids
   */
  public int[] encode(byte[] utf8, boolean addSpecial, boolean parseSpecial) {
    throw new UnsupportedOperationException();
  }

  /**
   * Splits a text into an array of the caller's, without allocating.
   *
   * @param utf8 any bytes
   * @param addSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param parseSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param target receives the ids from its first element on, as many as fit
   * @return how many ids the text has; more than {@code target.length} when it was too short
   */
  public int encodeInto(byte[] utf8, boolean addSpecial, boolean parseSpecial, int[] target) {
    throw new UnsupportedOperationException();
  }

  /**
   * Counts a text's tokens without keeping them.
   *
   * @param text any text
   * @param addSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @param parseSpecial as in {@link #encode(CharSequence, boolean, boolean)}
   * @return the number of ids that encoding gives
   */
  public int count(CharSequence text, boolean addSpecial, boolean parseSpecial) {
    throw new UnsupportedOperationException();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a text cannot be read; names the lowest such index
   */
  @Override
  public List<int[]> encodeBatch(
      List<? extends CharSequence> texts, boolean addSpecial, boolean parseSpecial) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String decode(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    throw new UnsupportedOperationException();
  }

  /**
   * Joins tokens to bytes, which need not be UTF-8.
   *
   * @param ids the tokens
   * @param removeSpecial as in {@link #decode}
   * @param unparseSpecial as in {@link #decode}
   * @return the bytes
   */
  public byte[] decodeToBytes(int[] ids, boolean removeSpecial, boolean unparseSpecial) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamingDecoder streamingDecoder(boolean unparseSpecial) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int vocabularySize() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String modelType() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String preType() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Integer> specialTokens() {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] tokenToPiece(int id) {
    return tokenToPiece(id, false);
  }

  /**
   * The bytes that a token stands for.
   *
   * @param id a token
   * @param unparseSpecial whether control tokens have bytes, those of their spelling
   * @return its bytes
   */
  public byte[] tokenToPiece(int id, boolean unparseSpecial) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalInt token(String text) {
    throw new UnsupportedOperationException();
  }

  /**
   * The text that the vocabulary holds for a token.
   *
   * @param id a token
   * @return such as {@code Ġthe}, or {@code ▁the}
   */
  public String tokenText(int id) {
    throw new UnsupportedOperationException();
  }

  /**
   * What a token is for.
   *
   * @param id a token
   * @return its type
   */
  public TokenType tokenType(int id) {
    throw new UnsupportedOperationException();
  }

  /**
   * How likely the vocabulary calls a token.
   *
   * @param id a token
   * @return 0 for kinds of vocabularies without scores
   */
  public float score(int id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether a token ends the reply.
   *
   * @param id a token
   * @return true for end-of-text, end-of-turn and the like
   */
  public boolean isEndOfGeneration(int id) {
    throw new UnsupportedOperationException();
  }
}
